#include "engine/postgresql/difference_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

using Kind = CatalogDifference::Kind;
using Tokens = std::vector<Token>;

constexpr std::string_view kNewPrivilege = "MAINTAIN TO its owner";

/// No restore changes the password of the account that it runs as: it would lock itself out.
bool is_own_password(const DifferenceCase& one) {
  return !one.account.empty() && one.difference.kind == Kind::kSecret &&
         one.difference.object == fmt::format("role \"{}\"", one.account);
}

std::string without(std::string text, std::string_view part) {
  const std::size_t at = text.find(part);
  return at == std::string::npos ? text : text.erase(at, part.size());
}

/// From PostgreSQL 17 on a privilege of its own stands for what came with owning before.
bool is_new_maintain(const DifferenceCase& one) {
  if (!one.crosses(17)) return false;
  const CatalogDifference& difference = one.difference;
  if (difference.kind == Kind::kExtraItem) return difference.about == kNewPrivilege;
  if (difference.kind != Kind::kProperty || !difference.about.starts_with("changed grants"))
    return false;
  const std::string privilege(kNewPrivilege);
  return without(difference.found, privilege + ", ") == difference.wanted ||
         without(difference.found, ", " + privilege) == difference.wanted;
}

/// Before PostgreSQL 16 a membership had no options: it inherited when the member did, and let the
/// member become the role.
std::string without_options(const std::string& membership, const CatalogObject& member) {
  const auto inherit = member.properties.find("INHERIT");
  const bool inherits = inherit != member.properties.end() && inherit->second == "yes";
  return without(without(membership, inherits ? " INHERIT TRUE" : " INHERIT FALSE"), " SET TRUE");
}

bool is_new_membership_option(const DifferenceCase& one) {
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

bool is_definition_of(const DifferenceCase& one, std::string_view kind) {
  return one.difference.about == "definition" && one.difference.object.starts_with(kind);
}

/// The tokens that mean something.
Tokens tokens_of(std::string_view sql) {
  Tokens tokens = split_tokens(sql);
  std::erase_if(tokens, [](const Token& token) { return token.kind == TokenKind::kSpace; });
  return tokens;
}

bool has_text(const Tokens& tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].text == text;
}

/// Whether `shorter` is `longer` without some of the names that stand before a point.
bool lacks_only_qualifiers(const Tokens& longer, const Tokens& shorter) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < longer.size(); ++i) {
    const bool is_qualifier = has_text(longer, i + 1, ".") && !has_text(shorter, at + 1, ".");
    if (is_qualifier) {
      ++i;
    } else if (has_text(shorter, at, longer[i].text)) {
      ++at;
    } else {
      return false;
    }
  }
  return at == shorter.size();
}

/// From PostgreSQL 16 on, views are written without a table's name before a column where they read
/// only one table (ruleutils.c).
bool is_names_in_view(const DifferenceCase& one) {
  return one.crosses(16) &&
         (is_definition_of(one, "view ") || is_definition_of(one, "materialized view ") ||
          is_definition_of(one, "rule ")) &&
         lacks_only_qualifiers(tokens_of(one.difference.wanted), tokens_of(one.difference.found));
}

bool is_same(const Tokens& some, const Tokens& others) {
  return std::ranges::equal(some, others, {}, &Token::text, &Token::text);
}

/// `ALTER FOREIGN TABLE [ONLY] name`.
Tokens without_only(std::string_view sql) {
  Tokens kept;
  for (const Token& token : tokens_of(sql)) {
    const bool follows = kept.size() >= 2 && is_keyword(kept.back(), "TABLE") &&
                         is_keyword(kept[kept.size() - 2], "FOREIGN");
    if (!follows || !is_keyword(token, "ONLY")) kept.push_back(token);
  }
  return kept;
}

/// Later versions of pg_dump write it, and earlier ones do not; the table's options are the same.
bool is_only_of_foreign_table(const DifferenceCase& one) {
  return is_definition_of(one, "foreign table ") &&
         is_same(without_only(one.difference.wanted), without_only(one.difference.found));
}

/// `[CONSTRAINT name] NOT NULL`.
Tokens without_names_of_not_null(std::string_view sql) {
  Tokens kept;
  for (const Token& token : tokens_of(sql)) {
    const std::size_t count = kept.size();
    const bool ends = count >= 3 && is_keyword(token, "NULL") && is_keyword(kept.back(), "NOT") &&
                      is_keyword(kept[count - 3], "CONSTRAINT");
    if (ends) kept.erase(kept.end() - 3, kept.end() - 1);
    kept.push_back(token);
  }
  return kept;
}

/// From PostgreSQL 18 on a NOT NULL is a constraint with a name.
bool is_name_of_not_null(const DifferenceCase& one) {
  return one.crosses(18) &&
         (is_definition_of(one, "table ") || is_definition_of(one, "foreign table ")) &&
         is_same(without_names_of_not_null(one.difference.wanted),
                 without_names_of_not_null(one.difference.found));
}

/// `multirange_type_name = "schema"."name",`.
Tokens without_multirange(std::string_view sql) {
  const Tokens all = tokens_of(sql);
  Tokens kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_keyword(all[i], "MULTIRANGE_TYPE_NAME")) {
      while (i < all.size() && all[i].text != ",") ++i;
    } else {
      kept.push_back(all[i]);
    }
  }
  return kept;
}

/// From PostgreSQL 14 on a range type has a multirange type, with a name that the server makes.
bool is_new_multirange(const DifferenceCase& one) {
  return one.crosses(14) && is_definition_of(one, "type ") &&
         is_same(tokens_of(one.difference.wanted), without_multirange(one.difference.found));
}

/// A restore writes out what was the default before.
bool is_old_default_of_subscription(const DifferenceCase& one) {
  if (!is_definition_of(one, "subscription ")) return false;
  std::string found = one.difference.found;
  if (one.crosses(16)) found = without(found, ", run_as_owner = true");
  if (one.crosses(18)) found = without(found, ", streaming = off");
  return is_same(tokens_of(one.difference.wanted), tokens_of(found));
}

constexpr std::array kRules = {
    DifferenceRule{"own password", is_own_password},
    DifferenceRule{"multirange types since PostgreSQL 14", is_new_multirange},
    DifferenceRule{"membership options since PostgreSQL 16", is_new_membership_option},
    DifferenceRule{"names in views since PostgreSQL 16", is_names_in_view},
    DifferenceRule{"MAINTAIN since PostgreSQL 17", is_new_maintain},
    DifferenceRule{"ONLY before foreign tables", is_only_of_foreign_table},
    DifferenceRule{"names of NOT NULL since PostgreSQL 18", is_name_of_not_null},
    DifferenceRule{"old defaults of subscriptions", is_old_default_of_subscription}};

}  // namespace

DifferenceRules difference_rules() { return kRules; }

}  // namespace vya::pg
