#include "engine/mysql/difference_rules.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

using Kind = CatalogDifference::Kind;

/// Only MariaDB has a version of this number; MySQL's are lower.
constexpr int kMariadb11 = 11;

/// No restore changes the password of the account that it runs as: it would lock itself out.
bool is_own_password(const DifferenceCase& one) {
  return !one.account.empty() && one.difference.kind == Kind::kSecret &&
         one.difference.object == fmt::format("user `{}`@`localhost`", one.account);
}

/// From MariaDB 11.3 on a privilege of its own stands for what came with reading mysql.proc before.
bool is_new_show_create_routine(const DifferenceCase& one) {
  const auto account = one.wanted.find(one.difference.object);
  if (!one.crosses(kMariadb11) || one.difference.kind != Kind::kExtraItem ||
      account == one.wanted.end() ||
      !one.difference.about.starts_with("SHOW CREATE ROUTINE ON *.*"))
    return false;
  const bool may_grant = one.difference.about.ends_with(" WITH GRANT OPTION");
  return account->second.items.contains(may_grant ? "SELECT ON *.* WITH GRANT OPTION"
                                                  : "SELECT ON *.*");
}

/// A table's definition with the word INVISIBLE at the end of each column that has it.
std::string with_invisible_last(const std::string& definition) {
  std::string text;
  bool is_invisible = false;
  int depth = 0;
  for (const SqlToken& token : sql_tokens(definition, "")) {
    if (token.text == "(") ++depth;
    if (token.text == ")") --depth;
    const bool ends_column = (depth == 1 && token.text == ",") || (depth == 0 && token.text == ")");
    if (ends_column && is_invisible) text += " INVISIBLE";
    if (ends_column) is_invisible = false;
    if (depth == 1 && is_word(token, "INVISIBLE")) {
      is_invisible = true;
    } else if (token.text != " ") {
      text.append(token.text) += " ";
    }
  }
  return text;
}

/// MariaDB 11 writes INVISIBLE behind a column's default, and 10 before it.
bool is_place_of_invisible(const DifferenceCase& one) {
  return one.crosses(kMariadb11) && one.difference.about == "definition" &&
         one.difference.object.starts_with("table ") &&
         with_invisible_last(one.difference.wanted) == with_invisible_last(one.difference.found);
}

constexpr std::array kRules = {
    DifferenceRule{"own password", is_own_password},
    DifferenceRule{"SHOW CREATE ROUTINE since MariaDB 11", is_new_show_create_routine},
    DifferenceRule{"place of INVISIBLE since MariaDB 11", is_place_of_invisible}};

}  // namespace

DifferenceRules difference_rules() { return kRules; }

}  // namespace vya::mysql
