// Plans users and roles.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/authority.h"
#include "engine/mysql/accounts/differences.h"

namespace vya::mysql {

namespace {

class AccountsPlanner {
 public:
  AccountsPlanner(const Accounts& wanted, const AccountsTarget& target, AccountsPolicy policy)
      : wanted_(wanted),
        target_(target),
        authority_(wanted, target, policy),
        after_(with_grants(target.accounts, given())) {}

  AccountsPlan plan() && {
    // Roles first: nothing names them yet, and nothing is granted before them.
    for (const AccountType type : {AccountType::kRole, AccountType::kUser}) {
      for (const Account& account : wanted_.accounts) {
        if (account.type == type) plan(account);
      }
    }
    for (const Account& account : wanted_.accounts) {
      if (target_.accounts.find(account.name) != nullptr || account.type == AccountType::kPublic) {
        name_what_stays(account);
      }
    }
    return std::move(plan_);
  }

 private:
  std::vector<Grant> given() const {
    std::vector<Grant> grants;
    std::ranges::copy_if(wanted_.grants, std::back_inserter(grants),
                         [&](const Grant& grant) { return authority_.gives(grant); });
    return grants;
  }

  void plan(const Account& account) {
    const Account* found = target_.accounts.find(account.name);
    if (found == nullptr) {
      if (authority_.creates(account)) create(account);
      return;
    }
    if (!authority_.converges(account.name)) return;
    if (auto change = account_change(account, *found, vendor()))
      plan_.changes.push_back(std::move(*change));
  }

  void create(const Account& account) {
    Account first = account;
    // Until its revokes are there too, it would be able to do more than on the source.
    first.locked |= is_restricted(wanted_, account.name);
    plan_.changes.push_back(
        {.what = fmt::format("create {} {}", account.type == AccountType::kRole ? "role" : "user",
                             quote_account(account.name, vendor())),
         .statements = create_account(first, vendor()),
         .counted = "accounts",
         .gap = {.kind = "account", .what = to_text(account.name)},
         .account = account.name});
  }

  /// Of the administrators that each server has its own of, nothing is said.
  void name_what_stays(const Account& account) {
    const AccountName& name = account.name;
    if (authority_.changes(name) || is_administrator(name)) return;
    const Account* found = target_.accounts.find(name);
    std::vector<std::string> differences =
        account_differences(account, found != nullptr ? *found : Account{account});
    for (const char* what : grant_differences(wanted_, after_, name))
      differences.emplace_back(what);
    if (differences.empty()) return;
    plan_.gaps.push_back(
        {.kind = "kept-account",
         .what = to_text(name),
         .why = fmt::format("{}, so it was left as it is; in the backup it differs in: {}",
                            authority_.reason(name), fmt::join(differences, ", ")),
         .cure = authority_.cure(name)});
  }

  Vendor vendor() const { return target_.flavor.vendor; }

  const Accounts& wanted_;
  const AccountsTarget& target_;
  AccountsAuthority authority_;
  Accounts after_;  ///< those of the target, once they have what they are given
  AccountsPlan plan_;
};

}  // namespace

AccountsPlan plan_accounts(const Accounts& wanted, const AccountsTarget& target,
                           AccountsPolicy policy) {
  if (policy == AccountsPolicy::kSkip) return {};
  return AccountsPlanner(wanted, target, policy).plan();
}

}  // namespace vya::mysql
