// Brings back the grants, and then the materialized views, which need them.
#include <algorithm>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// Schemas first: who passes a privilege on must see the object that it is on.
std::vector<Acl> in_order(std::vector<Acl> acls) {
  std::ranges::stable_partition(acls, [](const Acl& acl) { return acl.kind == "SCHEMA"; });
  return acls;
}

void restore_grants_of(Restoration& restoration, const DatabaseModel& database) {
  const RestorePlan& plan = restoration.plan;
  const int source = restoration.backup.server.major;
  const std::string& name = database.database.name;
  TargetSession session = restoration.sessions.borrow(name);
  for (const Acl& acl : in_order(database.catalog.acls)) {
    const auto statement = set_grants(with_new_privileges(
        with_bootstrap(acl, plan.source_bootstrap, plan.target_bootstrap), source, plan.version));
    if (statement) execute(*session, in_database(name, *statement));
    restoration.outcome.add(Count::kGrants, acl.grants.size());
  }
  for (const DefaultAcl& acl : database.catalog.default_acls) {
    const auto statement = set_grants(with_new_privileges(acl, source, plan.version));
    if (statement) execute(*session, in_database(name, *statement));
    restoration.outcome.add(Count::kGrants, acl.grants.size());
  }
}

void refresh_views_of(Restoration& restoration, const DatabaseModel& database) {
  const std::string& name = database.database.name;
  if (database.catalog.populated_views.empty()) return;
  TargetSession session = restoration.sessions.borrow(name);
  // A view is refreshed as its owner, who sees what row-level security lets that role see, as on
  // the source.
  execute(*session, {.what = "turn row security on", .sql = "SET row_security = on"});
  for (const PopulatedView& view : database.catalog.populated_views) {
    const std::string quoted = quote_name(view.schema, view.name);
    const Statement refresh = in_database(name, {.what = "refresh materialized view " + quoted,
                                                 .sql = "REFRESH MATERIALIZED VIEW " + quoted});
    // Its rows come from elsewhere, which may not be there yet: a foreign server, for one. What
    // comes after is not to wait for that, and the rows as they were are in the backup.
    if (execute_or_gap(restoration, *session, refresh, can_go_without, "materialized-view", quoted))
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
