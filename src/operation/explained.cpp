#include "operation/explained.h"

#include <fmt/format.h>

#include <array>

namespace vya {

namespace {

using Kind = CatalogDifference::Kind;

/// No restore changes the password of the account that it runs as: it would lock itself out.
bool is_own_password(const CatalogDifference& difference, const DifferenceContext& context) {
  const std::string ours = context.engine == EngineKind::kPostgresql
                               ? fmt::format("role \"{}\"", context.account)
                               : fmt::format("user `{}`@`localhost`", context.account);
  return difference.kind == Kind::kSecret && difference.object == ours;
}

struct Rule {
  const char* name;
  bool (*explains)(const CatalogDifference&, const DifferenceContext&);
};

constexpr std::array kRules = {Rule{"own password", is_own_password}};

}  // namespace

std::vector<Finding> explained(const std::vector<CatalogDifference>& differences,
                               const DifferenceContext& context) {
  std::vector<Finding> findings;
  for (const CatalogDifference& difference : differences) {
    Finding finding{.where = where(difference), .what = what(difference)};
    for (const Rule& rule : kRules) {
      if (!rule.explains(difference, context)) continue;
      finding.severity = Severity::kNotice;
      finding.what += fmt::format(" (rule: {})", rule.name);
      break;
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace vya
