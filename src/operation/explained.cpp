#include "operation/explained.h"

#include <fmt/format.h>

#include <algorithm>

#include "operation/open.h"

namespace vya {

std::vector<Finding> explained(const CatalogModel& wanted, const CatalogModel& found,
                               const DifferenceContext& context) {
  const DifferenceRules rules = difference_rules(context.engine);
  const std::vector<CatalogDifference> all = differences(wanted, found);
  std::vector<Finding> findings;
  for (const CatalogDifference& difference : all) {
    Finding finding{.where = where(difference), .what = what(difference)};
    const DifferenceCase one{.difference = difference,
                             .all = all,
                             .wanted = wanted,
                             .account = context.account,
                             .source_major = context.source_major,
                             .target_major = context.target_major};
    const auto rule =
        std::ranges::find_if(rules, [&](const DifferenceRule& each) { return each.explains(one); });
    if (rule != rules.end()) {
      finding.severity = Severity::kNotice;
      finding.what += fmt::format(" (rule: {})", rule->name);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace vya
