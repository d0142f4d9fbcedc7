// The user's own questions to a restored server.
#pragma once

#include <string>

#include "config/config.h"
#include "engine/probe.h"

namespace vya {

struct CheckResult {
  bool passed = false;
  std::string what;  ///< `gave 40000`, `gave 3, expected at least 1000`, `was refused`
};

/// Asks. An account or database that is not there is a failed check.
CheckResult run_check(const UserCheck& check, Probe& probe);

/// What an answer means. Pure.
CheckResult judge(const UserCheck& check, const Answer& answer);

}  // namespace vya
