// Plans what comes after the objects.
//
// Of each kind, what takes away comes before what gives; proxies come before privileges, because
// the servers give GRANT OPTION on everything together with a proxy that may be passed on.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/authority.h"
#include "engine/mysql/accounts/differences.h"
#include "engine/mysql/accounts/grants_sql.h"
#include "engine/mysql/accounts/plan_privileges.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

const RoleMember* find(const std::vector<RoleMember>& list, const RoleMember& edge) {
  const auto found = std::ranges::find_if(list, [&](const RoleMember& one) {
    return one.role == edge.role && one.member == edge.member;
  });
  return found == list.end() ? nullptr : &*found;
}

const Proxy* find(const std::vector<Proxy>& list, const Proxy& proxy) {
  const auto found = std::ranges::find_if(list, [&](const Proxy& one) {
    return one.account == proxy.account && one.proxied == proxy.proxied;
  });
  return found == list.end() ? nullptr : &*found;
}

std::map<AccountName, std::vector<AccountName>> by_account(const std::vector<DefaultRole>& list) {
  std::map<AccountName, std::vector<AccountName>> roles;
  for (const DefaultRole& one : list) roles[one.account].push_back(one.role);
  return roles;
}

class GrantsPlanner {
 public:
  GrantsPlanner(const Accounts& wanted, const AccountsTarget& target, AccountsPolicy policy)
      : wanted_(wanted), target_(target), authority_(wanted, target, policy) {}

  AccountsPlan plan() && {
    plan_members();
    plan_proxies();
    plan_privileges(wanted_, target_, authority_, plan_);
    plan_rules();
    plan_default_roles();
    plan_properties();
    give_up_new_roles();
    return std::move(plan_);
  }

 private:
  Vendor vendor() const { return target_.flavor.vendor; }
  const Accounts& there() const { return target_.accounts; }

  void add(std::vector<std::string> statements, const char* counted, Gap gap,
           const AccountName& account) {
    AccountChange change{.statements = std::move(statements),
                         .counted = counted,
                         .gap = std::move(gap),
                         .account = account};
    change.what = fmt::format("{}", fmt::join(change.statements, "; "));
    change.gap.cure = change.what;
    plan_.changes.push_back(std::move(change));
  }

  Gap member_gap(const RoleMember& edge) const {
    return {.kind = "role-member",
            .what = fmt::format("{} in {}", to_text(edge.member), to_text(edge.role))};
  }

  /// Who restores may pass the role on. On MySQL that is a privilege, and the server says.
  bool administers(const AccountName& role) const {
    if (vendor() == Vendor::kMysql) return true;
    const RoleMember* own = find(there().members, {.role = role, .member = target_.me});
    return own != nullptr && own->admin;
  }

  void plan_members() {
    for (const RoleMember& found : there().members) {
      const bool is_extra = find(wanted_.members, found) == nullptr;
      if (is_extra && authority_.changes(found.member))
        change_member(found, {take_role(found, vendor())});
    }
    for (const RoleMember& edge : wanted_.members) {
      const RoleMember* found = find(there().members, edge);
      if ((found != nullptr && found->admin == edge.admin) || !authority_.extends(edge.member))
        continue;
      const bool takes_admin = found != nullptr && found->admin;
      if (takes_admin && edge.member == target_.me) continue;  // give_up_new_roles() does
      change_member(
          edge, takes_admin ? take_admin(edge, vendor()) : std::vector{give_role(edge, vendor())});
    }
  }

  void change_member(const RoleMember& edge, std::vector<std::string> statements) {
    Gap gap = member_gap(edge);
    if (!target_.objects || administers(edge.role)) {
      add(std::move(statements), "role members", std::move(gap), edge.member);
      return;
    }
    gap.why = fmt::format(
        "only who has role {} WITH ADMIN OPTION can change its members, and account {} has not",
        quote_account(edge.role, vendor()), quote_account(target_.me, vendor()));
    gap.cure = fmt::format("{}", fmt::join(statements, "; "));
    plan_.gaps.push_back(std::move(gap));
  }

  void plan_proxies() {
    const auto gap = [](const Proxy& proxy) {
      return Gap{.kind = "proxy",
                 .what = fmt::format("{} as {}", to_text(proxy.account), to_text(proxy.proxied))};
    };
    for (const Proxy& found : there().proxies) {
      const Proxy* wanted = find(wanted_.proxies, found);
      const bool narrower = wanted == nullptr || (found.grantable && !wanted->grantable);
      if (!narrower || !authority_.changes(found.account)) continue;
      std::vector<std::string> statements = {take_proxy(found, vendor())};
      if (wanted != nullptr) statements.push_back(give_proxy(*wanted, vendor()));
      add(std::move(statements), "proxies", gap(found), found.account);
    }
    for (const Proxy& wanted : wanted_.proxies) {
      const Proxy* found = find(there().proxies, wanted);
      const bool wider = found == nullptr || (!found->grantable && wanted.grantable);
      if (wider && authority_.changes(wanted.account))
        add({give_proxy(wanted, vendor())}, "proxies", gap(wanted), wanted.account);
    }
  }

  void plan_default_roles() {
    const auto wanted = by_account(wanted_.default_roles);
    const auto found = by_account(there().default_roles);
    for (const Account& account : wanted_.accounts) {
      const AccountName& name = account.name;
      if (account.type != AccountType::kUser || !authority_.changes(name)) continue;
      auto roles = wanted.contains(name) ? wanted.at(name) : std::vector<AccountName>{};
      std::erase_if(roles, [&](const AccountName& role) { return !may_be_default(role, name); });
      const auto had = found.contains(name) ? found.at(name) : std::vector<AccountName>{};
      if (roles == had) continue;
      add({set_default_roles(name, roles, vendor())}, "default roles",
          {.kind = "default-role", .what = to_text(name)}, name);
    }
  }

  /// The server refuses all default roles for one that the account has not.
  bool may_be_default(const AccountName& role, const AccountName& account) {
    if (find(wanted_.members, {.role = role, .member = account}) != nullptr) return true;
    const auto& rules = authority_.changes_rules() ? wanted_.rules : there().rules;
    const auto everybodys = role_list(rules.mandatory_roles);
    if (std::ranges::find(everybodys, role) != everybodys.end()) return true;
    plan_.gaps.push_back({.kind = "default-role",
                          .what = to_text(account),
                          .why = fmt::format("it does not have its default role {} on the target",
                                             quote_account(role, vendor())),
                          .cure = give_role({.role = role, .member = account}, vendor())});
    return false;
  }

  /// Roles that everybody has.
  void plan_rules() {
    const std::string& roles = wanted_.rules.mandatory_roles;
    if (vendor() != Vendor::kMysql || roles == there().rules.mandatory_roles) return;
    const Gap gap{
        .kind = "mandatory-roles",
        .what = roles.empty() ? "none" : roles,
        .why =
            "the target has accounts of its own, for whom they would count too; now "
            "everybody there has: " +
            (there().rules.mandatory_roles.empty() ? "none" : there().rules.mandatory_roles),
        .cure = "SET PERSIST mandatory_roles = " + quote_text(roles)};
    if (authority_.changes_rules()) {
      add({gap.cure}, "settings", gap, {});
    } else {
      plan_.gaps.push_back(gap);
    }
  }

  /// Locks and the like of accounts that were made while they were not yet all that they are.
  void plan_properties() {
    for (const Account& account : wanted_.accounts) {
      const Account* found = there().find(account.name);
      if (found == nullptr || !authority_.changes(account.name)) continue;
      auto change = account_change(account, *found, vendor());
      if (!change) continue;
      if (target_.created.contains(account.name)) change->counted.clear();  // it was counted
      plan_.changes.push_back(std::move(*change));
    }
  }

  /// Whoever creates a role of MariaDB gets it, or nobody could give it to its members.
  void give_up_new_roles() {
    if (vendor() == Vendor::kMysql) return;
    for (const RoleMember& own : there().members) {
      if (own.member != target_.me || !target_.created.contains(own.role)) continue;
      const RoleMember* wanted = find(wanted_.members, own);
      if (wanted == nullptr) {
        add({take_role(own, vendor())}, "", member_gap(own), {});
      } else if (own.admin && !wanted->admin) {
        add(take_admin(own, vendor()), "", member_gap(own), {});
      }
    }
  }

  const Accounts& wanted_;
  const AccountsTarget& target_;
  AccountsAuthority authority_;
  AccountsPlan plan_;
};

}  // namespace

AccountsPlan plan_grants(const Accounts& wanted, const AccountsTarget& target,
                         AccountsPolicy policy) {
  if (policy == AccountsPolicy::kSkip) return {};
  return GrantsPlanner(wanted, target, policy).plan();
}

}  // namespace vya::mysql
