// What a restore will do with a backup on a server: decided once, before anything is changed. Pure.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/accounts_plan.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/plan_databases.h"
#include "engine/postgresql/target_facts.h"

namespace vya::pg {

/// The names of the phases; rows are loaded between kSchema and kValues, by others.
namespace phase {
inline constexpr const char* kAccounts = "accounts";
inline constexpr const char* kDatabases = "databases";
inline constexpr const char* kSchema = "schema";
inline constexpr const char* kRows = "rows";
inline constexpr const char* kValues = "sequences and large objects";
inline constexpr const char* kIndexes = "indexes and constraints";
inline constexpr const char* kGrants = "grants";
inline constexpr const char* kViews = "materialized views";
inline constexpr const char* kStatistics = "statistics";
inline constexpr const char* kLast = "event triggers and publications";
inline constexpr const char* kSettings = "settings";
inline constexpr const char* kExchange = "exchange";
}  // namespace phase

enum class TablespaceAction {
  kCreate,
  kKeep,     ///< one of this name is there, and stays as it is
  kMissing,  ///< it cannot be made; what is in it goes to pg_default
};

struct PlannedTablespace {
  Tablespace tablespace;
  std::string location;
  TablespaceAction action = TablespaceAction::kCreate;
};

/// Tables that are restored into a database that is there.
struct PlannedTables {
  std::vector<TableName> tables;  ///< without their partitions and without foreign tables
  /// Who gets something on what our role makes there (empty: PUBLIC); nothing: no default
  /// privileges are set.
  std::optional<std::set<std::string>> default_grantees;
};

struct RestorePlan {
  Plan shown;  ///< for people
  int version = 0;
  std::string source_bootstrap;
  std::string target_bootstrap;
  Powers powers;
  /// Roles of which the role of the restore is made a member for as long as it lasts: owners of
  /// what it makes, and those who gave grants on.
  std::vector<std::string> borrowed_roles;
  AccountsPlan accounts;
  std::vector<PlannedTablespace> tablespaces;
  std::vector<PlannedDatabase> databases;
  /// Extensions (by database number and name) whose version the target does not have: created in
  /// its default one.
  std::set<std::pair<int, std::string>> default_versions;
  std::map<int, PlannedTables> tables;  ///< by their database; none: whole databases

  /// Where a tablespace's content goes: the same name, or empty for pg_default.
  std::string tablespace_on_target(const std::string& name) const;
};

/// Gives the databases of the model the names under which they are restored. `stamp` makes those of
/// replaced ones unlike any other: `20261122t030000z_7f3a`.
RestorePlan make_plan(BackupModel& backup, const TargetFacts& target, const RestoreOptions& options,
                      const std::string& stamp);

Gap missing_tablespace(const Tablespace& tablespace, const std::string& why);

}  // namespace vya::pg
