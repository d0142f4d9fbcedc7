// What is decided by itself where tables are restored into a database that is there. Pure.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/restore_plan.h"
#include "engine/postgresql/tables_of_database.h"

namespace vya::pg {

/// Whether a role will be on the target.
using HasRole = std::function<bool(const std::string& role, const DatabaseModel& database)>;

/// Takes grants to and by roles that will not be there out of the backup, each a gap, and leaves
/// the owners as the roles that must be there.
void leave_out_grants(BackupModel& backup, const HasRole& has_role, std::vector<Gap>& gaps);

/// Tablespaces that the target has are used; none is created.
std::vector<PlannedTablespace> keep_tablespaces(const BackupModel& backup,
                                                const TargetFacts& target, std::vector<Gap>& gaps);

/// A gap for a foreign key to a table that is not there.
Gap missing_reference(const Entry& key, const std::vector<EntryHead>& tables);

/// Puts the tables in the place of what the steps say of databases.
void name_tables(const std::vector<TablesOfDatabase>& chosen, RestoreScope scope,
                 std::vector<PlanStep>& steps);

/// What takes away what default privileges gave on a new table or sequence, and leaves it with the
/// owner alone. Empty for other entries and where there are none.
std::string revoke_defaults(const Entry& entry,
                            const std::optional<std::set<std::string>>& grantees);

}  // namespace vya::pg
