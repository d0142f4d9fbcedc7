#include "engine/postgresql/grouped_globals.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace vya::pg {

namespace {

using Told = std::function<void(const std::string& name)>;

/// Both are sorted by name, byte by byte.
template <typename Thing>
const Thing* find(const std::vector<Thing>& all, const std::string& name) {
  const auto found = std::ranges::lower_bound(all, name, {}, &Thing::name);
  return found == all.end() || found->name != name ? nullptr : &*found;
}

/// Tells of those that are gone or changed; those that are new are not compared with anything.
template <typename Thing>
void compare(const std::vector<Thing>& before, const std::vector<Thing>& now, const Told& gone,
             const Told& changed) {
  for (const Thing& thing : before) {
    const Thing* found = find(now, thing.name);
    if (found == nullptr) {
      gone(thing.name);
    } else if (!(*found == thing)) {
      changed(thing.name);
    }
  }
}

/// Calls `differs` for each that is in one of them only.
template <typename Line>
void each_difference(const std::vector<Line>& before, const std::vector<Line>& now,
                     const std::function<void(const Line&)>& differs) {
  if (before == now) return;
  const auto only_in = [&](const std::vector<Line>& these, const std::vector<Line>& those) {
    for (const Line& line : these) {
      if (std::ranges::find(those, line) == those.end()) differs(line);
    }
  };
  only_in(before, now);
  only_in(now, before);
}

/// The numbers are the backup's and tell nothing of the server.
std::vector<DatabaseProperties> without_numbers(std::vector<DatabaseProperties> databases) {
  for (DatabaseProperties& database : databases) database.number = 0;
  return databases;
}

/// A role that is gone owns what it owned, and nobody gets in or further by it.
Role remainder_of(const std::string& role) { return {.name = role}; }

bool is_of(const RoleSetting& setting, const Globals& globals) {
  return !setting.database.empty() && find(globals.databases, setting.database) != nullptr;
}

}  // namespace

void GroupedGlobals::add(Globals globals) {
  if (has_any_) {
    note_changes(globals);
    keep_what_is_gone(globals);
  }
  has_any_ = true;
  for (const DatabaseProperties& database : globals.databases) {
    if (database.number != 0) held_.insert_or_assign(database.name, database);
  }
  last_ = std::move(globals);
}

void GroupedGlobals::note_changes(const Globals& now) {
  const auto note = [this](const std::string& what, const char* how) {
    changes_.try_emplace(what, how);
  };
  const auto changed = [&](const std::string& what) {
    note(what, "changed; the backup has it as it was last");
  };
  compare<Role>(
      last_.roles, now.roles,
      [&](const auto& name) {
        note(name, "dropped or renamed; the backup has a role of this name that cannot log in");
      },
      changed);
  compare<Tablespace>(
      last_.tablespaces, now.tablespaces,
      [&](const auto& name) {
        note("tablespace " + name, "dropped or renamed; the backup has it as it was");
      },
      [&](const auto& name) { changed("tablespace " + name); });
  const auto changed_database = [&](const std::string& name) {
    note("database " + name, "changed; the backup has it as it was when its rows were read");
  };
  // One that was dropped is in the backup whole, or is a gap of its own.
  compare<DatabaseProperties>(
      without_numbers(last_.databases), without_numbers(now.databases), [](const auto&) {},
      changed_database);
  each_difference<Membership>(last_.memberships, now.memberships, [&](const Membership& one) {
    if (find(last_.roles, one.member) != nullptr) changed(one.member);
  });
  each_difference<RoleSetting>(last_.settings, now.settings, [&](const RoleSetting& setting) {
    if (!setting.role.empty()) {
      if (find(last_.roles, setting.role) != nullptr) changed(setting.role);
    } else if (setting.database.empty()) {
      changed("settings of all roles");
    } else if (is_of(setting, last_) && is_of(setting, now)) {
      changed("settings of database " + setting.database);
    }
  });
  if (last_.parameters != now.parameters) changed("grants on parameters");
}

void GroupedGlobals::keep_what_is_gone(const Globals& now) {
  for (const Role& role : last_.roles) {
    if (find(now.roles, role.name) == nullptr) gone_roles_.insert(role.name);
  }
  for (const Tablespace& tablespace : last_.tablespaces) {
    if (find(now.tablespaces, tablespace.name) == nullptr)
      gone_tablespaces_.insert_or_assign(tablespace.name, tablespace);
  }
  for (const RoleSetting& setting : last_.settings) {
    if (held_.contains(setting.database) && !is_of(setting, now))
      settings_of_held_.push_back(setting);
  }
}

Globals GroupedGlobals::all() const {
  Globals all = last_;
  std::erase_if(all.databases, [&](const auto& one) { return held_.contains(one.name); });
  for (const auto& [name, database] : held_) all.databases.push_back(database);
  for (const std::string& name : gone_roles_) {
    if (find(last_.roles, name) == nullptr) all.roles.push_back(remainder_of(name));
  }
  for (const auto& [name, tablespace] : gone_tablespaces_) {
    if (find(last_.tablespaces, name) == nullptr) all.tablespaces.push_back(tablespace);
  }
  for (const RoleSetting& setting : settings_of_held_) {
    if (!is_of(setting, last_)) all.settings.push_back(setting);
  }
  std::ranges::sort(all.databases, {}, &DatabaseProperties::name);
  std::ranges::sort(all.roles, {}, &Role::name);
  std::ranges::sort(all.tablespaces, {}, &Tablespace::name);
  return all;
}

std::vector<Gap> GroupedGlobals::gaps() const {
  std::vector<Gap> gaps;
  for (const auto& [what, how] : changes_) {
    gaps.push_back(
        {.kind = "accounts",
         .what = what,
         .why = fmt::format("between one group of databases and the next, it was {}", how),
         .cure = "Back up again while nobody changes accounts. Where all databases fit "
                 "into one group, this cannot happen: vya doctor names the settings."});
  }
  return gaps;
}

}  // namespace vya::pg
