// What a restore onto MySQL or MariaDB changes although it is right.
#pragma once

#include "engine/difference_rule.h"

namespace vya::mysql {

/// For models that describe() made.
DifferenceRules difference_rules();

}  // namespace vya::mysql
