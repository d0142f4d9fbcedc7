#include "engine/mysql/backup_model.h"

#include <fmt/format.h>

#include <algorithm>

namespace vya::mysql {

namespace {

DatabaseModel read_database(const BackupContents& contents, const Database& database) {
  DatabaseModel model{.database = database, .itself = {}, .objects = {}, .tables = {}};
  const auto document = contents.read({DocumentKind::kSchema, database.number});
  if (document) {
    read_objects_json(*document, [&](SchemaObject object) {
      if (object.type == "database") {
        model.itself = std::move(object);
      } else {
        if (object.type == "table") model.tables.emplace(object.name, model.objects.size());
        model.objects.push_back(std::move(object));
      }
    });
  }
  if (model.itself.name.empty()) {
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot restore database '{}': the backup has no definition of it",
                            database.name));
  }
  return model;
}

}  // namespace

std::vector<const SchemaObject*> DatabaseModel::of_type(const std::string& type) const {
  std::vector<const SchemaObject*> found;
  for (const SchemaObject& object : objects) {
    if (object.type == type) found.push_back(&object);
  }
  return found;
}

const SchemaObject& DatabaseModel::table(const std::string& table_name) const {
  const auto found = tables.find(table_name);
  if (found == tables.end()) {
    throw Error(Fault::kCheckFailed,
                fmt::format("the backup has rows of table '{}.{}' and no definition of it",
                            source_name(), table_name));
  }
  return objects[found->second];
}

const DatabaseModel& BackupModel::database(int number) const {
  const auto found = std::ranges::find_if(
      databases, [&](const DatabaseModel& one) { return one.database.number == number; });
  if (found == databases.end())
    throw Error(Fault::kInternal, fmt::format("there is no database {} in the backup", number));
  return *found;
}

std::map<std::string, std::string> BackupModel::new_names() const {
  std::map<std::string, std::string> names;
  for (const DatabaseModel& one : databases) {
    if (one.renamed()) names.emplace(one.source_name(), one.name());
  }
  return names;
}

BackupModel read_backup(const BackupContents& contents) {
  BackupModel model{.source = parse_version(contents.server().version), .databases = {}};
  if (const auto settings = contents.read({DocumentKind::kSettings, 0}))
    model.source.variables = read_settings_json(*settings);
  for (const Database& database : contents.databases())
    model.databases.push_back(read_database(contents, database));
  return model;
}

}  // namespace vya::mysql
