// Grants: each becomes part of one statement, once, and a name in them is never more than a name.
// The kinds, objects and privileges are ours; they are SQL in a document too.
#include "engine/postgresql/acl.h"

#include <array>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/sql_tokens.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

constexpr std::array<const char*, 3> kPrivileges = {"SELECT", "INSERT", "UPDATE"};

void use_known_privileges(std::vector<pg::Grant>& grants) {
  for (pg::Grant& grant : grants) grant.privilege = kPrivileges[grant.privilege.size() % 3];
}

/// How many privileges a statement grants; names are quoted and so no words.
std::size_t granted(std::string_view sql) {
  std::size_t count = 0;
  bool granting = false;
  for (const pg::Token& token : pg::split_tokens(sql)) {
    if (is_keyword(token, "GRANT")) {
      granting = true;
    } else if (is_keyword(token, "ON")) {
      granting = false;
    } else if (granting && token.kind == pg::TokenKind::kWord) {
      ++count;
    }
    if (is_keyword(token, "TO")) break;  // WITH GRANT OPTION follows
  }
  return count;
}

template <typename List>
void check(List acl) {
  use_known_privileges(acl.grants);
  std::size_t count = 0;
  for (const pg::GrantStatement& statement : statements(acl)) {
    require(pg::split_statements(statement.sql + ";").size() == 1, "a grant is one statement");
    count += granted(statement.sql);
  }
  require(count == acl.grants.size(), "every grant is in the statements once");
  grant_statements(with_new_privileges(acl, 15, 180000));
}

}  // namespace

void try_input(std::string_view input) {
  TextSource source(input);
  const auto catalog = unless_error([&] { return pg::read_catalog_json(source); });
  if (!catalog) return;
  for (pg::Acl acl : catalog->acls) {
    acl.kind = "TABLE";
    acl.object = pg::quote_name(acl.object);
    check(with_bootstrap(acl, "postgres", "root"));
    check(std::move(acl));
  }
  for (pg::DefaultAcl acl : catalog->default_acls) {
    acl.kind = "TABLES";
    check(std::move(acl));
  }
}

}  // namespace vya::fuzz
