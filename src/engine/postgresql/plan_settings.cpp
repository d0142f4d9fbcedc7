// Plans the settings of roles and databases, which come last of all.
#include <algorithm>

#include "engine/postgresql/accounts_plan.h"
#include "engine/postgresql/setting_sql.h"

namespace vya::pg {

namespace {

const RoleSetting* find(const std::vector<RoleSetting>& settings, const RoleSetting& like) {
  const auto found = std::ranges::find_if(settings, [&](const RoleSetting& one) {
    return one.role == like.role && one.database == like.database && one.name == like.name;
  });
  return found == settings.end() ? nullptr : &*found;
}

/// Whether the database of the setting is one of this restore.
bool is_of_databases(const AccountsWork& work, const RoleSetting& setting) {
  return work.databases.contains(setting.database);
}

bool may_set(const AccountsWork& work, const RoleSetting& setting) {
  if (is_of_databases(work, setting)) return true;
  if (!setting.role.empty()) return work.authority.extends(setting.role);
  return setting.database.empty() && work.authority.extends_all();
}

/// Whether what the setting is of will be on the target, and is looked at. Where no account is to
/// be changed, what differs in one is nothing that is missing.
bool applies(const AccountsWork& work, const RoleSetting& setting) {
  if (work.policy == AccountsPolicy::kSkip && !is_of_databases(work, setting)) return false;
  const bool has_role = setting.role.empty() || work.authority.creates(setting.role) ||
                        work.target.role(setting.role) != nullptr;
  const bool has_database = setting.database.empty() || is_of_databases(work, setting) ||
                            work.target.has_database(setting.database);
  return has_role && has_database;
}

}  // namespace

void plan_settings(const AccountsWork& work, AccountsPlan& plan) {
  const std::vector<RoleSetting>& there = work.target.globals.settings;
  for (const RoleSetting& setting : work.backup.settings) {
    if (!applies(work, setting)) continue;
    const RoleSetting* found = find(there, setting);
    if (found != nullptr && found->value == setting.value) continue;
    const Statement statement = alter_setting(setting);
    if (may_set(work, setting)) {
      plan.settings.push_back({.statement = statement,
                               .counted = Count::kSettings,
                               .gap = "setting",
                               .name = statement.what});
    } else {
      plan.gaps.push_back({.kind = "setting",
                           .what = statement.what,
                           .why = "it would change what the target has already",
                           .cure = statement.sql});
    }
  }
  for (const RoleSetting& found : there) {
    const bool is_taken_away = work.authority.converges(found.role) &&
                               (found.database.empty() || is_of_databases(work, found)) &&
                               find(work.backup.settings, found) == nullptr;
    if (!is_taken_away) continue;
    const Statement statement = reset_setting(found);
    plan.settings.push_back({.statement = statement,
                             .counted = Count::kSettings,
                             .gap = "setting",
                             .name = statement.what});
  }
}

}  // namespace vya::pg
