#include "engine/postgresql/powers.h"

#include "engine/postgresql/connection.h"
#include "engine/postgresql/globals_sql.h"

namespace vya::pg {

namespace {

std::set<std::string> names(Connection& connection, const std::string& query) {
  std::set<std::string> set;
  connection.each(query, [&](const Result& row) { set.insert(row.text(0, 0)); });
  return set;
}

/// Whether the role may set a parameter for its session: tried and taken back, because a provider's
/// server may allow what the catalogs do not show.
bool may_set(Connection& connection, const std::string& parameter, const std::string& value) {
  connection.run("BEGIN");
  bool may = true;
  try {
    connection.run("SET LOCAL " + parameter + " = " + value);
  } catch (const SqlError& error) {
    if (error.fault() != Fault::kPermission) throw;
    may = false;
  }
  connection.run("ROLLBACK");
  return may;
}

/// From 16 on to have a role's rights and to become it are two options of a membership, and who may
/// give it is who has its ADMIN option; before, that is who may create roles (manual: GRANT).
std::string roles_that(const Connection& connection, const std::string& are) {
  const bool has_options = connection.server_version() >= kWithMembershipOptions;
  std::string condition;
  if (are == "becomes") {
    condition = "pg_has_role(oid, 'USAGE')";
    if (has_options) condition += " AND pg_has_role(oid, 'SET')";
  } else {
    condition = "pg_has_role(oid, 'MEMBER WITH ADMIN OPTION')";
    if (!has_options) {
      condition +=
          " OR (SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user) AND NOT rolsuper";
    }
  }
  return "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND (" + condition + ")";
}

}  // namespace

Powers read_powers(Connection& connection) {
  const Result own = connection.query(
      "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolreplication, "
      "rolbypassrls, current_setting('log_statement') FROM pg_roles WHERE rolname = current_user");
  Powers powers{.role = own.text(0, 0),
                .superuser = own.flag(0, 1),
                .inherits = own.flag(0, 2),
                .create_role = own.flag(0, 3),
                .create_database = own.flag(0, 4),
                .replication = own.flag(0, 5),
                .bypass_rls = own.flag(0, 6),
                .logged_statements = own.text(0, 7)};
  powers.silences_triggers = may_set(connection, "session_replication_role", "replica");
  powers.silences_log = may_set(connection, "log_statement", "none");
  powers.becomes = names(connection, roles_that(connection, "becomes"));
  powers.administers = names(connection, roles_that(connection, "administers"));
  powers.tablespaces = names(connection,
                             "SELECT spcname FROM pg_tablespace WHERE has_tablespace_privilege(oid,"
                             " 'CREATE')");
  return powers;
}

}  // namespace vya::pg
