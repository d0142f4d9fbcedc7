#include "engine/postgresql/backup_model.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vya::pg {

namespace {

std::unique_ptr<Source> required(const BackupContents& contents, const Document& document,
                                 const std::string& name) {
  std::unique_ptr<Source> source = contents.read(document);
  if (!source) throw Error(Fault::kCheckFailed, "cannot read the backup: it has no " + name);
  return source;
}

bool is_loaded(const Table& table) {
  return table.kind == TableKind::kTable || table.kind == TableKind::kConfiguration;
}

}  // namespace

BackupModel read_backup(const BackupContents& contents) {
  BackupModel model;
  model.server = contents.server();
  model.row_bytes = contents.row_bytes();
  model.globals = read_globals_json(
      *required(contents, {DocumentKind::kGlobals, 0}, "document of the globals"));
  for (const Database& database : contents.databases()) {
    DatabaseModel& one = model.databases.emplace_back(DatabaseModel{.database = database});
    one.catalog =
        read_catalog_json(*required(contents, {DocumentKind::kCatalog, database.number},
                                    fmt::format("catalog of database '{}'", database.name)));
    visit_entries(contents, database.number,
                  [&](Stage stage, const Entry&) { ++one.entries[stage]; });
    for (const Table& table : contents.tables()) {
      if (table.database == database.number && is_loaded(table)) ++one.tables;
    }
  }
  return model;
}

void visit_entries(const BackupContents& contents, int database,
                   const std::function<void(Stage, Entry)>& visit) {
  const std::unique_ptr<Source> source = required(contents, {DocumentKind::kSchema, database},
                                                  fmt::format("schema of database {}", database));
  Stages stages;
  read_entries_json(*source, [&](Entry entry) {
    const Stage stage = stages.stage_of(entry);
    visit(stage, std::move(entry));
  });
}

void visit_entries(const BackupContents& contents, int database, Stage stage,
                   const std::function<void(Entry)>& visit) {
  visit_entries(contents, database, [&](Stage found, Entry entry) {
    if (found == stage) visit(std::move(entry));
  });
}

}  // namespace vya::pg
