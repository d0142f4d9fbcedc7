#include "engine/postgresql/globals_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

// First versions that know a thing (release notes of each).
constexpr int kWithLocaleProviders = 150000;
constexpr int kMajorWithMaintain = 17;

std::string word(bool is_on, const std::string& name) { return (is_on ? " " : " NO") + name; }

std::string in_words(bool is_on) { return is_on ? "TRUE" : "FALSE"; }

std::string optional_text(const std::optional<std::string>& text) {
  return text ? quote_text(*text) : "NULL";
}

/// ` WITH ADMIN TRUE, INHERIT FALSE, SET TRUE`, as far as it is known and the server knows it.
std::string membership_options(int version, const Membership& membership) {
  if (version < kWithMembershipOptions) return membership.admin ? " WITH ADMIN OPTION" : "";
  std::string text = " WITH ADMIN " + in_words(membership.admin);
  if (membership.inherit) text += ", INHERIT " + in_words(*membership.inherit);
  if (membership.set) text += ", SET " + in_words(*membership.set);
  return text;
}

/// An attribute of a role that is or is not.
struct Attribute {
  const char* name;  ///< as ALTER ROLE has it
  bool Role::* flag;
};

constexpr std::array kAttributes = {
    Attribute{"SUPERUSER", &Role::superuser},
    Attribute{"INHERIT", &Role::inherit},
    Attribute{"CREATEROLE", &Role::create_role},
    Attribute{"CREATEDB", &Role::create_database},
    Attribute{"LOGIN", &Role::login},
    Attribute{"REPLICATION", &Role::replication},
    Attribute{"BYPASSRLS", &Role::bypass_rls},
};

/// What an ALTER ROLE says to change a role. Only what differs: who is no superuser may not even
/// say that a role is none.
std::string attributes(const Role& role, const Role& found) {
  std::string text;
  for (const Attribute& attribute : kAttributes) {
    if (role.*attribute.flag != found.*attribute.flag)
      text += word(role.*attribute.flag, attribute.name);
  }
  return text + fmt::format(" CONNECTION LIMIT {}", role.connection_limit);
}

/// No limit, once it was set, can only be infinity.
std::string valid_until(const Role& role) { return role.valid_until.value_or("infinity"); }

/// The locale as CREATE DATABASE takes it (pg_dump.c, dumpDatabase).
std::string locale_options(int version, const DatabaseProperties& database) {
  std::string text;
  if (version >= kWithLocaleProviders) text += " LOCALE_PROVIDER = " + database.locale_provider;
  text +=
      " LC_COLLATE = " + quote_text(database.collate) + " LC_CTYPE = " + quote_text(database.ctype);
  if (!database.locale.empty()) {
    text += database.locale_provider == "builtin" ? " BUILTIN_LOCALE = " : " ICU_LOCALE = ";
    text += quote_text(database.locale);
  }
  if (!database.icu_rules.empty()) text += " ICU_RULES = " + quote_text(database.icu_rules);
  return text;
}

std::vector<Statement> in_turn(const std::string& what, const std::vector<GrantStatement>& grants) {
  std::vector<Statement> list;
  for (const GrantStatement& grant : grants) {
    const std::string as_role = quote_name(grant.as_role);
    list.push_back({.what = what,
                    .sql = grant.as_role.empty() ? grant.sql + ";\n"
                                                 : fmt::format("SET ROLE {};\n{};\nRESET ROLE;\n",
                                                               as_role, grant.sql)});
  }
  return list;
}

bool gains_maintain(int source_major, int target_version) {
  return source_major < kMajorWithMaintain && target_version / 10000 >= kMajorWithMaintain;
}

Grant maintain(const std::string& owner) {
  return {.grantee = owner, .grantor = owner, .privilege = "MAINTAIN"};
}

}  // namespace

std::vector<Statement> create_role(const Role& role) {
  const std::string name = quote_name(role.name);
  std::string options = attributes(role, Role{});  // as CREATE ROLE alone makes one
  if (role.valid_until) options += " VALID UNTIL " + quote_text(*role.valid_until);
  if (role.verifier) options += " PASSWORD " + quote_text(role.verifier->reveal());
  return {{.what = "create role " + name, .sql = "CREATE ROLE " + name},
          {.what = "give role " + name + " its attributes",
           .sql = "ALTER ROLE " + name + " WITH" + options,
           .secret = role.verifier.has_value()}};
}

std::vector<std::string> role_differences(const Role& role, const Role& found) {
  std::vector<std::string> list;
  for (const Attribute& attribute : kAttributes) {
    if (role.*attribute.flag != found.*attribute.flag) list.push_back(attribute.name);
  }
  if (role.connection_limit != found.connection_limit) list.push_back("CONNECTION LIMIT");
  if (valid_until(role) != valid_until(found)) list.push_back("VALID UNTIL");
  const bool is_known = !role.has_unknown_verifier() && !found.has_unknown_verifier();
  if (is_known && role.verifier != found.verifier) list.push_back("PASSWORD");
  return list;
}

Statement alter_role(const Role& role, const Role& found,
                     const std::vector<std::string>& differences) {
  const std::string name = quote_name(role.name);
  std::string options = attributes(role, found);
  if (valid_until(role) != valid_until(found))
    options += " VALID UNTIL " + quote_text(valid_until(role));
  const bool gives_verifier = role.verifier && role.verifier != found.verifier;
  if (gives_verifier) options += " PASSWORD " + quote_text(role.verifier->reveal());
  if (!role.verifier && found.verifier && !role.has_unknown_verifier()) options += " PASSWORD NULL";
  return {.what = "make role " + name +
                  " as in the backup: " + fmt::format("{}", fmt::join(differences, ", ")),
          .sql = "ALTER ROLE " + name + " WITH" + options,
          .secret = gives_verifier};
}

std::optional<std::string> grantor_on(int version, const Membership& membership,
                                      const Globals& globals, const std::string& bootstrap) {
  if (membership.grantor_is_bootstrap) return bootstrap;
  if (membership.grantor.empty()) return std::nullopt;
  if (version < kWithMembershipOptions) return membership.grantor;
  const bool may_grant = std::ranges::any_of(globals.memberships, [&](const Membership& other) {
    return other.role == membership.role && other.member == membership.grantor && other.admin;
  });
  if (may_grant || membership.grantor == bootstrap) return membership.grantor;
  return std::nullopt;
}

Statement grant_membership(int version, const Membership& membership,
                           const std::optional<std::string>& grantor) {
  const std::string both = quote_name(membership.role) + " TO " + quote_name(membership.member);
  std::string sql = "GRANT " + both + membership_options(version, membership);
  if (grantor) sql += " GRANTED BY " + quote_name(*grantor);
  return {.what = "grant role " + both, .sql = sql};
}

Statement revoke_admin_option(const Membership& membership) {
  const std::string both = quote_name(membership.role) + " FROM " + quote_name(membership.member);
  return {.what = "revoke the ADMIN option for role " + both,
          .sql = "REVOKE ADMIN OPTION FOR " + both};
}

Statement revoke_membership(int version, const Membership& membership) {
  const std::string both = quote_name(membership.role) + " FROM " + quote_name(membership.member);
  std::string sql = "REVOKE " + both;
  if (version >= kWithMembershipOptions) sql += " GRANTED BY " + quote_name(membership.grantor);
  return {.what = "revoke role " + both, .sql = sql};
}

Statement create_tablespace(const Tablespace& tablespace, const std::string& location) {
  std::string options;
  for (const std::string& option : tablespace.options) {
    const std::size_t equals = option.find('=');
    options += options.empty() ? " WITH (" : ", ";
    options += quote_name(option.substr(0, equals)) + " = " + quote_text(option.substr(equals + 1));
  }
  if (!options.empty()) options += ")";
  return {
      .what = "create tablespace " + quote_name(tablespace.name),
      .sql = fmt::format("CREATE TABLESPACE {} OWNER {} LOCATION {}{}", quote_name(tablespace.name),
                         quote_name(tablespace.owner), quote_text(location), options)};
}

Statement create_database(int version, const DatabaseProperties& database,
                          const std::string& tablespace, Entrance entrance) {
  std::string sql =
      fmt::format("CREATE DATABASE {} WITH TEMPLATE = template0 OWNER = {} ENCODING = {}{}",
                  quote_name(database.name), quote_name(database.owner),
                  quote_text(database.encoding), locale_options(version, database));
  if (!tablespace.empty()) sql += " TABLESPACE = " + quote_name(tablespace);
  if (entrance == Entrance::kSuperusers) sql += " CONNECTION LIMIT = 0";
  return {.what = "create database " + quote_name(database.name), .sql = sql};
}

Statement keep_others_out(const DatabaseProperties& database) {
  const std::string name = quote_name(database.name);
  return {.what = "keep others out of database " + name,
          .sql = "REVOKE CONNECT, TEMPORARY ON DATABASE " + name + " FROM PUBLIC"};
}

std::vector<Statement> drop_database(const std::string& name, bool is_template) {
  const std::string quoted = quote_name(name);
  const std::string what = "make room for database " + quoted;
  std::vector<Statement> list;
  if (is_template)
    list.push_back({.what = what, .sql = "ALTER DATABASE " + quoted + " IS_TEMPLATE false"});
  list.push_back({.what = what, .sql = "DROP DATABASE " + quoted});
  return list;
}

Statement finish_database(const DatabaseProperties& database) {
  return {.what = "set the connection limit and flags of database " + quote_name(database.name),
          .sql = fmt::format("ALTER DATABASE {} WITH CONNECTION LIMIT {} IS_TEMPLATE {}",
                             quote_name(database.name), database.connection_limit,
                             database.is_template)};
}

std::optional<Statement> close_database(const DatabaseProperties& database) {
  if (database.allow_connections) return std::nullopt;
  return Statement{
      .what = "let database " + quote_name(database.name) + " allow no connections",
      .sql = "ALTER DATABASE " + quote_name(database.name) + " ALLOW_CONNECTIONS false"};
}

Statement set_comment(const std::string& kind, const std::string& object,
                      const std::optional<std::string>& comment) {
  const std::string on = kind + " " + object;
  return {.what = "comment on " + on, .sql = "COMMENT ON " + on + " IS " + optional_text(comment)};
}

Statement set_label(const std::string& kind, const std::string& object,
                    const SecurityLabel& label) {
  return {.what = "set the security label of " + kind + " " + object,
          .sql = fmt::format("SECURITY LABEL FOR {} ON {} {} IS {}", quote_name(label.provider),
                             kind, object, quote_text(label.label))};
}

Statement revoke_parameter(const std::string& parameter, const Grant& grant) {
  const std::string from = parameter + " FROM " + quote_name(grant.grantee);
  return {.what = "revoke " + grant.privilege + " on parameter " + from,
          .sql = "REVOKE " + grant.privilege + " ON PARAMETER " + from};
}

std::vector<Statement> grant_statements(const Acl& acl) {
  return in_turn("set the grants on " + acl.kind + " " + acl.object, statements(acl));
}

std::vector<Statement> grant_statements(const DefaultAcl& acl) {
  return in_turn("set the default privileges of role " + quote_name(acl.role), statements(acl));
}

std::optional<Statement> set_grants(const Acl& acl) {
  std::optional<Statement> all;
  for (Statement& one : grant_statements(acl)) {
    if (all) {
      all->sql += one.sql;
    } else {
      all = std::move(one);
    }
  }
  return all;
}

Acl with_bootstrap(Acl acl, const std::string& source, const std::string& target) {
  const bool made_by_initdb =
      acl.object.starts_with("pg_catalog") || acl.object.starts_with("\"pg_catalog\"") ||
      acl.object.starts_with("information_schema") ||
      acl.object.starts_with("\"information_schema\"") || acl.kind == "LANGUAGE";
  if (!made_by_initdb || source == target) return acl;
  if (acl.owner == source) acl.owner = target;
  for (Grant& grant : acl.grants) {
    if (grant.grantor == source) grant.grantor = target;
    if (grant.grantee == source) grant.grantee = target;
  }
  return acl;
}

Acl with_new_privileges(Acl acl, int source_major, int target_version) {
  const bool is_table = acl.kind == "TABLE" && acl.column.empty();
  if (is_table && gains_maintain(source_major, target_version))
    acl.grants.push_back(maintain(acl.owner));
  return acl;
}

DefaultAcl with_new_privileges(DefaultAcl acl, int source_major, int target_version) {
  // One for a schema only adds to the list without one, or to the server's own.
  const bool replaces = acl.kind == "TABLES" && acl.schema.empty();
  if (replaces && gains_maintain(source_major, target_version))
    acl.grants.push_back(maintain(acl.role));
  return acl;
}

}  // namespace vya::pg
