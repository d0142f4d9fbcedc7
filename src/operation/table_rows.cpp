#include "operation/table_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "config/config.h"
#include "engine/mysql/tsv.h"
#include "engine/postgresql/copy_text.h"
#include "operation/extent_reader.h"

namespace vya {

namespace {

std::string meant(const std::string& word, const std::vector<std::string>& known) {
  const std::optional<std::string> found = nearest(word, known);
  return found
             ? fmt::format("Did you mean '{}'?", *found)
             : "'vya show' tells which databases are in the backup, 'vya list' which backups there "
               "are.";
}

const Database& find_database(const RepositoryContents& contents, const std::string& name) {
  std::vector<std::string> names;
  for (const Database& database : contents.databases()) {
    if (database.name == name) return database;
    names.push_back(database.name);
  }
  throw Error(
      Fault::kNotFound,
      fmt::format("no database '{}' in backup '{}'", name, contents.backup().manifest().id.text()),
      meant(name, names));
}

/// The table itself, or all partitions of the root of this name.
std::vector<const Table*> find_tables(const RepositoryContents& contents, const Database& database,
                                      const TablePath& path) {
  std::vector<const Table*> partitions;
  std::vector<std::string> names;
  for (const Table& table : contents.tables()) {
    if (table.database != database.number || table.kind == TableKind::kLargeObjects) continue;
    if (table.name == path.table) return {&table};
    if (table.root == path.table) partitions.push_back(&table);
    names.push_back(to_text({path.database, table.root.value_or(table.name)}));
  }
  if (!partitions.empty()) return partitions;
  throw Error(Fault::kNotFound,
              fmt::format("no rows of a table '{}' in backup '{}'", to_text(path),
                          contents.backup().manifest().id.text()),
              meant(to_text(path), names));
}

void require_same_columns(const std::vector<const Table*>& tables, const TablePath& path) {
  const auto other = std::ranges::find_if(
      tables, [&](const Table* table) { return table->columns != tables.front()->columns; });
  if (other == tables.end()) return;
  throw Error(Fault::kRefused,
              fmt::format("cannot write the rows of '{}' as one: partition '{}' has its columns in "
                          "another order than '{}'",
                          to_text(path), to_text({path.database, (*other)->name}),
                          to_text({path.database, tables.front()->name})),
              "Name the partitions one by one.");
}

}  // namespace

TableRows::TableRows(const Backup& backup, const TablePath& path)
    : contents_(backup),
      database_(&find_database(contents_, path.database)),
      tables_(find_tables(contents_, *database_, path)) {
  require_same_columns(tables_, path);
}

std::vector<const StoredSegment*> TableRows::segments() const {
  std::vector<const StoredSegment*> found;
  for (const StoredSegment& segment : contents_.segments()) {
    if (std::ranges::find(tables_, &contents_.table_of(segment.segment)) != tables_.end())
      found.push_back(&segment);
  }
  std::ranges::sort(found, {}, [](const StoredSegment* stored) {
    return std::pair(stored->segment.table, stored->segment.number);
  });
  return found;
}

Fingerprint TableRows::fingerprint() const {
  Fingerprint all;
  for (const StoredSegment* stored : segments()) all += stored->fingerprint;
  return all;
}

RowFields TableRows::fields(std::string_view row) const {
  if (columns().empty()) return {};
  const bool mysql = contents_.backup().manifest().engine == "mysql";
  return mysql ? mysql::tsv_fields(row) : pg::copy_fields(row);
}

void TableRows::write(Sink& to) const {
  ExtentReader reader(contents_.backup());
  for (const StoredSegment* stored : segments()) {
    FingerprintSink fingerprinted(to);
    for (const Extent& extent : stored->extents) reader.copy(extent, fingerprinted);
    if (fingerprinted.fingerprint() == stored->fingerprint) continue;
    const Table& table = contents_.table_of(stored->segment);
    throw Error(
        Fault::kCheckFailed,
        fmt::format("the rows of segment {} of table '{}' are not those that were backed up",
                    stored->segment.number, to_text({database_->name, table.name})),
        "What was written before this message may be damaged; 'vya verify' looks at the "
        "whole backup.");
  }
}

}  // namespace vya
