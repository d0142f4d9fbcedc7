// The keys about drills in the configuration.
#pragma once

#include "config/config.h"
#include "config/field.h"

namespace vya {

/// The key `drill` of an instance. What is wrong is complained of.
DrillSettings read_drill(const Field& field);

/// The key `drill` at the top.
DrillPlace read_drill_place(const Field& field);

}  // namespace vya
