#include "engine/postgresql/restore_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/borrowed_roles.h"
#include "engine/postgresql/limited_roles.h"
#include "engine/postgresql/plan_steps.h"
#include "engine/postgresql/plan_tables.h"
#include "engine/postgresql/preflight.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

TablespaceAction action_for(const Tablespace& tablespace, const std::string& location,
                            const TargetFacts& target) {
  if (target.tablespace(tablespace.name) != nullptr) {
    return target.powers.may_use_tablespace(tablespace.name) ? TablespaceAction::kKeep
                                                             : TablespaceAction::kMissing;
  }
  const auto folder = target.folders.find(location);
  const bool usable = folder != target.folders.end() && folder->second == Folder::kUsable;
  return usable ? TablespaceAction::kCreate : TablespaceAction::kMissing;
}

std::string why_missing(const Tablespace& tablespace, const std::string& location,
                        const TargetFacts& target) {
  if (!target.powers.superuser) {
    return fmt::format("role {} may not {}", quote_name(target.powers.role),
                       target.tablespace(tablespace.name) == nullptr ? "create tablespaces"
                                                                     : "create anything in it");
  }
  if (!location.starts_with('/')) return "it is inside the source's data folder";
  const auto folder = target.folders.find(location);
  const bool used = folder != target.folders.end() && folder->second == Folder::kUsed;
  return fmt::format("the target's folder '{}' {}", location,
                     used ? "is not empty" : "does not exist");
}

/// Databases are not made or renamed without the right to; said only when some are to be.
void look_at_rights_on_databases(const TargetFacts& target, RestorePlan& plan) {
  const Powers& powers = target.powers;
  if (powers.superuser) return;
  const std::string name = quote_name(powers.role);
  bool makes_some = false;
  for (const PlannedDatabase& planned : plan.databases) {
    const bool replaces = planned.action == DatabaseAction::kReplace;
    makes_some |= replaces || planned.action == DatabaseAction::kCreate;
    if (!replaces || powers.may_own_for(planned.found.owner)) continue;
    plan.shown.refusals.push_back(
        fmt::format("role {0} of the target may not rename database {1}, which belongs to {2}; run "
                    "GRANT {2} TO "
                    "{0} as an administrator there, or restore as a superuser",
                    name, quote_name(planned.replaces), quote_name(planned.found.owner)));
  }
  if (!makes_some || powers.create_database) return;
  plan.shown.refusals.push_back(
      fmt::format("role {0} of the target may not create databases; run ALTER ROLE {0} CREATEDB as "
                  "an administrator there",
                  name));
}

void plan_tablespaces(const BackupModel& backup, const TargetFacts& target,
                      const RestoreOptions& options, RestorePlan& plan) {
  for (const Tablespace& tablespace : backup.globals.tablespaces) {
    const std::string location = location_of(tablespace, options);
    const TablespaceAction action = action_for(tablespace, location, target);
    if (action == TablespaceAction::kMissing) {
      plan.shown.gaps.push_back(
          missing_tablespace(tablespace, why_missing(tablespace, location, target)));
    }
    plan.tablespaces.push_back({tablespace, location, action});
  }
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

Gap left_out(const LeftOut& relation, const std::string& database) {
  const bool is_partition = relation.root_name.has_value();
  return {.kind = "left-out",
          .what = fmt::format("{}.{}.{}", database, relation.schema, relation.name),
          .why = fmt::format(
              "the backup does not have it, because its role might not read it{}",
              is_partition ? fmt::format(", so its rows are missing in {}",
                                         quote_name(*relation.root_schema, *relation.root_name))
                           : ""),
          .cure = "'vya show' says of the backup what lets its role read it; the next one has it"};
}

void plan_left_out(const BackupModel& backup, RestorePlan& plan) {
  for (const DatabaseModel& one : backup.databases) {
    for (const LeftOut& relation : one.catalog.left_out)
      plan.shown.gaps.push_back(left_out(relation, one.database.name));
  }
}

/// Takes the databases' part over: names under which they are restored, and those that are not.
void take(DatabasesPlan databases, BackupModel& backup, RestorePlan& plan) {
  std::ranges::move(databases.refusals, std::back_inserter(plan.shown.refusals));
  for (const PlannedDatabase& planned : databases.databases) {
    if (planned.action == DatabaseAction::kReplace)
      rename_database(backup, planned.replaces, planned.properties.name);
    if (planned.action == DatabaseAction::kLeaveOut) {
      std::erase_if(backup.databases, [&](const DatabaseModel& one) {
        return one.database.name == planned.properties.name;
      });
    }
  }
  plan.databases = std::move(databases.databases);
  for (PlannedDatabase& planned : plan.databases) {
    if (planned.action == DatabaseAction::kReplace && planned.properties.acl)
      planned.properties.acl->object = quote_name(planned.properties.name);
  }
}

std::set<std::string> restored_databases(const RestorePlan& plan, const RestoreOptions& options) {
  std::set<std::string> names;
  if (!makes_definitions(options.scope)) return names;
  for (const PlannedDatabase& planned : plan.databases) {
    if (planned.action != DatabaseAction::kLeaveOut) names.insert(planned.properties.name);
  }
  return names;
}

/// The names of roles are bytes without an encoding to the server: what is beyond ASCII reads
/// differently through a database that is not in UTF8, and the same on the way back.
bool is_sure(const std::string& role, const DatabaseModel& database) {
  return database.database.encoding == "UTF8" ||
         std::ranges::all_of(role, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_on(const TargetFacts& target, const std::string& role) {
  return role.starts_with("pg_") || target.role(role) != nullptr;
}

/// Owners and grantees that will not be there are better said now than by the statement that needs
/// one.
void look_for_roles(const BackupModel& backup, const TargetFacts& target,
                    const RestoreOptions& options, RestorePlan& plan) {
  if (!makes_definitions(options.scope)) return;
  const Authority authority(backup.globals, target, options.accounts);
  std::set<std::string> missing;
  for (const DatabaseModel& database : backup.databases) {
    for (const std::string& role : database.roles) {
      if (!is_on(target, role) && !authority.creates(role) && is_sure(role, database))
        missing.insert(quote_name(role));
    }
  }
  if (missing.empty()) return;
  plan.shown.refusals.push_back(fmt::format(
      "the target has no role {}, which own or may use what is to be restored; restore them "
      "first with '--only accounts', or name roles in their place with --map-role ROLE=OTHER",
      fmt::join(missing, ", ")));
}

}  // namespace

std::string RestorePlan::tablespace_on_target(const std::string& name) const {
  const auto found = std::ranges::find_if(tablespaces, [&](const PlannedTablespace& planned) {
    return planned.tablespace.name == name;
  });
  if (found == tablespaces.end() || found->action == TablespaceAction::kMissing) return "";
  return name;
}

RestorePlan make_plan(BackupModel& backup, const TargetFacts& target, const RestoreOptions& options,
                      const std::string& stamp) {
  RestorePlan plan;
  plan.version = target.version;
  plan.source_bootstrap = bootstrap_of(backup.globals);
  plan.target_bootstrap = target.bootstrap();
  plan.powers = target.powers;
  plan.shown.gaps = backup.gaps;
  plan.shown.refusals = refusals(backup, target, options);
  if (options.scope != RestoreScope::kAccounts) plan_left_out(backup, plan);
  if (makes_databases(options)) {
    plan_tablespaces(backup, target, options, plan);
    plan_extensions(backup, target, plan);
  } else if (makes_definitions(options.scope)) {
    plan.tablespaces = keep_tablespaces(backup, target, plan.shown.gaps);
    leave_out_grants(
        backup,
        [&](const std::string& role, const DatabaseModel& database) {
          return is_on(target, role) || !is_sure(role, database);
        },
        plan.shown.gaps);
  }
  take(plan_databases(
           backup, target, options, stamp,
           [&](const std::string& tablespace) { return plan.tablespace_on_target(tablespace); }),
       backup, plan);
  look_at_rights_on_databases(target, plan);
  if (!options.accounts_of.empty()) keep_accounts_of(backup, options.accounts_of);
  look_for_roles(backup, target, options, plan);
  const Authority authority(backup.globals, target, options.accounts);
  std::ranges::move(keep_givable_attributes(backup.globals, target, authority),
                    std::back_inserter(plan.shown.gaps));
  plan.borrowed_roles = roles_to_borrow(backup, plan.databases, target, authority);
  if (options.tables.empty() && options.scope != RestoreScope::kData) {
    plan.accounts = plan_accounts({.backup = backup.globals,
                                   .target = target,
                                   .policy = options.accounts,
                                   .authority = authority,
                                   .databases = restored_databases(plan, options)});
  }
  std::ranges::copy(plan.accounts.gaps, std::back_inserter(plan.shown.gaps));
  if (plan.shown.refusals.empty()) plan.shown.steps = steps_of(backup, plan, options.scope);
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
