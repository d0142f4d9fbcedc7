// What a restore does with each database of the backup on a server. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/target_facts.h"

namespace vya::pg {

enum class DatabaseAction {
  kCreate,
  kFill,      ///< `postgres` or `template1`, which every server has, as it is
  kRecreate,  ///< one of them whose encoding, locale or tablespace is another
  kReplace,   ///< created under another name, which takes the place of the one that is there
  kEnter,     ///< it is there, and only rows go into it
  kLeaveOut,  ///< its content is not in the backup, or there is nothing to bring into one in use
};

struct PlannedDatabase {
  DatabaseProperties properties;  ///< under the name it has while it is restored
  DatabaseAction action = DatabaseAction::kCreate;
  DatabaseProperties found;  ///< as it is on the target, if it is there
  std::string replaces;      ///< kReplace: the name it takes in the end
  std::string kept_as;       ///< kReplace: and what the one that had it is called from then on
};

struct DatabasesPlan {
  std::vector<PlannedDatabase> databases;
  std::vector<std::string> refusals;
};

/// `stamp` makes the names of replaced databases unlike any other: `20261122t030000z_7f3a`.
DatabasesPlan plan_databases(const BackupModel& backup, const TargetFacts& target,
                             const RestoreOptions& options, const std::string& stamp,
                             const TablespaceOnTarget& tablespace_on_target);

/// Gives a database another name everywhere in the model.
void rename_database(BackupModel& backup, const std::string& from, const std::string& to);

}  // namespace vya::pg
