// Gathers the planner's statistics: small databases each in one session, the tables of large ones
// several at a time, the largest first.
#include <map>
#include <mutex>
#include <vector>

#include "base/parallel.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/small_databases.h"

namespace vya::pg {

namespace {

/// What ANALYZE without a name would take (vacuum.c, get_all_vacuum_rels), but for partitions,
/// which ANALYZE of their root reads, and for catalogs that have not grown by a tenth: a new
/// database has initdb's statistics of them, and gathering them again takes longer than a small
/// database's tables. The catalogs that databases share are not a restored database's.
constexpr const char* kTables =
    "SELECT n.nspname, c.relname, s.bytes FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'p' THEN (SELECT"
    " coalesce(sum(pg_catalog.pg_relation_size(t.relid)), 0)::bigint"
    " FROM pg_catalog.pg_partition_tree(c.oid) t)"
    " ELSE pg_catalog.pg_relation_size(c.oid) END) AS s(bytes)"
    " WHERE c.relkind IN ('r', 'm', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'"
    " AND (c.oid >= 16384 OR (NOT c.relisshared AND"
    " s.bytes > 1.1 * c.relpages * current_setting('block_size')::int))"
    " ORDER BY s.bytes DESC, c.oid";

struct TableToAnalyze {
  const std::string* database = nullptr;
  std::string quoted;
  std::int64_t bytes = 0;
};

using Tables = std::vector<TableToAnalyze>;

void analyze_table(Restoration& restoration, Connection& connection, const TableToAnalyze& table) {
  const Statement statement = in_database(
      *table.database, {.what = "analyze table " + table.quoted, .sql = "ANALYZE " + table.quoted});
  // A table without statistics is whole all the same: its remote partition may be out of reach
  // here, or the function of an expression may fail.
  execute_or_gap(restoration, connection, statement, can_go_without, "statistics", table.quoted);
}

bool are_of_small_database(const Tables& tables) {
  std::int64_t bytes = 0;
  for (const TableToAnalyze& table : tables) bytes += table.bytes;
  return tables.size() <= kMostEntriesOfSmall &&
         static_cast<std::uint64_t>(bytes) <= kMostBytesOfSmall;
}

/// Analyzes the tables of a small database. Returns those of another one.
Tables analyze_if_small(Restoration& restoration, const DatabaseModel& database) {
  Tables tables;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  session->each(kTables, [&](const Result& row) {
    tables.push_back(
        {&database.database.name, quote_name(row.text(0, 0), row.text(0, 1)), row.number(0, 2)});
  });
  if (!are_of_small_database(tables)) return tables;
  for (const TableToAnalyze& table : tables) analyze_table(restoration, *session, table);
  return {};
}

Tables planned_tables(const Restoration& restoration) {
  Tables tables;
  for (const DatabaseModel& database : restoration.backup.databases) {
    const auto planned = restoration.plan.tables.find(database.database.number);
    if (planned == restoration.plan.tables.end()) continue;
    for (const TableName& table : planned->second.tables)
      tables.push_back({&database.database.name, quote_name(table.schema, table.name)});
  }
  return tables;
}

/// Database by database, so that sessions need not change theirs for every table.
void analyze_together(Restoration& restoration, const Tables& tables) {
  in_parallel(tables.size(), restoration.jobs, [&](std::size_t i) {
    TargetSession session = restoration.sessions.borrow(*tables[i].database);
    analyze_table(restoration, *session, tables[i]);
  });
}

}  // namespace

std::string analyze(Restoration& restoration) {
  if (!restoration.plan.tables.empty()) {
    const Tables tables = planned_tables(restoration);
    analyze_together(restoration, tables);
    return in_words({{"tables", tables.size()}});
  }
  std::mutex mutex;
  std::map<int, Tables> large;
  for_each_database(restoration, [&](const DatabaseModel& database) {
    Tables tables = analyze_if_small(restoration, database);
    if (tables.empty()) return;
    const std::lock_guard lock(mutex);
    large[database.database.number] = std::move(tables);
  });
  for (const auto& [database, tables] : large) analyze_together(restoration, tables);
  return in_words({{"databases", restoration.backup.databases.size()}});
}

}  // namespace vya::pg
