// A finding: one result of a check.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

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

/// Whether a finding is more than a notice.
inline bool has_fault(const std::vector<Finding>& findings) {
  return std::ranges::find(findings, Severity::kFault, &Finding::severity) != findings.end();
}

}  // namespace vya
