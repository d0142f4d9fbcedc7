#include "engine/postgresql/plan_steps.h"

#include <fmt/format.h>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/outcome.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/setting_sql.h"

namespace vya::pg {

namespace {

using Steps = std::vector<PlanStep>;

void add_accounts(const BackupModel& backup, const RestorePlan& plan, Steps& steps) {
  for (const Role& role : backup.globals.roles) {
    const std::string name = quote_name(role.name);
    const bool kept = plan.roles_kept.contains(role.name);
    steps.push_back({phase::kAccounts, kept ? "keep the attributes and password of role " + name
                                            : "create role " + name});
  }
  for (const Membership& membership : backup.globals.memberships) {
    steps.push_back(
        {phase::kAccounts, grant_membership(plan.version, membership, std::nullopt).what});
  }
  for (const Acl& acl : backup.globals.parameters) {
    steps.push_back({phase::kAccounts, "set the grants on " + acl.kind + " " + acl.object});
  }
  for (const PlannedTablespace& planned : plan.tablespaces) {
    const std::string name = "tablespace " + quote_name(planned.tablespace.name);
    switch (planned.action) {
      case TablespaceAction::kCreate:
        steps.push_back(
            {phase::kAccounts, fmt::format("create {} in '{}'", name, planned.location)});
        break;
      case TablespaceAction::kKeep:
        steps.push_back({phase::kAccounts, "use the target's " + name});
        break;
      case TablespaceAction::kMissing:
        steps.push_back({phase::kAccounts, "put what was in " + name + " into pg_default"});
        break;
    }
  }
}

void add_databases(const RestorePlan& plan, Steps& steps) {
  for (const PlannedDatabase& planned : plan.databases) {
    const std::string name = "database " + quote_name(planned.properties.name);
    const std::string owned = " owned by " + quote_name(planned.properties.owner);
    switch (planned.action) {
      case DatabaseAction::kCreate:
        steps.push_back({phase::kDatabases, "create " + name + owned});
        break;
      case DatabaseAction::kFill:
        steps.push_back({phase::kDatabases, "fill " + name + " in place"});
        break;
      case DatabaseAction::kRecreate:
        steps.push_back(
            {phase::kDatabases, "drop the empty " + name +
                                    " and create it again with the backup's encoding and locale"});
        break;
      case DatabaseAction::kLeaveOut:
        steps.push_back(
            {phase::kDatabases, "leave out " + name + ": its content is not in the backup"});
        break;
    }
  }
}

/// A line with a count for each database where there is something.
template <typename Number>
void add_counts(const BackupModel& backup, const std::string& phase, const std::string& verb,
                const std::string& things, Number number, Steps& steps) {
  for (const DatabaseModel& database : backup.databases) {
    const std::uint64_t count = number(database);
    if (count == 0) continue;
    steps.push_back({phase, fmt::format("{} {} of {}", verb, in_words({{things, count}}),
                                        quote_name(database.database.name))});
  }
}

auto entries(Stage stage) {
  return [stage](const DatabaseModel& database) {
    const auto found = database.entries.find(stage);
    return found == database.entries.end() ? std::size_t{0} : found->second;
  };
}

}  // namespace

std::vector<PlanStep> steps_of(const BackupModel& backup, const RestorePlan& plan) {
  Steps steps;
  add_accounts(backup, plan, steps);
  add_databases(plan, steps);
  add_counts(backup, phase::kSchema, "create", "definitions", entries(Stage::kSchema), steps);
  add_counts(
      backup, phase::kRows, "load", "tables", [](const DatabaseModel& d) { return d.tables; },
      steps);
  add_counts(
      backup, phase::kValues, "set", "sequences",
      [](const DatabaseModel& d) { return d.catalog.sequences.size(); }, steps);
  add_counts(backup, phase::kIndexes, "create", "definitions", entries(Stage::kIndexes), steps);
  add_counts(
      backup, phase::kGrants, "set the grants on", "objects",
      [](const DatabaseModel& d) { return d.catalog.acls.size() + d.catalog.default_acls.size(); },
      steps);
  add_counts(
      backup, phase::kViews, "refresh", "materialized views",
      [](const DatabaseModel& d) { return d.catalog.populated_views.size(); }, steps);
  for (const DatabaseModel& database : backup.databases) {
    steps.push_back({phase::kStatistics, "analyze " + quote_name(database.database.name)});
  }
  add_counts(backup, phase::kLast, "create", "definitions", entries(Stage::kLast), steps);
  for (const RoleSetting& setting : backup.globals.settings) {
    if (!setting.database.empty() && !plan.has_database(setting.database)) continue;
    steps.push_back({phase::kSettings, alter_setting(setting).what});
  }
  return steps;
}

}  // namespace vya::pg
