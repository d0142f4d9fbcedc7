// Whether a server can take a backup at all. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/accounts_plan.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/target_facts.h"

namespace vya::pg {

/// What must be known of the server before deciding.
Questions questions_about(const BackupModel& backup, const RestoreOptions& options);

/// Where a tablespace's folder is to be on the target.
std::string location_of(const Tablespace& tablespace, const RestoreOptions& options);

/// Why the server will not be restored to, in sentences; empty: it will.
std::vector<std::string> refusals(const BackupModel& backup, const TargetFacts& target,
                                  const RestoreOptions& options);

/// A sentence when the rows may not fit on the server's disk.
std::optional<std::string> disk_warning(const BackupModel& backup, const TargetFacts& target);

/// A sentence when the target's log will hold verifiers, which the restore cannot keep out of it.
std::optional<std::string> log_warning(const AccountsPlan& accounts, const TargetFacts& target);

}  // namespace vya::pg
