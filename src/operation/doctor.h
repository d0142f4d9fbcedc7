// vya doctor: what stands in the way of a complete backup, said before there is need of one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "engine/engine.h"
#include "report/finding.h"
#include "repository/repository.h"

namespace vya {

struct DoctorRequest {
  std::vector<std::string> databases;  ///< globs; instead of the instance's include
  unsigned jobs = 1;
};

struct DoctorReport {
  ServerFacts server;
  std::uint64_t databases = 0;  ///< that a backup would hold
  std::uint64_t bytes = 0;      ///< on the server
  std::vector<Finding> findings;
  std::vector<Gap> gaps;           ///< those that the configuration does not accept
  std::vector<Gap> accepted_gaps;  ///< those it does
};

/// Looks at an instance and at the place for its backups; changes nothing. Throws Error when the
/// server cannot be looked at.
DoctorReport examine(const Config& config, Engine& engine, const Instance& instance,
                     const DoctorRequest& request);

/// What the difference between the server's clock and ours means; nothing when it is small. Pure.
std::optional<Finding> clock_finding(Time here, Time there);

/// Whether the next backup fits: as large as the last one was, or, when there is none, a fourth of
/// the server (text is larger than its pages or smaller, and zstd leaves a third of it or less).
/// Pure.
std::optional<Finding> disk_finding(const std::string& folder, std::uint64_t free,
                                    std::optional<std::uint64_t> last, std::uint64_t server);

}  // namespace vya
