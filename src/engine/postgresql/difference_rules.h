// What a restore onto PostgreSQL changes although it is right.
#pragma once

#include "engine/difference_rule.h"

namespace vya::pg {

/// For models that describe() made.
DifferenceRules difference_rules();

}  // namespace vya::pg
