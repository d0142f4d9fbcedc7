// vya restore: a backup, or a part of it, brought back to a server.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "operation/progress.h"
#include "operation/restore_request.h"
#include "report/finding.h"
#include "repository/repository.h"

namespace vya {

struct RestoreReport {
  BackupId id;
  Totals totals;  ///< what came back
  std::uint64_t rows = 0;
  std::uint64_t row_bytes = 0;
  std::vector<Gap> gaps;
  std::vector<std::string> reference;  ///< as in Plan
  std::vector<Finding> findings;       ///< of the recheck
  std::uint64_t tables_checked = 0;
  std::vector<std::pair<std::string, std::chrono::microseconds>> phases;
  std::chrono::microseconds duration{};
};

/// What a restore would do; touches nothing. Refusals are in the plan.
Plan plan_restore(const Backup& backup, Engine& engine, const RestoreRequest& request,
                  Progress& progress);

/// Restores. Every file of the backup is looked at before the first statement runs. Throws
/// Error(kRefused) when the plan refuses, Error(kCheckFailed) when the backup is damaged,
/// Error(kSql) when a statement fails.
RestoreReport restore(const Backup& backup, Engine& engine, const RestoreRequest& request,
                      Progress& progress);

}  // namespace vya
