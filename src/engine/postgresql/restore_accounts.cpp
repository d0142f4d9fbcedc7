// Brings back who may use the server, and the tablespaces, which belong to roles.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// The server refuses a folder: no rights, not there, in use.
constexpr std::array<std::string_view, 4> kFolderStates = {"42501", "58P01", "55006", "42P17"};

bool is_about_folder(const std::string& state) {
  return std::ranges::find(kFolderStates, state) != kFolderStates.end();
}

constexpr std::string_view kUndefinedObject = "42704";

void restore_role(Restoration& restoration, Connection& connection, const Role& role) {
  const std::string name = quote_name(role.name);
  const bool kept = restoration.plan.roles_kept.contains(role.name);
  if (!kept) {
    for (const Statement& statement : create_role(role)) execute(connection, statement);
  }
  if (role.comment || kept) execute(connection, set_comment("ROLE", name, role.comment));
  for (const SecurityLabel& label : role.labels) {
    execute_label(restoration, connection, set_label("ROLE", name, label));
  }
  restoration.outcome.add(Count::kRoles);
}

void restore_membership(Restoration& restoration, Connection& connection,
                        const Membership& membership) {
  const RestorePlan& plan = restoration.plan;
  execute(connection,
          grant_membership(plan.version, membership,
                           grantor_on(plan.version, membership, restoration.backup.globals,
                                      plan.target_bootstrap)));
  restoration.outcome.add(Count::kMemberships);
}

void restore_parameter(Restoration& restoration, Connection& connection, const Acl& acl) {
  const std::optional<Statement> statement = set_grants(acl);
  if (!statement) return;
  const auto is_unknown = [](const std::string& state) { return state == kUndefinedObject; };
  if (execute_or_gap(restoration, connection, *statement, is_unknown, "parameter-grant",
                     acl.object)) {
    restoration.outcome.add(Count::kGrants, acl.grants.size());
  }
}

/// Creates a tablespace; where the server cannot use the folder after all, its content goes to
/// pg_default.
void create(Restoration& restoration, Connection& connection, PlannedTablespace& planned) {
  const Statement statement = create_tablespace(planned.tablespace, planned.location);
  const std::optional<std::string> said = run_unless(connection, statement, is_about_folder);
  if (!said) return;
  planned.action = TablespaceAction::kMissing;
  restoration.outcome.add(missing_tablespace(planned.tablespace, *said));
  restoration.watcher.notice("cannot " + statement.what + ": " + *said +
                             "; its content goes to pg_default");
}

void restore_tablespace(Restoration& restoration, Connection& connection,
                        PlannedTablespace& planned) {
  if (planned.action == TablespaceAction::kCreate) create(restoration, connection, planned);
  if (planned.action == TablespaceAction::kMissing) return;
  const Tablespace& tablespace = planned.tablespace;
  const std::string name = quote_name(tablespace.name);
  if (tablespace.comment) execute(connection, set_comment("TABLESPACE", name, tablespace.comment));
  for (const SecurityLabel& label : tablespace.labels) {
    execute_label(restoration, connection, set_label("TABLESPACE", name, label));
  }
  if (tablespace.acl) {
    if (const auto statement = set_grants(*tablespace.acl)) execute(connection, *statement);
    restoration.outcome.add(Count::kGrants, tablespace.acl->grants.size());
  }
  restoration.outcome.add(Count::kTablespaces);
}

}  // namespace

std::string restore_accounts(Restoration& restoration) {
  const Globals& globals = restoration.backup.globals;
  TargetSession session = restoration.borrow();
  for (const Role& role : globals.roles) restore_role(restoration, *session, role);
  for (const Membership& membership : globals.memberships)
    restore_membership(restoration, *session, membership);
  for (const Acl& acl : globals.parameters) restore_parameter(restoration, *session, acl);
  for (PlannedTablespace& planned : restoration.plan.tablespaces)
    restore_tablespace(restoration, *session, planned);
  return in_words({{"roles", globals.roles.size()},
                   {"memberships", globals.memberships.size()},
                   {"tablespaces", restoration.outcome.number(Count::kTablespaces)}});
}

}  // namespace vya::pg
