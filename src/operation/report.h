// vya report: what a repository says of all servers and their history, as values for a report.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "report/fleet.h"
#include "repository/repository.h"

namespace vya {

/// `names`: instances; none: all of the configuration, then those that only the repository knows. A
/// backup that cannot be read is a finding. Throws Error(kNotFound) for a name that neither knows,
/// and Error when the repository cannot be read.
FleetReport report_on(const Config& config, const Repository& repository,
                      const std::vector<std::string>& names, Time now);

}  // namespace vya
