#include "engine/mysql/difference_rules.h"

#include <fmt/format.h>

#include <array>

namespace vya::mysql {

namespace {

/// No restore changes the password of the account that it runs as: it would lock itself out.
bool is_own_password(const DifferenceCase& one) {
  return !one.account.empty() && one.difference.kind == CatalogDifference::Kind::kSecret &&
         one.difference.object == fmt::format("user `{}`@`localhost`", one.account);
}

constexpr std::array kRules = {DifferenceRule{"own password", is_own_password}};

}  // namespace

DifferenceRules difference_rules() { return kRules; }

}  // namespace vya::mysql
