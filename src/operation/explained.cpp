#include "operation/explained.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vya {

namespace {

using Kind = CatalogDifference::Kind;

/// What a rule looks at.
struct Case {
  const CatalogDifference& difference;
  const std::vector<CatalogDifference>& all;
  const CatalogModel& wanted;
  const DifferenceContext& context;

  bool is_postgresql() const { return context.engine == "postgresql"; }
  /// Whether the restore crossed the first version that has something.
  bool crosses(int major) const {
    return is_postgresql() && context.source_major < major && context.target_major >= major;
  }
};

/// No restore changes the password of the account that it runs as: it would lock itself out.
bool is_own_password(const Case& one) {
  if (one.context.account.empty() || one.difference.kind != Kind::kSecret) return false;
  return one.difference.object == (one.is_postgresql()
                                       ? fmt::format("role \"{}\"", one.context.account)
                                       : fmt::format("user `{}`@`localhost`", one.context.account));
}

/// From PostgreSQL 17 on a privilege of its own stands for what came with owning before.
bool is_new_maintain(const Case& one) {
  return one.crosses(17) && one.difference.kind == Kind::kExtraItem &&
         one.difference.about == "MAINTAIN TO its owner";
}

std::string without(std::string text, const std::string& part) {
  const std::size_t at = text.find(part);
  return at == std::string::npos ? text : text.erase(at, part.size());
}

/// Before PostgreSQL 16 a membership had no options: it inherited when the member did, and let the
/// member become the role.
std::string without_options(const std::string& membership, const CatalogObject& member) {
  const auto inherit = member.properties.find("INHERIT");
  const bool inherits = inherit != member.properties.end() && inherit->second == "yes";
  return without(without(membership, inherits ? " INHERIT TRUE" : " INHERIT FALSE"), " SET TRUE");
}

bool is_new_membership_option(const Case& one) {
  const CatalogDifference& difference = one.difference;
  const bool is_item = difference.kind == Kind::kExtraItem || difference.kind == Kind::kLacksItem;
  const auto member = one.wanted.find(difference.object);
  if (!one.crosses(16) || !is_item || member == one.wanted.end() ||
      !difference.about.starts_with("MEMBER OF "))
    return false;
  return std::ranges::any_of(one.all, [&](const CatalogDifference& other) {
    if (other.object != difference.object || other.kind == difference.kind) return false;
    const bool is_extra = difference.kind == Kind::kExtraItem;
    const std::string& extra = is_extra ? difference.about : other.about;
    const std::string& lacking = is_extra ? other.about : difference.about;
    return without_options(extra, member->second) == lacking;
  });
}

struct Rule {
  const char* name;
  bool (*explains)(const Case&);
};

constexpr std::array kRules = {
    Rule{"own password", is_own_password}, Rule{"MAINTAIN since PostgreSQL 17", is_new_maintain},
    Rule{"membership options since PostgreSQL 16", is_new_membership_option}};

}  // namespace

std::vector<Finding> explained(const CatalogModel& wanted, const CatalogModel& found,
                               const DifferenceContext& context) {
  const std::vector<CatalogDifference> all = differences(wanted, found);
  std::vector<Finding> findings;
  for (const CatalogDifference& difference : all) {
    Finding finding{.where = where(difference), .what = what(difference)};
    const Case one{.difference = difference, .all = all, .wanted = wanted, .context = context};
    const auto* const rule =
        std::ranges::find_if(kRules, [&](const Rule& each) { return each.explains(one); });
    if (rule != kRules.end()) {
      finding.severity = Severity::kNotice;
      finding.what += fmt::format(" (rule: {})", rule->name);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace vya
