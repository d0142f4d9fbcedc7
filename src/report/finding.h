// A finding: one result of a check.
#pragma once

#include <string>

namespace vya {

enum class Severity {
  kNotice,  ///< worth knowing; nothing is wrong
  kFault,   ///< something is not as it should be
};

struct Finding {
  Severity severity = Severity::kFault;
  std::string where;  ///< what was looked at: `table shop.public.orders`
  std::string what;   ///< what is the matter with it: `is missing`
  std::string cure;   ///< what to do, or empty
  bool operator==(const Finding&) const = default;
};

}  // namespace vya
