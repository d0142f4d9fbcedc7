// vya drill: proof that a backup can be restored. It is restored onto an empty server, compared
// with what it was taken from, and timed; what came of it stays in the repository as evidence.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "operation/progress.h"
#include "repository/drill_record.h"
#include "repository/repository.h"

namespace vya {

struct DrillRequest {
  BackupReference backup;
  std::vector<std::string> databases;  ///< globs; instead of the instance's `drill.databases`
  std::string server;                  ///< instead of the instance's `drill.server`
  unsigned jobs = 1;
};

/// What a drill would do.
struct DrillPlan {
  BackupId backup;
  std::string server;  ///< which one, or whose programs
  std::string folder;  ///< where it would be made; empty: nothing is made
  std::vector<std::string> checks;
};

/// Looks for a server and for room; starts nothing. Throws Error when there is none.
DrillPlan plan_drill(const Config& config, Repository& repository, const DrillRequest& request);

/// Drills, and keeps the record. What is wrong with the backup, the server or the machine is in the
/// record, which then did not pass; Error is thrown only when there is no such backup or
/// instance, the record cannot be kept, or after an interruption.
DrillRecord drill(const Config& config, Repository& repository, const DrillRequest& request,
                  Progress& progress);

}  // namespace vya
