#include "engine/postgresql/restore_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/plan_steps.h"
#include "engine/postgresql/preflight.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

std::string bootstrap_of(const Globals& globals) {
  const auto found = std::ranges::find(globals.roles, true, &Role::bootstrap);
  return found == globals.roles.end() ? "" : found->name;
}

void plan_roles(const BackupModel& backup, const TargetFacts& target, RestorePlan& plan) {
  for (const Role& role : backup.globals.roles) {
    if (!target.roles.contains(role.name)) continue;
    plan.roles_kept.insert(role.name);
    if (role.bootstrap && role.name == target.bootstrap) continue;
    const std::string who = role.name == target.bootstrap
                                ? "the superuser that the target was made with"
                                : "the role that this restore runs as";
    plan.shown.gaps.push_back(
        {.kind = "kept-role",
         .what = role.name,
         .why = "it is " + who + ", so its attributes and its password were left as they are",
         .cure = ""});
  }
}

TablespaceAction action_for(const Tablespace& tablespace, const std::string& location,
                            const TargetFacts& target) {
  if (target.tablespaces.contains(tablespace.name)) return TablespaceAction::kKeep;
  const auto folder = target.folders.find(location);
  const bool usable = folder != target.folders.end() && folder->second == Folder::kUsable;
  return usable ? TablespaceAction::kCreate : TablespaceAction::kMissing;
}

std::string why_missing(const std::string& location, const TargetFacts& target) {
  if (!location.starts_with('/')) return "it is inside the source's data folder";
  const auto folder = target.folders.find(location);
  const bool used = folder != target.folders.end() && folder->second == Folder::kUsed;
  return fmt::format("the target's folder '{}' {}", location,
                     used ? "is not empty" : "does not exist");
}

void plan_tablespaces(const BackupModel& backup, const TargetFacts& target,
                      const RestoreOptions& options, RestorePlan& plan) {
  for (const Tablespace& tablespace : backup.globals.tablespaces) {
    const std::string location = location_of(tablespace, options);
    const TablespaceAction action = action_for(tablespace, location, target);
    if (action == TablespaceAction::kMissing) {
      plan.shown.gaps.push_back(missing_tablespace(tablespace, why_missing(location, target)));
    }
    plan.tablespaces.push_back({tablespace, location, action});
  }
}

bool is_same_kind(const DatabaseProperties& wanted, const DatabaseProperties& found,
                  const std::string& tablespace) {
  return wanted.encoding == found.encoding && wanted.locale_provider == found.locale_provider &&
         wanted.collate == found.collate && wanted.ctype == found.ctype &&
         wanted.locale == found.locale && wanted.icu_rules == found.icu_rules &&
         (tablespace.empty() ? "pg_default" : tablespace) == found.tablespace;
}

PlannedDatabase plan_database(const DatabaseProperties& wanted, const TargetFacts& target,
                              const RestorePlan& plan) {
  const auto found = std::ranges::find_if(target.databases, [&](const FoundDatabase& other) {
    return other.properties.name == wanted.name;
  });
  if (found == target.databases.end()) {
    return {.properties = wanted,
            .action = wanted.number == 0 ? DatabaseAction::kLeaveOut : DatabaseAction::kCreate};
  }
  const bool fits =
      wanted.number == 0 ||
      is_same_kind(wanted, found->properties, plan.tablespace_on_target(wanted.tablespace));
  return {.properties = wanted,
          .action = fits ? DatabaseAction::kFill : DatabaseAction::kRecreate,
          .found = found->properties};
}

void plan_extensions(const BackupModel& backup, const TargetFacts& target, RestorePlan& plan) {
  for (const DatabaseModel& database : backup.databases) {
    for (const Extension& extension : database.catalog.extensions) {
      const auto available = target.extensions.find(extension.name);
      if (available == target.extensions.end() || available->second.contains(extension.version))
        continue;
      plan.default_versions.insert({database.database.number, extension.name});
      plan.shown.gaps.push_back(
          {.kind = "extension-version",
           .what = database.database.name + "." + extension.name,
           .why = fmt::format(
               "the backup has version {} and the target only {}, so it is created in the target's "
               "default version",
               extension.version, fmt::join(available->second, ", ")),
           .cure = fmt::format("ALTER EXTENSION {} UPDATE TO {}", quote_name(extension.name),
                               quote_text(extension.version))});
    }
  }
}

}  // namespace

std::string RestorePlan::tablespace_on_target(const std::string& name) const {
  const auto found = std::ranges::find_if(tablespaces, [&](const PlannedTablespace& planned) {
    return planned.tablespace.name == name;
  });
  if (found == tablespaces.end() || found->action == TablespaceAction::kMissing) return "";
  return name;
}

bool RestorePlan::has_database(const std::string& name) const {
  return std::ranges::any_of(databases, [&](const PlannedDatabase& planned) {
    return planned.properties.name == name && planned.action != DatabaseAction::kLeaveOut;
  });
}

RestorePlan make_plan(const BackupModel& backup, const TargetFacts& target,
                      const RestoreOptions& options) {
  RestorePlan plan;
  plan.version = target.version;
  plan.source_bootstrap = bootstrap_of(backup.globals);
  plan.target_bootstrap = target.bootstrap;
  plan.shown.refusals = refusals(backup, target, options);
  plan_roles(backup, target, plan);
  plan_tablespaces(backup, target, options, plan);
  for (const DatabaseProperties& database : backup.globals.databases) {
    plan.databases.push_back(plan_database(database, target, plan));
  }
  plan_extensions(backup, target, plan);
  plan.shown.steps = steps_of(backup, plan);
  return plan;
}

Gap missing_tablespace(const Tablespace& tablespace, const std::string& why) {
  return {.kind = "missing-tablespace",
          .what = tablespace.name,
          .why = why + ", so what was in the tablespace goes to pg_default",
          .cure = "restore with --tablespace " + tablespace.name +
                  "=DIR, where DIR is an empty folder that belongs to the server's system user"};
}

}  // namespace vya::pg
