// Brings back the grants, and then the materialized views, which need them.
#include <algorithm>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/run_grants.h"
#include "engine/postgresql/source_path.h"

namespace vya::pg {

namespace {

/// Schemas first: who passes a privilege on must see the object that it is on.
std::vector<Acl> in_order(std::vector<Acl> acls) {
  std::ranges::stable_partition(acls, [](const Acl& acl) { return acl.kind == "SCHEMA"; });
  return acls;
}

void restore_grants_of(Restoration& restoration, const DatabaseModel& database) {
  if (database.catalog.acls.empty() && database.catalog.default_acls.empty()) return;
  const RestorePlan& plan = restoration.plan;
  const int source = restoration.backup.server.major;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  for (const Acl& acl : in_order(database.catalog.acls)) {
    run_grants(
        restoration, *session,
        with_new_privileges(with_bootstrap(acl, plan.source_bootstrap, plan.target_bootstrap),
                            source, plan.version));
    restoration.outcome.add(Count::kGrants, acl.grants.size());
  }
  for (const DefaultAcl& acl : database.catalog.default_acls) {
    run_grants(restoration, *session, with_new_privileges(acl, source, plan.version));
    restoration.outcome.add(Count::kGrants, acl.grants.size());
  }
}

/// Refreshes a view; with the source's search_path when a function that it calls misses a name. Its
/// rows come from elsewhere, which may not be there yet: a foreign server, for one. What comes
/// after is not to wait for that, and the rows as they were are in the backup.
bool refresh(Restoration& restoration, Connection& connection, const std::string& database,
             const std::string& view) {
  Statement refresh = in_database(database, {.what = "refresh materialized view " + view,
                                             .sql = "REFRESH MATERIALIZED VIEW " + view});
  bool misses_name = false;
  const auto refusal = run_unless(connection, refresh, [&](const std::string& state) {
    misses_name = may_miss_a_name(state);
    return can_go_without(state);
  });
  if (!refusal) return true;
  if (misses_name) {
    const std::string owner = connection.value(
        "SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = "
        "$1::pg_catalog.regclass",
        {view});
    const std::string path = source_path(restoration.backup.globals, database, owner);
    Statement with_path = refresh;
    with_path.sql = set_path(path) + refresh.sql;
    if (!run_unless(connection, with_path, can_go_without)) {
      restoration.watcher.notice("search_path was " + path + " to " + refresh.what +
                                 ", because without it the server said: " + *refusal);
      return true;
    }
  }
  restoration.outcome.add({.kind = "materialized-view",
                           .what = view,
                           .why = "the target refuses it: " + *refusal,
                           .cure = refresh.sql});
  return false;
}

void refresh_views_of(Restoration& restoration, const DatabaseModel& database) {
  const std::string& name = database.database.name;
  if (database.catalog.populated_views.empty()) return;
  TargetSession session = restoration.sessions.borrow(name);
  // A view is refreshed as its owner, who sees what row-level security lets that role see, as on
  // the source.
  execute(*session, {.what = "turn row security on", .sql = "SET row_security = on"});
  for (const PopulatedView& view : database.catalog.populated_views) {
    if (restoration.missing.has(database.database.number, {view.schema, view.name})) continue;
    const std::string quoted = quote_name(view.schema, view.name);
    if (refresh(restoration, *session, name, quoted))
      restoration.outcome.add(Count::kMaterializedViews);
  }
  execute(*session, {.what = "turn row security off", .sql = "SET row_security = off"});
}

}  // namespace

std::string restore_grants(Restoration& restoration) {
  const std::uint64_t before = restoration.outcome.number(Count::kGrants);
  for_each_database(restoration, [&](const DatabaseModel& database) {
    restore_grants_of(restoration, database);
  });
  return in_words({{"grants", restoration.outcome.number(Count::kGrants) - before}});
}

std::string refresh_views(Restoration& restoration) {
  for_each_database(
      restoration, [&](const DatabaseModel& database) { refresh_views_of(restoration, database); });
  return in_words({{"materialized views", restoration.outcome.number(Count::kMaterializedViews)}});
}

}  // namespace vya::pg
