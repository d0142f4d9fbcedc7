// Brings back settings of roles and databases, and the databases' properties: last, because a
// setting like default_transaction_read_only or a connection limit would be in the way of all else.
#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/run_changes.h"
#include "engine/postgresql/run_grants.h"

namespace vya::pg {

namespace {

/// The list that stands for none: on a database that keeps one from initdb.
Acl default_acl(const DatabaseProperties& database) {
  Acl acl{.kind = "DATABASE", .object = quote_name(database.name), .owner = database.owner};
  for (const char* privilege : {"CREATE", "CONNECT", "TEMPORARY"}) {
    acl.grants.push_back(
        {.grantee = database.owner, .grantor = database.owner, .privilege = privilege});
  }
  for (const char* privilege : {"CONNECT", "TEMPORARY"}) {
    acl.grants.push_back({.grantee = "", .grantor = database.owner, .privilege = privilege});
  }
  return acl;
}

/// Without a superuser a new database was closed to others by taking its grants away.
bool has_other_grants(const Restoration& restoration, const PlannedDatabase& planned) {
  if (planned.action == DatabaseAction::kFill) return planned.found.acl.has_value();
  return !restoration.plan.powers.superuser;
}

void restore_properties(Restoration& restoration, Connection& connection,
                        const PlannedDatabase& planned) {
  const DatabaseProperties& database = planned.properties;
  const std::string name = quote_name(database.name);
  if (database.comment || planned.action == DatabaseAction::kFill) {
    execute_if_allowed(restoration, connection, set_comment("DATABASE", name, database.comment),
                       "comment", database.name);
  }
  for (const SecurityLabel& label : database.labels) {
    execute_label(restoration, connection, set_label("DATABASE", name, label));
  }
  if (database.acl) {
    run_grants(restoration, connection, *database.acl);
    restoration.outcome.add(Count::kGrants, database.acl->grants.size());
  } else if (has_other_grants(restoration, planned)) {
    run_grants(restoration, connection, default_acl(database));
  }
}

void close(Restoration& restoration, const DatabaseProperties& database) {
  const std::optional<Statement> statement = close_database(database);
  if (!statement) return;
  restoration.sessions.close_idle(database.name);
  TargetSession session = restoration.sessions.borrow(
      another_database(restoration.server, database.name), Texts::kAsTheyAre);
  if (execute_if_allowed(restoration, *session, *statement, "database", database.name))
    restoration.sessions.mark_closed(database.name);
}

}  // namespace

std::string restore_settings(Restoration& restoration) {
  std::vector<PlannedDatabase> databases;
  for (const PlannedDatabase& planned : restoration.plan.databases) {
    const bool is_ours =
        planned.action != DatabaseAction::kLeaveOut && planned.action != DatabaseAction::kEnter;
    if (is_ours) databases.push_back(planned);
  }
  {
    TargetSession session = restoration.borrow();
    for (const PlannedDatabase& planned : databases)
      restore_properties(restoration, *session, planned);
    // The server keeps a list such as search_path as it would quote it now.
    execute(*session,
            {.what = "quote names where needed", .sql = "SET quote_all_identifiers = off"});
    // Whatever the server has against a setting: it is a line that an administrator can look at.
    run_changes(restoration, *session, restoration.plan.accounts.settings);
    execute(*session, {.what = "quote all names", .sql = "SET quote_all_identifiers = on"});
    // With this commit the server's log of all that came before is on its disk.
    execute(*session, {.what = "wait for the server's disk", .sql = "SET synchronous_commit = on"});
    for (const PlannedDatabase& planned : databases)
      execute_if_allowed(restoration, *session, finish_database(planned.properties), "database",
                         planned.properties.name);
    execute(*session, {.what = "wait no longer for the server's disk",
                       .sql = "SET synchronous_commit = off"});
  }
  for (const PlannedDatabase& planned : databases) close(restoration, planned.properties);
  return in_words({{"settings", restoration.outcome.number(Count::kSettings)},
                   {"databases", databases.size()}});
}

}  // namespace vya::pg
