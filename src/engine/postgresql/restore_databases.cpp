// Makes the tablespaces and the databases, empty: several at a time, because the server copies one
// in a single process, and a thousand one after another take minutes.
#include <utility>

#include "base/parallel.h"
#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// Where the database may not have its owner it has ours, which is a gap.
void create_with_owner(Restoration& restoration, Connection& connection,
                       DatabaseProperties& database) {
  const RestorePlan& plan = restoration.plan;
  const std::string tablespace = plan.tablespace_on_target(database.tablespace);
  const Entrance entrance =
      plan.powers.superuser ? Entrance::kSuperusers : Entrance::kMembersOfOwner;
  const auto refusal = run_unless(
      connection, create_database(plan.version, database, tablespace, entrance), is_denied);
  if (!refusal) return;
  const std::string wanted = std::exchange(database.owner, plan.powers.role);
  execute(connection, create_database(plan.version, database, tablespace, entrance));
  const std::string name = quote_name(database.name);
  restoration.outcome.add({.kind = "owner",
                           .what = "DATABASE " + name,
                           .why = "it belongs to " + quote_name(database.owner) + " and not to " +
                                  quote_name(wanted) + ": " + *refusal,
                           .cure = "ALTER DATABASE " + name + " OWNER TO " + quote_name(wanted)});
}

void create(Restoration& restoration, Connection& connection, DatabaseProperties& database) {
  create_with_owner(restoration, connection, database);
  if (!restoration.plan.powers.superuser) execute(connection, keep_others_out(database));
}

void recreate(Restoration& restoration, PlannedDatabase& planned) {
  const std::string& name = planned.properties.name;
  restoration.sessions.close_idle(name);
  TargetSession session =
      restoration.sessions.borrow(another_database(restoration.server, name), Texts::kAsTheyAre);
  for (const Statement& statement : drop_database(name, planned.found.is_template))
    execute(*session, statement);
  create(restoration, *session, planned.properties);
}

void fill(Restoration& restoration, const DatabaseProperties& database) {
  const std::string name = quote_name(database.name);
  TargetSession session = restoration.borrow();
  execute_if_allowed(restoration, *session,
                     {.what = "set the owner of database " + name,
                      .sql = "ALTER DATABASE " + name + " OWNER TO " + quote_name(database.owner)},
                     "owner", "DATABASE " + name);
}

void create_new(Restoration& restoration, PlannedDatabase& planned) {
  TargetSession session = restoration.borrow();
  create(restoration, *session, planned.properties);
  if (planned.action != DatabaseAction::kReplace) return;
  restoration.watcher.notice("database " + quote_name(planned.replaces) + " is restored as " +
                             quote_name(planned.properties.name) + " until it is checked");
}

}  // namespace

std::string restore_databases(Restoration& restoration) {
  restoration.borrowed_roles.borrow(restoration.plan.powers.role, restoration.plan.borrowed_roles);
  restore_tablespaces(restoration);
  std::vector<PlannedDatabase*> created;
  std::size_t recreated = 0;
  std::size_t filled = 0;
  for (PlannedDatabase& planned : restoration.plan.databases) {
    switch (planned.action) {
      case DatabaseAction::kCreate:
      case DatabaseAction::kReplace:
        created.push_back(&planned);
        break;
      case DatabaseAction::kRecreate:
        recreate(restoration, planned);
        ++recreated;
        break;
      case DatabaseAction::kFill:
        fill(restoration, planned.properties);
        ++filled;
        break;
      case DatabaseAction::kEnter:
      case DatabaseAction::kLeaveOut:
        break;
    }
  }
  in_parallel(created.size(), restoration.jobs,
              [&](std::size_t i) { create_new(restoration, *created[i]); });
  const std::size_t made = created.size() + recreated;
  restoration.outcome.add(Count::kDatabases, made + filled);
  const std::uint64_t tablespaces = restoration.outcome.number(Count::kTablespaces);
  return std::to_string(made) + " created, " + std::to_string(filled) + " filled in place" +
         (tablespaces == 0 ? "" : ", " + in_words({{"tablespaces", tablespaces}}));
}

}  // namespace vya::pg
