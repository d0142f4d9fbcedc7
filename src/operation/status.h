// vya status: whether each instance has a backup that is new enough and proven, out of the
// repository alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "operation/evidence.h"
#include "report/finding.h"
#include "repository/repository.h"

namespace vya {

struct InstanceStatus {
  std::string instance;
  std::optional<Manifest> backup;                ///< the newest that can be read
  std::optional<std::chrono::microseconds> age;  ///< of its moment
  std::optional<std::chrono::seconds> rpo;       ///< the targets
  std::optional<std::chrono::seconds> rto;
  std::optional<DrillRecord> drill;    ///< the last one
  std::optional<DrillRecord> proof;    ///< the last one that passed
  std::vector<std::string> uncovered;  ///< databases that no rule backs up
  std::vector<Finding> findings;
};

struct StatusReport {
  std::vector<InstanceStatus> instances;  ///< in the configuration's order
  std::vector<Finding> findings;          ///< about the repository as a whole

  bool is_fine() const;
};

/// `names`: instances; none: all of the configuration. `evidence`: all of the repository's. Throws
/// Error(kNotFound) for one that is not in the configuration, and Error when the repository cannot
/// be read.
StatusReport status(const Config& config, const Repository& repository, const Evidence& evidence,
                    const std::vector<std::string>& names, Time now);

/// Whether backups are there, new enough, and without gaps. Pure.
std::vector<Finding> judge_backup(const Instance& instance, const std::optional<Manifest>& newest,
                                  Time now);

/// Whether drills passed, are new enough, and fast enough. Pure.
std::vector<Finding> judge_drills(const Instance& instance, const std::optional<DrillRecord>& last,
                                  const std::optional<DrillRecord>& proof, Time now);

}  // namespace vya
