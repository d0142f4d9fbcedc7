// What is odd about a backup beside those before it. Pure.
#pragma once

#include <vector>

#include "engine/catalog_model.h"
#include "report/finding.h"
#include "repository/manifest.h"

namespace vya {

/// Rows or text that have fallen or grown by more than `factor` since the middle one of the backups
/// before; nothing where there are none.
std::vector<Finding> size_anomalies(const Manifest& newest, const std::vector<Manifest>& before,
                                    double factor);

/// Tables and databases that are gone, and accounts that may do more than before.
std::vector<Finding> catalog_anomalies(const CatalogModel& before, const CatalogModel& newest);

}  // namespace vya
