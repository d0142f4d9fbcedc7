// What a restore will do with a backup on a server: decided once, before anything is changed. Pure.
#pragma once

#include <set>
#include <string>

#include "engine/engine.h"
#include "engine/mysql/backup_model.h"
#include "engine/mysql/target_facts.h"

namespace vya::mysql {

/// The names of the phases; rows are loaded between kTables and kIndexes, by others.
namespace phase {
inline constexpr const char* kDatabases = "databases";
inline constexpr const char* kTables = "tables";
inline constexpr const char* kRows = "rows";
inline constexpr const char* kIndexes = "indexes";
inline constexpr const char* kForeignKeys = "foreign keys";
inline constexpr const char* kObjects = "views, routines and triggers";
inline constexpr const char* kTriggers = "triggers";  ///< where only tables are restored
inline constexpr const char* kStatistics = "statistics";
inline constexpr const char* kEvents = "events";
}  // namespace phase

struct RestorePlan {
  Plan shown;                      ///< for people
  std::set<std::string> existing;  ///< databases of the backup's that are there and empty
};

RestorePlan make_plan(const BackupModel& backup, const TargetFacts& target,
                      const BackupContents& contents, const RestoreOptions& options);

}  // namespace vya::mysql
