// The keys about drills in the configuration.
#pragma once

#include "config/config.h"
#include "config/field.h"

namespace vya {

/// A time that is a target, and no wait: up to a year. Complains when it is none.
std::optional<std::chrono::seconds> read_target(const Field& field);

/// A number. Complains when it is none.
std::optional<double> read_number(const Field& field);

/// The key `drill` of an instance. What is wrong is complained of.
DrillSettings read_drill(const Field& field);

/// The key `drill` at the top.
DrillPlace read_drill_place(const Field& field);

}  // namespace vya
