#include "operation/contents.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "operation/choose_tables.h"
#include "operation/extent_reader.h"
#include "operation/open.h"
#include "repository/layout.h"
#include "stream/lines.h"

namespace vya {

namespace {

ServerFacts server_of(const Manifest& manifest) {
  return {.product = manifest.product,
          .version = manifest.version,
          .major = manifest.major,
          .system_id = manifest.system_id,
          .standby = manifest.standby};
}

std::uint64_t bytes_of(const std::vector<Extent>& extents) {
  std::uint64_t bytes = 0;
  for (const Extent& extent : extents) bytes += extent.bytes;
  return bytes;
}

}  // namespace

RepositoryContents::RepositoryContents(const Backup& backup, const Selection& selection)
    : backup_(backup), server_(server_of(backup.manifest())) {
  const auto file = backup.read(layout::kInventoryFile);
  read_inventory(
      *file, {.database = [&](Database database) { databases_.push_back(std::move(database)); },
              .table = [&](Table table) { tables_.push_back(std::move(table)); },
              .object = [&](ObjectRecord object) { objects_.push_back(std::move(object)); },
              .segment = [&](StoredSegment segment) { segments_.push_back(std::move(segment)); },
              .gap = [&](Gap gap) { gaps_.push_back(std::move(gap)); }});
  index();
  look_for_contradictions();
  compare_with_manifest();
  keep(selection);
  index();
  for (const StoredSegment& segment : segments_) row_bytes_ += segment.fingerprint.bytes;
}

void RepositoryContents::index() {
  table_index_.clear();
  database_index_.clear();
  for (std::size_t i = 0; i < tables_.size(); ++i)
    table_index_[{tables_[i].database, tables_[i].number}] = i;
  for (std::size_t i = 0; i < databases_.size(); ++i) database_index_[databases_[i].number] = i;
}

void RepositoryContents::keep(const Selection& selection) {
  if (selection == Selection{}) return;
  if (!selection.accounts.empty()) {
    const std::string& engine = backup_.manifest().engine;
    require_accounts(selection.accounts, account_names(engine, *this));
    globals_ = globals_with(engine, *this, [&](const std::string& name) {
      return fits_account(selection.accounts, name);
    });
  }
  std::vector<Database> chosen = choose_databases(databases_, selection);
  const ChosenTableNames tables = choose_tables(*this, selection.tables);
  table_choices_ = tables.choices;
  databases_ = std::move(chosen);
  std::set<int> databases;
  for (const Database& database : databases_) databases.insert(database.number);
  std::erase_if(tables_, [&](const Table& table) {
    if (!databases.contains(table.database)) return true;
    return !table_choices_.empty() && !tables.holders.contains({table.database, table.name});
  });
  std::set<std::pair<int, int>> kept;
  for (const Table& table : tables_) kept.insert({table.database, table.number});
  std::set<std::string> used;
  std::erase_if(segments_, [&](const StoredSegment& stored) {
    if (!kept.contains({stored.segment.database, stored.segment.table})) return true;
    for (const Extent& extent : stored.extents) used.insert(extent.object);
    return false;
  });
  std::erase_if(objects_, [&](const ObjectRecord& object) { return !used.contains(object.path); });
}

/// What the rest of the program relies on and a digest cannot know.
void RepositoryContents::look_for_contradictions() const {
  for (const Table& table : tables_) database_of(table.database);
  for (const auto& [segment, fingerprint, extents] : segments_) {
    table_of(segment);
    if (bytes_of(extents) == fingerprint.bytes) continue;
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot use backup '{}': its inventory has {} bytes for segment {} of "
                            "table {} in database {}, and extents of {}",
                            backup_.manifest().id.text(), fingerprint.bytes, segment.number,
                            segment.table, segment.database, bytes_of(extents)));
  }
}

/// A manifest and an inventory that disagree mean that one of them is another backup's.
void RepositoryContents::compare_with_manifest() const {
  const Manifest::Sums& sums = backup_.manifest().sums;
  Fingerprint all;
  for (const StoredSegment& segment : segments_) all += segment.fingerprint;
  const auto same = [&](const char* what, std::uint64_t manifest, std::uint64_t inventory) {
    if (manifest == inventory) return;
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot use backup '{}': its manifest counts {} {}, its inventory {}",
                            backup_.manifest().id.text(), manifest, what, inventory));
  };
  same("databases", sums.databases, databases_.size());
  same("tables", sums.tables, tables_.size());
  same("segments", sums.segments, segments_.size());
  same("objects", sums.objects, objects_.size());
  same("rows", sums.rows, all.rows);
  same("bytes of rows", sums.row_bytes, all.bytes);
}

std::unique_ptr<Source> RepositoryContents::read(const Document& document) const {
  if (globals_ && document.kind == DocumentKind::kGlobals)
    return std::make_unique<TextSource>(*globals_);
  const std::string path = layout::document(document);
  return backup_.has(path) ? backup_.read(path) : nullptr;
}

void RepositoryContents::write_rows(const Table& table, Sink& sink) const {
  ExtentReader reader(backup_);
  for (const StoredSegment& stored : segments_) {
    if (stored.segment.database != table.database || stored.segment.table != table.number) continue;
    FingerprintSink fingerprinted(sink);
    for (const Extent& extent : stored.extents) reader.copy(extent, fingerprinted);
    if (fingerprinted.fingerprint() == stored.fingerprint) continue;
    throw Error(
        Fault::kCheckFailed,
        fmt::format("the rows of segment {} of table '{}.{}' of database '{}' are not those "
                    "of the backup",
                    stored.segment.number, table.name.schema, table.name.name,
                    database_name(table.database)));
  }
}

const Table& RepositoryContents::table_of(const Segment& segment) const {
  const auto found = table_index_.find({segment.database, segment.table});
  if (found == table_index_.end()) {
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot use backup '{}': its inventory has a segment of table {} in "
                            "database {}, but no "
                            "such table",
                            backup_.manifest().id.text(), segment.table, segment.database));
  }
  return tables_[found->second];
}

const Database& RepositoryContents::database_of(int number) const {
  const auto found = database_index_.find(number);
  if (found == database_index_.end()) {
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot use backup '{}': its inventory has no database {}",
                            backup_.manifest().id.text(), number));
  }
  return databases_[found->second];
}

const std::string& RepositoryContents::database_name(int number) const {
  return database_of(number).name;
}

}  // namespace vya
