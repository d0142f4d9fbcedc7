// The differences between a restored server and its source as findings.
#pragma once

#include <string>
#include <vector>

#include "engine/catalog_model.h"
#include "report/finding.h"

namespace vya {

/// What the engine's rules know of the two servers.
struct DifferenceContext {
  std::string engine;    ///< `postgresql`
  std::string account;   ///< that a restore ran as; empty: there was none
  int source_major = 0;  ///< of what was wanted
  int target_major = 0;  ///< of what was found
};

/// The differences as findings: those that a rule explains are notices that name it. Pure.
std::vector<Finding> explained(const CatalogModel& wanted, const CatalogModel& found,
                               const DifferenceContext& context);

}  // namespace vya
