#include "engine/postgresql/accounts_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

void plan_description(const AccountsWork& work, const Role& role, const Role& found,
                      AccountsPlan& plan) {
  const std::string name = quote_name(role.name);
  if (role.comment != found.comment) {
    plan.roles.push_back({.statement = set_comment("ROLE", name, role.comment),
                          .gap = work.target.powers.superuser ? "" : "comment",
                          .name = role.name});
  }
  for (const SecurityLabel& label : role.labels) {
    if (std::ranges::find(found.labels, label) != found.labels.end()) continue;
    const Statement statement = set_label("ROLE", name, label);
    plan.roles.push_back({.statement = statement, .gap = "security-label", .name = statement.what});
  }
}

/// Why a role stays as it is.
std::string reason(const AccountsWork& work, const std::string& role) {
  if (role == work.target.bootstrap()) return "it is the superuser that the target was made with";
  if (role == work.target.powers.role) return "it is the role that this restore runs as";
  if (is_providers(role)) return "it belongs to the target's provider";
  if (!work.authority.may_change(role))
    return "role " + quote_name(work.target.powers.role) + " may not change it";
  return "the target has a role of this name";
}

std::string cure_of_leaving(const AccountsWork& work, const std::string& role) {
  if (work.authority.is_protected(role)) return "";
  if (work.authority.may_change(role)) return "restore with --accounts converge";
  return "restore with --accounts converge, as a superuser";
}

void leave(const AccountsWork& work, const Role& role, const std::vector<std::string>& differences,
           AccountsPlan& plan) {
  // The superusers that initdb made are each its own server's affair.
  if (role.bootstrap && role.name == work.target.bootstrap()) return;
  plan.gaps.push_back(
      {.kind = "kept-role",
       .what = role.name,
       .why = fmt::format("{}, so it was left as it is; in the backup it differs in: {}",
                          reason(work, role.name), fmt::join(differences, ", ")),
       .cure = cure_of_leaving(work, role.name)});
}

Gap unknown_password(const Role& role) {
  return {.kind = "password",
          .what = role.name,
          .why =
              "the backup was made by a role that may not read password verifiers, so the restored "
              "role has no password",
          .cure = "\\password " + quote_name(role.name) + " in psql"};
}

void plan_existing(const AccountsWork& work, const Role& role, const Role& found,
                   AccountsPlan& plan) {
  std::vector<std::string> differences = role_differences(role, found);
  // What cannot be read is made sure of.
  const bool sets_unread =
      role.verifier && found.has_unknown_verifier() && work.authority.changes(role.name);
  if (sets_unread) differences.push_back("PASSWORD");
  if (differences.empty()) return;
  if (work.authority.changes(role.name)) {
    plan.roles.push_back(
        {.statement = alter_role(role, found, differences), .counted = Count::kRoles});
  } else {
    leave(work, role, differences, plan);
  }
}

/// Grants on parameters that a list has and another has not, whoever gave them: the bootstrap
/// superuser may have another name.
std::vector<Grant> without(const std::vector<Grant>& list, const std::vector<Grant>& other) {
  std::vector<Grant> rest;
  std::ranges::copy_if(list, std::back_inserter(rest), [&](const Grant& grant) {
    return std::ranges::none_of(other, [&](const Grant& one) {
      return one.grantee == grant.grantee && one.privilege == grant.privilege &&
             one.grantable >= grant.grantable;
    });
  });
  return rest;
}

std::vector<Grant> grants_on(const std::vector<Acl>& list, const std::string& object) {
  const auto found = std::ranges::find(list, object, &Acl::object);
  return found == list.end() ? std::vector<Grant>{} : found->grants;
}

}  // namespace

void plan_roles(const AccountsWork& work, AccountsPlan& plan) {
  for (const Role& role : work.backup.roles) {
    const Role* found = work.target.role(role.name);
    if (found != nullptr) {
      plan_existing(work, role, *found, plan);
    } else if (work.authority.creates(role.name)) {
      for (Statement& statement : create_role(role))
        plan.roles.push_back({.statement = std::move(statement)});
      plan.roles.back().counted = Count::kRoles;
      if (role.login && role.has_unknown_verifier()) plan.gaps.push_back(unknown_password(role));
    }
    if (work.authority.extends(role.name))
      plan_description(work, role, found != nullptr ? *found : Role{}, plan);
  }
}

void plan_parameters(const AccountsWork& work, AccountsPlan& plan) {
  const std::vector<Acl>& there = work.target.globals.parameters;
  for (const Acl& wanted : work.backup.parameters) {
    Acl given = wanted;
    Acl left = wanted;
    given.grants = without(wanted.grants, grants_on(there, wanted.object));
    const auto stays = std::ranges::stable_partition(given.grants, [&](const Grant& grant) {
      return grant.grantee.empty() ? work.authority.extends_all()
                                   : work.authority.extends(grant.grantee);
    });
    left.grants.assign(stays.begin(), stays.end());
    given.grants.erase(stays.begin(), stays.end());
    if (const auto statement = set_grants(given)) {
      plan.roles.push_back({.statement = *statement,
                            .counted = Count::kGrants,
                            .number = given.grants.size(),
                            .gap = "parameter-grant",
                            .name = given.object});
    }
    if (const auto statement = set_grants(left)) {
      plan.gaps.push_back(
          {.kind = "parameter-grant",
           .what = left.object,
           .why = "it is for roles that the target has and that were left as they are",
           .cure = statement->sql});
    }
  }
  for (const Acl& found : there) {
    for (const Grant& extra :
         without(found.grants, grants_on(work.backup.parameters, found.object))) {
      if (!work.authority.converges(extra.grantee)) continue;
      plan.roles.push_back({.statement = revoke_parameter(found.object, extra),
                            .counted = Count::kGrants,
                            .gap = "parameter-grant",
                            .name = found.object});
    }
  }
}

AccountsPlan plan_accounts(const AccountsWork& work) {
  AccountsPlan plan;
  if (work.policy != AccountsPolicy::kSkip) {
    plan_roles(work, plan);
    plan_memberships(work, plan);
    plan_parameters(work, plan);
  }
  plan_settings(work, plan);
  return plan;
}

}  // namespace vya::pg
