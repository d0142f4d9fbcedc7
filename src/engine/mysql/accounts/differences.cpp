#include "engine/mysql/accounts/differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

/// Those of a list that are about the account.
template <typename Value, typename Whose>
std::vector<Value> of(const std::vector<Value>& list, const AccountName& name, Whose whose) {
  std::vector<Value> found;
  std::ranges::copy_if(list, std::back_inserter(found),
                       [&](const Value& value) { return value.*whose == name; });
  return found;
}

template <typename Value, typename Whose>
bool same(const std::vector<Value>& one, const std::vector<Value>& other, const AccountName& name,
          Whose whose) {
  return of(one, name, whose) == of(other, name, whose);
}

}  // namespace

std::vector<const char*> grant_differences(const Accounts& wanted, const Accounts& found,
                                           const AccountName& name) {
  std::vector<const char*> differences;
  if (!same(wanted.grants, found.grants, name, &Grant::account) ||
      !same(wanted.restrictions, found.restrictions, name, &Restriction::account)) {
    differences.push_back("privileges");
  }
  if (!same(wanted.members, found.members, name, &RoleMember::member))
    differences.push_back("roles");
  if (!same(wanted.default_roles, found.default_roles, name, &DefaultRole::account))
    differences.push_back("default roles");
  if (!same(wanted.proxies, found.proxies, name, &Proxy::account)) differences.push_back("proxies");
  return differences;
}

bool is_restricted(const Accounts& accounts, const AccountName& name) {
  return std::ranges::find(accounts.restrictions, name, &Restriction::account) !=
         accounts.restrictions.end();
}

std::optional<AccountChange> account_change(const Account& wanted, const Account& found,
                                            Vendor vendor) {
  if (wanted.type != AccountType::kUser || found.type != wanted.type) return std::nullopt;
  const std::vector<std::string> differences = account_differences(wanted, found);
  if (differences.empty()) return std::nullopt;
  const std::string name = quote_account(wanted.name, vendor);
  AccountChange change{.what = fmt::format("alter user {}: {}", name, fmt::join(differences, ", ")),
                       .statements = {},
                       .counted = "accounts",
                       .gap = {.kind = "account", .what = to_text(wanted.name)},
                       .account = wanted.name,
                       .undo = {}};
  Account as_wanted = found;
  as_wanted.past_passwords = wanted.past_passwords;
  if (as_wanted != wanted) change.statements = alter_account(wanted, found, vendor);
  if (wanted.past_passwords != found.past_passwords) {
    for (std::string& statement : set_past_passwords(wanted))
      change.statements.push_back(std::move(statement));
  }
  return change;
}

Accounts with_grants(Accounts accounts, const std::vector<Grant>& given) {
  std::map<std::pair<AccountName, std::string>, Grant> all;
  for (Grant& grant : accounts.grants)
    all.emplace(std::pair(grant.account, object_key(grant)), std::move(grant));
  for (const Grant& grant : given) {
    Grant& found =
        all.try_emplace(std::pair(grant.account, object_key(grant)), grant).first->second;
    std::vector<std::string> privileges;
    std::ranges::set_union(found.privileges, grant.privileges, std::back_inserter(privileges));
    found.privileges = std::move(privileges);
  }
  accounts.grants.clear();
  for (auto& [key, grant] : all) accounts.grants.push_back(std::move(grant));
  sort(accounts);
  return accounts;
}

std::vector<std::string> without(const std::vector<std::string>& one,
                                 const std::vector<std::string>& other) {
  std::vector<std::string> rest;
  std::ranges::set_difference(one, other, std::back_inserter(rest));
  return rest;
}

}  // namespace vya::mysql
