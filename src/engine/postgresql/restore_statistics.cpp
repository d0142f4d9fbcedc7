// Gathers the planner's statistics: several tables at a time, the largest first.
#include "base/parallel.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// What ANALYZE without a name would take (vacuum.c, get_all_vacuum_rels), the catalogs among it,
/// but for partitions, which ANALYZE of their root reads.
constexpr const char* kTables =
    "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'm', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'"
    " ORDER BY pg_catalog.pg_relation_size(c.oid) DESC, c.oid";

struct TableToAnalyze {
  const std::string* database = nullptr;
  std::string quoted;
};

/// Database by database, so that sessions need not change theirs for every table.
std::vector<TableToAnalyze> tables_to_analyze(Restoration& restoration) {
  std::vector<TableToAnalyze> tables;
  for (const DatabaseModel& database : restoration.backup.databases) {
    const auto planned = restoration.plan.tables.find(database.database.number);
    if (planned != restoration.plan.tables.end()) {
      for (const TableName& table : planned->second.tables)
        tables.push_back({&database.database.name, quote_name(table.schema, table.name)});
      continue;
    }
    TargetSession session = restoration.sessions.borrow(database.database.name);
    session->each(kTables, [&](const Result& row) {
      tables.push_back({&database.database.name, quote_name(row.text(0, 0), row.text(0, 1))});
    });
  }
  return tables;
}

void analyze_table(Restoration& restoration, const TableToAnalyze& table) {
  TargetSession session = restoration.sessions.borrow(*table.database);
  const Statement statement = in_database(
      *table.database, {.what = "analyze table " + table.quoted, .sql = "ANALYZE " + table.quoted});
  // A table without statistics is whole all the same: its remote partition may be out of reach
  // here, or the function of an expression may fail.
  execute_or_gap(restoration, *session, statement, can_go_without, "statistics", table.quoted);
}

}  // namespace

std::string analyze(Restoration& restoration) {
  const std::vector<TableToAnalyze> tables = tables_to_analyze(restoration);
  in_parallel(tables.size(), restoration.jobs,
              [&](std::size_t i) { analyze_table(restoration, tables[i]); });
  if (!restoration.plan.tables.empty()) return in_words({{"tables", tables.size()}});
  return in_words({{"databases", restoration.backup.databases.size()}});
}

}  // namespace vya::pg
