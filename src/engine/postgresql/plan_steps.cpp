#include "engine/postgresql/plan_steps.h"

#include <fmt/format.h>

#include "engine/postgresql/outcome.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

using Steps = std::vector<PlanStep>;

void add(const std::string& phase, const std::vector<Change>& changes, Steps& steps) {
  for (const Change& change : changes) steps.push_back({phase, change.statement.what});
}

void add_tablespaces(const RestorePlan& plan, Steps& steps) {
  for (const PlannedTablespace& planned : plan.tablespaces) {
    const std::string name = "tablespace " + quote_name(planned.tablespace.name);
    switch (planned.action) {
      case TablespaceAction::kCreate:
        steps.push_back(
            {phase::kDatabases, fmt::format("create {} in '{}'", name, planned.location)});
        break;
      case TablespaceAction::kKeep:
        steps.push_back({phase::kDatabases, "use the target's " + name});
        break;
      case TablespaceAction::kMissing:
        steps.push_back({phase::kDatabases, "put what was in " + name + " into pg_default"});
        break;
    }
  }
}

std::string step_for(const PlannedDatabase& planned) {
  std::string name = "database " + quote_name(planned.properties.name);
  const std::string owned = " owned by " + quote_name(planned.properties.owner);
  switch (planned.action) {
    case DatabaseAction::kCreate:
      return "create " + name + owned;
    case DatabaseAction::kFill:
      return "fill " + name + " in place";
    case DatabaseAction::kRecreate:
      return "drop the empty " + name +
             " and create it again with the backup's encoding and locale";
    case DatabaseAction::kReplace:
      return "create " + name + owned + ", to take the place of " + quote_name(planned.replaces);
    case DatabaseAction::kEnter:
      return "load rows into " + name;
    case DatabaseAction::kLeaveOut:
      return "leave out " + name + ": the backup has nothing for it";
  }
  return name;
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

void add_databases(const BackupModel& backup, const RestorePlan& plan, Steps& steps) {
  add_tablespaces(plan, steps);
  for (const PlannedDatabase& planned : plan.databases)
    steps.push_back({phase::kDatabases, step_for(planned)});
  add_counts(backup, phase::kSchema, "create", "definitions", entries(Stage::kSchema), steps);
}

void add_rows(const BackupModel& backup, Steps& steps) {
  add_counts(
      backup, phase::kRows, "load", "tables", [](const DatabaseModel& d) { return d.tables; },
      steps);
  add_counts(
      backup, phase::kValues, "set", "sequences",
      [](const DatabaseModel& d) { return d.catalog.sequences.size(); }, steps);
}

void add_indexes(const BackupModel& backup, Steps& steps) {
  add_counts(backup, phase::kIndexes, "create", "definitions", entries(Stage::kIndexes), steps);
  add_counts(
      backup, phase::kGrants, "set the grants on", "objects",
      [](const DatabaseModel& d) { return d.catalog.acls.size() + d.catalog.default_acls.size(); },
      steps);
}

void add_derived(const BackupModel& backup, Steps& steps) {
  add_counts(
      backup, phase::kViews, "refresh", "materialized views",
      [](const DatabaseModel& d) { return d.catalog.populated_views.size(); }, steps);
  for (const DatabaseModel& database : backup.databases) {
    steps.push_back({phase::kStatistics, "analyze " + quote_name(database.database.name)});
  }
}

void add_exchange(const RestorePlan& plan, Steps& steps) {
  for (const PlannedDatabase& planned : plan.databases) {
    if (planned.action != DatabaseAction::kReplace) continue;
    const std::string name = quote_name(planned.replaces);
    steps.push_back({phase::kExchange,
                     fmt::format("rename {} to {} and {} to {}", name, quote_name(planned.kept_as),
                                 quote_name(planned.properties.name), name)});
  }
}

}  // namespace

std::vector<PlanStep> steps_of(const BackupModel& backup, const RestorePlan& plan,
                               RestoreScope scope) {
  Steps steps;
  add(phase::kAccounts, plan.accounts.roles, steps);
  if (makes_definitions(scope)) add_databases(backup, plan, steps);
  if (loads_rows(scope)) add_rows(backup, steps);
  if (makes_definitions(scope)) add_indexes(backup, steps);
  if (loads_rows(scope)) add_derived(backup, steps);
  if (makes_definitions(scope)) {
    add_counts(backup, phase::kLast, "create", "definitions", entries(Stage::kLast), steps);
  }
  add(phase::kSettings, plan.accounts.settings, steps);
  add_exchange(plan, steps);
  return steps;
}

}  // namespace vya::pg
