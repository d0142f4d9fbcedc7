#include "operation/recheck.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

#include "base/parallel.h"

namespace vya {

namespace {

/// Swallows what was fingerprinted.
class NoSink final : public Sink {
 public:
  void write(Bytes) override {}
  void finish() override {}
};

/// What is compared: a table, or a root with its leaves.
struct Compared {
  TableKind kind = TableKind::kTable;
  Fingerprint stored;
  Fingerprint now;
};

using Key = std::pair<int, TableName>;  // database, name of the table or root

Key key_of(const Table& table) { return {table.database, table.root.value_or(table.name)}; }

std::map<Key, Compared> stored_fingerprints(const RepositoryContents& contents) {
  std::map<Key, Compared> all;
  for (const Table& table : contents.tables()) all[key_of(table)].kind = table.kind;
  for (const StoredSegment& segment : contents.segments()) {
    all[key_of(contents.table_of(segment.segment))].stored += segment.fingerprint;
  }
  return all;
}

Fingerprint fingerprint_now(Target& target, const Table& table) {
  for (;;) {
    NoSink nowhere;
    FingerprintSink fingerprinted(nowhere);
    try {
      target.reread(table, fingerprinted);
    } catch (const DumpAgain&) {
      continue;
    }
    fingerprinted.finish();
    return fingerprinted.fingerprint();
  }
}

Finding finding_of(const std::string& database, const TableName& name, const Compared& compared) {
  Finding finding{.where = fmt::format("table {}.{}.{}", database, name.schema, name.name)};
  if (compared.stored.rows == compared.now.rows) {
    finding.what = fmt::format("its {} rows are not all as in the backup", compared.now.rows);
  } else {
    finding.what =
        fmt::format("has {} rows, {} in the backup", compared.now.rows, compared.stored.rows);
  }
  if (compared.kind == TableKind::kMaterializedView) {
    finding.severity = Severity::kNotice;
    finding.what += "; it is a materialized view and was refreshed";
  }
  return finding;
}

}  // namespace

RecheckResult recheck_rows(const RepositoryContents& contents, Target& target, unsigned jobs,
                           Progress& progress) {
  std::map<Key, Compared> all = stored_fingerprints(contents);
  std::mutex mutex;
  std::vector<Table> tables;
  for (const Table& table : contents.tables()) {
    if (target.is_missing(table)) {
      all.erase(key_of(table));
    } else {
      tables.push_back(table);
    }
  }
  in_parallel(tables.size(), jobs, [&](std::size_t i) {
    const Fingerprint now = fingerprint_now(target, tables[i]);
    progress.advance({.bytes = now.bytes, .tables = 1},
                     {.bytes = contents.row_bytes(), .tables = tables.size()});
    const std::lock_guard guard(mutex);
    all[key_of(tables[i])].now += now;
  });
  RecheckResult result{.tables = tables.size()};
  for (const auto& [key, compared] : all) {
    if (compared.stored == compared.now) continue;
    result.findings.push_back(finding_of(contents.database_name(key.first), key.second, compared));
    if (result.findings.back().severity == Severity::kFault) ++result.differ;
  }
  return result;
}

}  // namespace vya
