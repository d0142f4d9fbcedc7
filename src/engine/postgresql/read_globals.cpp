// Reads what belongs to the whole server. Everything comes from shared catalogs through ordinary
// queries, so it is of the transaction's snapshot.
#include <algorithm>
#include <map>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/globals.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/read_acl.h"
#include "engine/postgresql/readable.h"

namespace vya::pg {

namespace {

constexpr int kVersionWithMembershipOptions = 160000;
constexpr int kVersionWithParameterGrants = 150000;

/// What all databases share is bytes without an encoding: a role's name that was given in a UTF8
/// database would be converted to another name where it is read through one in LATIN1.
class Unconverted {
 public:
  explicit Unconverted(Connection& connection)
      : connection_(connection), before_(connection.value("SHOW client_encoding")) {
    connection_.run("SET client_encoding = " +
                    quote_text(connection.value("SHOW server_encoding")));
  }
  Unconverted(const Unconverted&) = delete;
  Unconverted& operator=(const Unconverted&) = delete;
  ~Unconverted() {
    try {
      connection_.run("SET client_encoding = " + quote_text(before_));
    } catch (const Error&) {  // a lost session; who uses it next will see
    }
  }

 private:
  Connection& connection_;
  std::string before_;
};

using Labels = std::map<std::string, std::vector<SecurityLabel>>;

/// Security labels of one shared catalog's objects, by oid.
Labels read_labels(Connection& connection, const std::string& catalog) {
  Labels labels;
  connection.each("SELECT objoid, provider, label FROM pg_shseclabel WHERE classoid = '" + catalog +
                      "'::regclass ORDER BY objoid, provider",
                  [&](const Result& row) {
                    labels[row.text(0, 0)].push_back({row.text(0, 1), row.text(0, 2)});
                  });
  return labels;
}

std::vector<SecurityLabel> take(Labels& labels, const std::string& oid) {
  const auto found = labels.find(oid);
  return found == labels.end() ? std::vector<SecurityLabel>{} : std::move(found->second);
}

/// Who may not read the verifiers reads the roles without them.
constexpr const char* kRolesWithoutVerifiers =
    "(SELECT oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,"
    " rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil, NULL AS rolpassword FROM "
    "pg_roles)";

std::vector<Role> read_roles(Connection& connection) {
  Labels labels = read_labels(connection, "pg_authid");
  const bool reads_verifiers = may_read(connection, "pg_authid");
  std::vector<Role> roles;
  connection.each(
      "SELECT a.oid, rolname, a.oid = 10, rolsuper, rolinherit, rolcreaterole, rolcreatedb, "
      "rolcanlogin,"
      " rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil, rolpassword,"
      " shobj_description(a.oid, 'pg_authid')"
      " FROM " +
          std::string(reads_verifiers ? "pg_authid" : kRolesWithoutVerifiers) +
          " a WHERE rolname !~ '^pg_' ORDER BY rolname COLLATE \"C\"",
      [&](const Result& row) {
        Role role;
        role.name = row.text(0, 1);
        role.bootstrap = row.flag(0, 2);
        role.superuser = row.flag(0, 3);
        role.inherit = row.flag(0, 4);
        role.create_role = row.flag(0, 5);
        role.create_database = row.flag(0, 6);
        role.login = row.flag(0, 7);
        role.replication = row.flag(0, 8);
        role.bypass_rls = row.flag(0, 9);
        role.connection_limit = row.number(0, 10);
        role.valid_until = row.optional_text(0, 11);
        if (!row.is_null(0, 12)) role.verifier = Secret(row.text(0, 12));
        if (!reads_verifiers) role.verifier_read = false;
        role.comment = row.optional_text(0, 13);
        role.labels = take(labels, row.text(0, 0));
        roles.push_back(std::move(role));
      });
  return roles;
}

/// Orders memberships so that who grants with an ADMIN option got it before.
std::vector<Membership> in_granting_order(std::vector<Membership> rest) {
  std::vector<Membership> ordered;
  while (!rest.empty()) {
    // A grantor whose own ADMIN option is still to come waits.
    const auto waits = [&](const Membership& membership) {
      return std::any_of(rest.begin(), rest.end(), [&](const Membership& other) {
        return other.role == membership.role && other.member == membership.grantor && other.admin;
      });
    };
    std::vector<Membership> waiting;
    std::vector<Membership> ready;
    for (const Membership& membership : rest)
      (waits(membership) ? waiting : ready).push_back(membership);
    if (ready.empty()) ready.swap(waiting);  // a circle: no order helps
    ordered.insert(ordered.end(), ready.begin(), ready.end());
    rest = std::move(waiting);
  }
  return ordered;
}

std::vector<Membership> read_memberships(Connection& connection) {
  const bool options = connection.server_version() >= kVersionWithMembershipOptions;
  std::vector<Membership> memberships;
  connection.each(
      std::string("SELECT r.rolname, m.rolname, g.rolname, a.grantor = 10, a.admin_option, ") +
          (options ? "a.inherit_option, a.set_option" : "NULL, NULL") +
          " FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid "
          "= a.member"
          " LEFT JOIN pg_roles g ON g.oid = a.grantor"
          " WHERE NOT (r.rolname ~ '^pg_' AND m.rolname ~ '^pg_')"
          " ORDER BY r.rolname COLLATE \"C\", m.rolname COLLATE \"C\", g.rolname COLLATE \"C\"",
      [&](const Result& row) {
        Membership membership{.role = row.text(0, 0),
                              .member = row.text(0, 1),
                              .grantor = row.text(0, 2),
                              .grantor_is_bootstrap = row.flag(0, 3),
                              .admin = row.flag(0, 4)};
        if (options) {
          membership.inherit = row.flag(0, 5);
          membership.set = row.flag(0, 6);
        }
        memberships.push_back(std::move(membership));
      });
  return in_granting_order(std::move(memberships));
}

std::vector<RoleSetting> read_settings(Connection& connection) {
  std::vector<RoleSetting> settings;
  connection.each(
      "SELECT coalesce(r.rolname, ''), coalesce(d.datname, ''), c.setting"
      " FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole"
      " LEFT JOIN pg_database d ON d.oid = s.setdatabase"
      " CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS c(setting, position)"
      " ORDER BY r.rolname COLLATE \"C\" NULLS FIRST, d.datname COLLATE \"C\" NULLS FIRST, "
      "c.position",
      [&](const Result& row) {
        const std::string setting = row.text(0, 2);
        const std::size_t equals = setting.find('=');
        settings.push_back({row.text(0, 0), row.text(0, 1), setting.substr(0, equals),
                            setting.substr(equals + 1)});
      });
  return settings;
}

std::vector<Acl> read_parameters(Connection& connection) {
  if (connection.server_version() < kVersionWithParameterGrants) return {};
  return read_acls(connection, "SELECT 'PARAMETER', quote_ident(p.parname), '', '', " +
                                   acl_columns() + " FROM pg_parameter_acl p" +
                                   acl_join("p.paracl") + " ORDER BY p.parname, 5, 6, 7");
}

/// The single access list of an object, nothing where the server's default is in force.
std::optional<Acl> read_acl(Connection& connection, const std::string& catalog,
                            const std::string& prefix, const std::string& owner,
                            const std::string& kind, const std::string& oid) {
  std::vector<Acl> acls = read_acls(
      connection, "SELECT '" + kind + "', quote_ident(o." + prefix +
                      "name), '', pg_get_userbyid(o." + owner + "), " + acl_columns() + " FROM " +
                      catalog + " o" + acl_join("o." + prefix + "acl") + " WHERE o.oid = " + oid +
                      " AND o." + prefix + "acl IS NOT NULL ORDER BY 5, 6, 7");
  if (acls.empty()) return std::nullopt;
  return std::move(acls.front());
}

std::vector<Tablespace> read_tablespaces(Connection& connection) {
  Labels labels = read_labels(connection, "pg_tablespace");
  const Result rows = connection.query(
      "SELECT oid, spcname, pg_get_userbyid(spcowner), pg_tablespace_location(oid),"
      " shobj_description(oid, 'pg_tablespace') FROM pg_tablespace"
      " WHERE spcname NOT IN ('pg_default', 'pg_global') ORDER BY spcname COLLATE \"C\"");
  std::vector<Tablespace> tablespaces;
  for (int i = 0; i < rows.rows(); ++i) {
    const std::string oid = rows.text(i, 0);
    Tablespace tablespace{
        .name = rows.text(i, 1), .owner = rows.text(i, 2), .location = rows.text(i, 3)};
    connection.each("SELECT unnest(spcoptions) FROM pg_tablespace WHERE oid = " + oid,
                    [&](const Result& row) { tablespace.options.push_back(row.text(0, 0)); });
    tablespace.acl = read_acl(connection, "pg_tablespace", "spc", "spcowner", "TABLESPACE", oid);
    tablespace.comment = rows.optional_text(i, 4);
    tablespace.labels = take(labels, oid);
    tablespaces.push_back(std::move(tablespace));
  }
  return tablespaces;
}

/// Where the server's version keeps a database's locale.
std::string locale_columns(int version) {
  const std::string provider =
      "CASE datlocprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' END";
  if (version >= 170000) return provider + ", datlocale, daticurules, datcollversion";
  if (version >= 160000) return provider + ", daticulocale, daticurules, datcollversion";
  if (version >= 150000) return provider + ", daticulocale, NULL, datcollversion";
  return "'libc', NULL, NULL, NULL";
}

std::vector<DatabaseProperties> read_databases(Connection& connection) {
  Labels labels = read_labels(connection, "pg_database");
  const Result rows = connection.query(
      "SELECT d.oid, datname, pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, "
      "datctype,"
      " datconnlimit, datistemplate, datallowconn, t.spcname, shobj_description(d.oid, "
      "'pg_database'), " +
      locale_columns(connection.server_version()) +
      " FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace"
      " WHERE datname <> 'template0' ORDER BY datname COLLATE \"C\"");
  std::vector<DatabaseProperties> databases;
  for (int i = 0; i < rows.rows(); ++i) {
    DatabaseProperties database;
    database.name = rows.text(i, 1);
    database.owner = rows.text(i, 2);
    database.encoding = rows.text(i, 3);
    database.collate = rows.text(i, 4);
    database.ctype = rows.text(i, 5);
    database.connection_limit = rows.number(i, 6);
    database.is_template = rows.flag(i, 7);
    database.allow_connections = rows.flag(i, 8);
    database.tablespace = rows.text(i, 9);
    database.comment = rows.optional_text(i, 10);
    database.locale_provider = rows.text(i, 11);
    database.locale = rows.text(i, 12);
    database.icu_rules = rows.text(i, 13);
    database.collation_version = rows.text(i, 14);
    database.acl =
        read_acl(connection, "pg_database", "dat", "datdba", "DATABASE", rows.text(i, 0));
    database.labels = take(labels, rows.text(i, 0));
    databases.push_back(std::move(database));
  }
  return databases;
}

}  // namespace

Globals read_globals(Connection& connection) {
  const Unconverted unconverted(connection);
  Globals globals;
  globals.roles = read_roles(connection);
  globals.memberships = read_memberships(connection);
  globals.settings = read_settings(connection);
  globals.parameters = read_parameters(connection);
  globals.tablespaces = read_tablespaces(connection);
  globals.databases = read_databases(connection);
  return globals;
}

}  // namespace vya::pg
