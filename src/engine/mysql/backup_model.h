// What a backup says of its databases, read once for a restore.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/flavor.h"
#include "engine/mysql/objects.h"

namespace vya::mysql {

struct DatabaseModel {
  Database database;                  ///< with its name on the target
  SchemaObject itself;                ///< with its name on the source
  std::vector<SchemaObject> objects;  ///< all but itself, in the order in which they can be made

  const std::string& name() const { return database.name; }
  const std::string& source_name() const { return itself.name; }
  bool renamed() const { return name() != source_name(); }
  std::vector<const SchemaObject*> of_type(const std::string& type) const;
  /// Throws Error(kCheckFailed) when there is no such table.
  const SchemaObject& table(const std::string& name) const;

  std::map<std::string, std::size_t> tables;  ///< by name, their places in `objects`
};

struct BackupModel {
  Flavor source;  ///< its variables are the backup's settings
  std::vector<DatabaseModel> databases;

  const DatabaseModel& database(int number) const;
  /// Names on the source of databases that have another one on the target, with that.
  std::map<std::string, std::string> new_names() const;
};

/// Throws Error(kCheckFailed) when a document is damaged or missing.
BackupModel read_backup(const BackupContents& contents);

}  // namespace vya::mysql
