#include "engine/postgresql/limited_roles.h"

#include <fmt/format.h>

#include <array>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// An attribute that not everybody with CREATEROLE may give.
struct Guarded {
  const char* name;  ///< as ALTER ROLE has it
  bool Role::* flag;
};

constexpr std::array kGuarded = {
    Guarded{"SUPERUSER", &Role::superuser},
    Guarded{"CREATEDB", &Role::create_database},
    Guarded{"REPLICATION", &Role::replication},
    Guarded{"BYPASSRLS", &Role::bypass_rls},
};

/// From 16 on one gives what one has oneself; before, CREATEDB always and the others never (release
/// notes of 16; user.c of both).
std::array<bool, kGuarded.size()> givable(const TargetFacts& target) {
  const Powers& powers = target.powers;
  if (powers.superuser) return {true, true, true, true};
  if (target.version < kWithMembershipOptions) return {false, true, false, false};
  return {false, powers.create_database, powers.replication, powers.bypass_rls};
}

}  // namespace

std::vector<Gap> keep_givable_attributes(Globals& backup, const TargetFacts& target,
                                         const Authority& authority) {
  const auto may = givable(target);
  std::vector<Gap> gaps;
  for (Role& role : backup.roles) {
    if (!authority.changes(role.name)) continue;
    const Role* there = target.role(role.name);
    const Role found = there == nullptr ? Role{} : *there;
    std::vector<std::string> lost;
    for (std::size_t i = 0; i < kGuarded.size(); ++i) {
      bool& wanted = role.*kGuarded[i].flag;
      const bool now = found.*kGuarded[i].flag;
      if (may[i] || wanted == now) continue;
      lost.push_back(std::string(wanted ? "" : "NO") + kGuarded[i].name);
      wanted = now;
    }
    if (lost.empty()) continue;
    gaps.push_back({.kind = "role-attributes",
                    .what = role.name,
                    .why = fmt::format("role {} may not give {}", quote_name(target.powers.role),
                                       fmt::join(lost, ", ")),
                    .cure = fmt::format("as a superuser: ALTER ROLE {} {}", quote_name(role.name),
                                        fmt::join(lost, " "))});
  }
  return gaps;
}

}  // namespace vya::pg
