// Differences between a restored server and its source that a restore must leave: each by a rule
// with a name.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "engine/catalog_model.h"
#include "report/finding.h"

namespace vya {

/// What the rules know of the restore.
struct DifferenceContext {
  std::string account;  ///< that it ran as
  EngineKind engine = EngineKind::kPostgresql;
};

/// The differences as findings: those that a rule explains are notices that name it. Pure.
std::vector<Finding> explained(const std::vector<CatalogDifference>& differences,
                               const DifferenceContext& context);

}  // namespace vya
