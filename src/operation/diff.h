// vya diff: in what two servers differ, each as a backup holds it or as it is.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "operation/progress.h"
#include "report/finding.h"
#include "repository/repository.h"

namespace vya {

struct DiffRequest {
  std::string wanted;  ///< `INSTANCE/EPOCH`, `INSTANCE`, `INSTANCE@TIME`, `live:INSTANCE`
  std::string found;   ///< likewise
  std::vector<std::string> databases;  ///< globs, for both; none: all
  unsigned jobs = 1;
};

struct DiffReport {
  std::string wanted;  ///< the backup's id, or `live:INSTANCE`
  std::string found;
  std::uint64_t objects = 0;  ///< that were compared
  std::uint64_t tables = 0;   ///< whose rows were compared
  std::vector<Finding> findings;
};

/// Reads all rows of a server as it is; of a backup only what it says of itself. Throws Error when
/// one of the two cannot be looked at.
DiffReport diff(const Config& config, Repository& repository, const DiffRequest& request,
                Progress& progress);

}  // namespace vya
