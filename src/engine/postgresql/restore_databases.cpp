// Makes the tablespaces and the databases, empty.
#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

void create(Restoration& restoration, Connection& connection, const DatabaseProperties& database) {
  const RestorePlan& plan = restoration.plan;
  execute(connection,
          create_database(plan.version, database, plan.tablespace_on_target(database.tablespace)));
}

void recreate(Restoration& restoration, const PlannedDatabase& planned) {
  const std::string& name = planned.properties.name;
  restoration.sessions.close_idle(name);
  TargetSession session = restoration.sessions.borrow(another_database(restoration.server, name));
  for (const Statement& statement : drop_database(name, planned.found.is_template))
    execute(*session, statement);
  create(restoration, *session, planned.properties);
}

void fill(Restoration& restoration, const DatabaseProperties& database) {
  const std::string name = quote_name(database.name);
  TargetSession session = restoration.borrow();
  execute(*session, {.what = "set the owner of database " + name,
                     .sql = "ALTER DATABASE " + name + " OWNER TO " + quote_name(database.owner)});
}

}  // namespace

std::string restore_databases(Restoration& restoration) {
  restore_tablespaces(restoration);
  std::size_t created = 0;
  std::size_t filled = 0;
  for (const PlannedDatabase& planned : restoration.plan.databases) {
    switch (planned.action) {
      case DatabaseAction::kCreate:
      case DatabaseAction::kReplace: {
        TargetSession session = restoration.borrow();
        create(restoration, *session, planned.properties);
        if (planned.action == DatabaseAction::kReplace) {
          restoration.watcher.notice("database " + quote_name(planned.replaces) +
                                     " is restored as " + quote_name(planned.properties.name) +
                                     " until it is checked");
        }
        ++created;
        break;
      }
      case DatabaseAction::kRecreate:
        recreate(restoration, planned);
        ++created;
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
  restoration.outcome.add(Count::kDatabases, created + filled);
  const std::uint64_t tablespaces = restoration.outcome.number(Count::kTablespaces);
  return std::to_string(created) + " created, " + std::to_string(filled) + " filled in place" +
         (tablespaces == 0 ? "" : ", " + in_words({{"tablespaces", tablespaces}}));
}

}  // namespace vya::pg
