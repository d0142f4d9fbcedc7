// Plans the memberships: who is in which role, given by whom, with which options.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/postgresql/accounts_plan.h"
#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// From 16 on a server keeps a membership once for each grantor; before, once. Only a superuser can
/// say who that was, so for others memberships differ by role and member alone.
using Key = std::tuple<std::string, std::string, std::string>;

bool has_options(const AccountsWork& work) { return work.target.version >= kWithMembershipOptions; }

bool names_grantors(const AccountsWork& work) { return work.target.powers.superuser; }

Key key_of(const AccountsWork& work, const Membership& membership) {
  return {membership.role, membership.member,
          has_options(work) && names_grantors(work) ? membership.grantor : ""};
}

bool inherits(const AccountsWork& work, const std::string& member) {
  const auto& roles = work.backup.roles;
  const auto found = std::ranges::find(roles, member, &Role::name);
  if (found != roles.end()) return found->inherit;
  const Role* there = work.target.role(member);
  return there == nullptr || there->inherit;
}

/// A membership as the target will record it.
Membership as_recorded(const AccountsWork& work, Membership membership) {
  const std::optional<std::string> grantor =
      grantor_on(work.target.version, membership, work.backup, work.target.bootstrap());
  membership.grantor =
      names_grantors(work) ? grantor.value_or(work.target.bootstrap()) : work.target.powers.role;
  membership.grantor_is_bootstrap = membership.grantor == work.target.bootstrap();
  if (has_options(work)) {
    membership.inherit = membership.inherit.value_or(inherits(work, membership.member));
    membership.set = membership.set.value_or(true);
  } else {
    membership.inherit = membership.set = std::nullopt;
  }
  return membership;
}

bool either(const std::optional<bool>& one, const std::optional<bool>& other) {
  return one.value_or(false) || other.value_or(false);
}

/// The backup's memberships as the target will record them, in their order. Those that fall
/// together there have the options of both.
std::vector<Membership> wanted_memberships(const AccountsWork& work) {
  std::vector<Membership> wanted;
  std::map<Key, std::size_t> places;
  for (const Membership& membership : work.backup.memberships) {
    Membership one = as_recorded(work, membership);
    const auto [place, is_new] = places.try_emplace(key_of(work, one), wanted.size());
    if (is_new) {
      wanted.push_back(std::move(one));
      continue;
    }
    Membership& other = wanted[place->second];
    other.admin |= one.admin;
    if (one.inherit) other.inherit = either(one.inherit, other.inherit);
    if (one.set) other.set = either(one.set, other.set);
  }
  return wanted;
}

bool same_options(const Membership& one, const Membership& other) {
  return one.admin == other.admin && one.inherit == other.inherit && one.set == other.set;
}

void plan_wanted(const AccountsWork& work, const Membership& wanted,
                 const std::map<Key, Membership>& there, AccountsPlan& plan) {
  const auto found = there.find(key_of(work, wanted));
  if (found != there.end() && same_options(found->second, wanted)) return;
  const bool takes_admin = found != there.end() && found->second.admin && !wanted.admin;
  const std::optional<std::string> grantor =
      names_grantors(work) ? std::optional(wanted.grantor) : std::nullopt;
  Statement statement = takes_admin && !has_options(work)
                            ? revoke_admin_option(wanted)
                            : grant_membership(work.target.version, wanted, grantor);
  if (work.authority.extends(wanted.member)) {
    plan.roles.push_back({.statement = std::move(statement),
                          .counted = Count::kMemberships,
                          .gap = work.target.powers.superuser ? "" : "membership",
                          .name = wanted.role + "/" + wanted.member});
    return;
  }
  plan.gaps.push_back({.kind = "membership",
                       .what = wanted.role + "/" + wanted.member,
                       .why = "the target has the role " + quote_name(wanted.member) +
                              ", which was left as it is, so it did not become a member of " +
                              quote_name(wanted.role) + " as in the backup",
                       .cure = statement.sql});
}

std::map<Key, Membership> memberships_there(const AccountsWork& work) {
  std::map<Key, Membership> there;
  for (const Membership& membership : work.target.globals.memberships)
    there[key_of(work, membership)] = membership;
  return there;
}

/// What a server from 16 on does when a role without superuser creates others: it is made a member
/// of each, with the ADMIN option and nothing else, by the bootstrap superuser.
void expect_own_creations(const AccountsWork& work, std::map<Key, Membership>& there,
                          AccountsPlan& plan) {
  const std::string& me = work.target.powers.role;
  std::vector<std::string> created;
  for (const Role& role : work.backup.roles) {
    if (!work.authority.creates(role.name)) continue;
    Membership own{.role = role.name, .member = me, .admin = true, .inherit = false, .set = false};
    there[key_of(work, own)] = own;
    created.push_back(quote_name(role.name));
  }
  if (created.empty()) return;
  plan.gaps.push_back(
      {.kind = "membership",
       .what = me,
       .why = fmt::format("role {} creates {} roles, and the server gives it the ADMIN option for "
                          "them, which it did not have in the backup",
                          quote_name(me), created.size()),
       .cure = fmt::format("as a superuser: REVOKE {} FROM {}", fmt::join(created, ", "),
                           quote_name(me))});
}

/// Says that memberships will have another grantor than in the backup.
void name_other_grantors(const AccountsWork& work, AccountsPlan& plan) {
  const std::string& me = work.target.powers.role;
  const bool differs = std::ranges::any_of(
      plan.roles, [](const Change& change) { return change.counted == Count::kMemberships; });
  if (!differs) return;
  plan.gaps.push_back(
      {.kind = "grantor",
       .what = me,
       .why = "only a superuser can say who gave a membership, so the restored ones "
              "are recorded as given by role " +
              quote_name(me),
       .cure = "restore the accounts as a superuser"});
}

}  // namespace

void plan_memberships(const AccountsWork& work, AccountsPlan& plan) {
  std::map<Key, Membership> there = memberships_there(work);
  const bool is_limited = !work.target.powers.superuser;
  if (is_limited && has_options(work)) expect_own_creations(work, there, plan);
  std::map<Key, Membership> backed_up;
  for (const Membership& wanted : wanted_memberships(work)) {
    backed_up[key_of(work, wanted)] = wanted;
    plan_wanted(work, wanted, there, plan);
  }
  for (const auto& [key, found] : there) {
    if (backed_up.contains(key) || !work.authority.converges(found.member)) continue;
    const Statement statement = revoke_membership(work.target.version, found);
    plan.roles.push_back({.statement = statement,
                          .counted = Count::kMemberships,
                          .gap = "membership",
                          .name = found.role + "/" + found.member});
  }
  if (is_limited) name_other_grantors(work, plan);
}

}  // namespace vya::pg
