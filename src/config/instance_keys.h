// The keys of one instance in the configuration.
#pragma once

#include <optional>
#include <string>

#include "config/config.h"
#include "config/field.h"

namespace vya {

/// Reads the map `field` as the instance `name`. What is wrong is complained of; the instance is
/// then worth nothing.
Instance read_instance(const std::string& name, const Field& field);

}  // namespace vya
