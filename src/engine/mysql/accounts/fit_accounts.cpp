// The backup's accounts as the target can have them. Each function takes away or changes one thing
// and says what is lost.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/differences.h"
#include "engine/mysql/accounts/fit.h"
#include "engine/mysql/accounts/grants_sql.h"
#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

/// Leaves of an account what definers and roles need, its name: nobody logs in to it, and it may do
/// nothing.
void make_shell(Accounts& accounts, Account& account, Vendor vendor) {
  const AccountName name = account.name;
  account = {.name = name, .type = account.type};
  if (account.type == AccountType::kUser) {
    account.authentication = {no_login(vendor)};
    account.locked = true;
  }
  const auto is_its = [&](const auto& one) { return one.account == name; };
  std::erase_if(accounts.grants, is_its);
  std::erase_if(accounts.restrictions, is_its);
  std::erase_if(accounts.default_roles, is_its);
  std::erase_if(accounts.proxies, is_its);
  std::erase_if(accounts.members,
                [&](const RoleMember& one) { return one.member == name || one.role == name; });
}

Gap refused(const Account& account, Vendor vendor, std::string why, std::string cure) {
  return {.kind = "refused-account",
          .what = to_text(account.name),
          .why = std::move(why),
          .cure = cure.empty() ? ""
                               : fmt::format("{}; then DROP USER {} and restore the accounts "
                                             "again",
                                             cure, quote_account(account.name, vendor))};
}

void refuse_unknown(Accounts& accounts, const AccountsTarget& target, std::vector<Gap>& gaps) {
  const Vendor vendor = target.flavor.vendor;
  for (Account& account : accounts.accounts) {
    if (account.unknown.empty()) continue;
    gaps.push_back(refused(
        account, vendor,
        fmt::format("its server keeps of it what this version of vya does not know ({}), so it was "
                    "made locked and without privileges",
                    fmt::join(account.unknown, ", ")),
        ""));
    make_shell(accounts, account, vendor);
  }
}

/// Without partial revokes an account would have on all databases what it had on all but some.
void refuse_restricted(Accounts& accounts, const AccountsTarget& target, std::vector<Gap>& gaps) {
  if (target.takes_names()) return;
  for (Account& account : accounts.accounts) {
    if (!is_restricted(accounts, account.name)) continue;
    gaps.push_back(
        refused(account, target.flavor.vendor,
                "some of its privileges are revoked for single databases, and the target does not "
                "keep such revokes (partial_revokes is off), so it would get more than it had; it "
                "was made locked and without privileges",
                "SET PERSIST partial_revokes = ON, once no grant of the target's names a database "
                "with _ or %"));
    make_shell(accounts, account, target.flavor.vendor);
  }
}

void close_without_plugin(Accounts& accounts, const AccountsTarget& target,
                          std::vector<Gap>& gaps) {
  for (Account& account : accounts.accounts) {
    const auto missing = std::ranges::find_if(
        account.authentication,
        [&](const Authentication& method) { return !target.plugins.contains(method.plugin); });
    if (missing == account.authentication.end()) continue;
    gaps.push_back({.kind = "authentication-plugin",
                    .what = to_text(account.name),
                    .why = fmt::format("the target lacks the plugin '{}' with which one logs in to "
                                       "it, so it is locked",
                                       missing->plugin),
                    .cure = fmt::format("install the plugin '{}', then restore with --accounts "
                                        "converge; or give the account another password and "
                                        "unlock it",
                                        missing->plugin)});
    account.authentication = {no_login(target.flavor.vendor)};
    account.second_password.reset();
    account.past_passwords.clear();
    account.locked = true;
  }
}

/// Those that the target does not know are other privileges, or none.
void leave_unknown_privileges(Accounts& accounts, const AccountsTarget& target,
                              std::vector<Gap>& gaps) {
  for (Grant& grant : accounts.grants) {
    Grant lost = grant;
    const auto is_known = [&](const std::string& one) { return target.privileges.contains(one); };
    std::erase_if(lost.privileges, is_known);
    if (lost.privileges.empty()) continue;
    std::erase_if(grant.privileges, [&](const std::string& one) { return !is_known(one); });
    std::erase_if(grant.grantable, [&](const std::string& one) { return !is_known(one); });
    lost.grantable.clear();
    gaps.push_back({.kind = "grant",
                    .what = grant_name(grant),
                    .why = fmt::format("the target does not know the privilege {}",
                                       fmt::join(lost.privileges, ", ")),
                    .cure = give(lost, target.flavor.vendor)});
  }
  std::erase_if(accounts.grants, [](const Grant& grant) { return grant.privileges.empty(); });
}

/// What SUPER stood for before MariaDB 11.0 gave each a privilege of its own (release notes of
/// 11.0.1).
constexpr std::array kOnceInSuper = {"BINLOG ADMIN",
                                     "BINLOG MONITOR",
                                     "BINLOG REPLAY",
                                     "CONNECTION ADMIN",
                                     "FEDERATED ADMIN",
                                     "READ_ONLY ADMIN",
                                     "REPLICATION MASTER ADMIN",
                                     "REPLICATION SLAVE ADMIN",
                                     "SET USER",
                                     "SLAVE MONITOR"};

void name_lost_powers(const Accounts& accounts, const AccountsRequest& request,
                      const AccountsTarget& target, std::vector<Gap>& gaps) {
  constexpr int kSince = 11;
  if (!target.flavor.mariadb() || request.source.major >= kSince || target.flavor.major < kSince)
    return;
  for (const Grant& grant : accounts.grants) {
    const auto has = [&](const std::string& privilege) {
      return std::ranges::find(grant.privileges, privilege) != grant.privileges.end();
    };
    if (grant.on != "server" || !has("SUPER")) continue;
    Grant lost = grant;
    lost.privileges.assign(kOnceInSuper.begin(), kOnceInSuper.end());
    std::erase_if(lost.privileges, has);
    if (lost.privileges.empty()) continue;
    gaps.push_back({.kind = "grant",
                    .what = grant_name(grant),
                    .why = "on the target SUPER no longer stands for what it did on the source",
                    .cure = give(lost, target.flavor.vendor)});
  }
}

template <typename Change>
void for_each_name(Accounts& accounts, Change change) {
  for (Account& one : accounts.accounts) change(one.name);
  for (Grant& one : accounts.grants) change(one.account);
  for (Restriction& one : accounts.restrictions) change(one.account);
  for (RoleMember& one : accounts.members) {
    change(one.role);
    change(one.member);
  }
  for (DefaultRole& one : accounts.default_roles) {
    change(one.account);
    change(one.role);
  }
  for (Proxy& one : accounts.proxies) {
    change(one.account);
    change(one.proxied);
  }
}

/// Drops what is about accounts that are not among these.
void keep(Accounts& accounts, const std::set<AccountName>& names) {
  const auto is_other = [&](const auto& one) { return !names.contains(one.account); };
  std::erase_if(accounts.accounts, [&](const Account& one) { return !names.contains(one.name); });
  std::erase_if(accounts.grants, is_other);
  std::erase_if(accounts.restrictions, is_other);
  std::erase_if(accounts.default_roles, is_other);
  std::erase_if(accounts.proxies, is_other);
  std::erase_if(accounts.members,
                [&](const RoleMember& one) { return !names.contains(one.member); });
}

std::set<AccountName> names_of(const Accounts& accounts) {
  std::set<AccountName> names;
  for (const Account& account : accounts.accounts) names.insert(account.name);
  return names;
}

/// An account whose new name is another of the backup is left out: that other stands for it.
void rename_accounts(Accounts& accounts, const AccountsRequest& request, Vendor vendor) {
  if (request.options.account_names.empty()) return;
  std::map<AccountName, AccountName> names;
  for (const auto& [from, to] : request.options.account_names)
    names[written_name(from, vendor)] = written_name(to, vendor);
  std::set<AccountName> kept = names_of(accounts);
  for (const auto& [from, to] : names) {
    if (kept.contains(to)) kept.erase(from);
  }
  // Its own properties go; that roles and proxies of others name it stays.
  Accounts renamed = accounts;
  keep(renamed, kept);
  for_each_name(renamed, [&](AccountName& name) {
    if (const auto found = names.find(name); found != names.end()) name = found->second;
  });
  accounts = std::move(renamed);
  sort(accounts);
}

/// Those that have something to do with these databases, with their roles and their roles' members,
/// over as many steps as there are.
std::set<AccountName> needed(const Accounts& accounts, const AccountsRequest& request,
                             Vendor vendor) {
  std::set<AccountName> names;
  for (const std::string& definer : request.definers) names.insert(written_name(definer, vendor));
  for (const Grant& grant : accounts.grants) {
    const bool is_for_them =
        std::ranges::any_of(request.options.accounts_of, [&](const std::string& database) {
          return grant.on == "database" && !accounts.rules.partial_revokes
                     ? matches(grant.database, database)
                     : grant.database == database;
        });
    if (is_for_them) names.insert(grant.account);
  }
  for (std::size_t before = 0; before != names.size();) {
    before = names.size();
    for (const RoleMember& member : accounts.members) {
      if (names.contains(member.role)) names.insert(member.member);
      if (names.contains(member.member)) names.insert(member.role);
    }
  }
  return names;
}

}  // namespace

std::string grant_name(const Grant& grant) {
  return fmt::format("{} on {}", to_text(grant.account), quote_object(grant));
}

Accounts fit_accounts(const AccountsRequest& request, const AccountsTarget& target,
                      std::vector<Gap>& gaps) {
  Accounts accounts = request.backup;
  const Vendor vendor = target.flavor.vendor;
  if (!request.options.accounts_of.empty()) keep(accounts, needed(accounts, request, vendor));
  rename_accounts(accounts, request, vendor);
  refuse_unknown(accounts, target, gaps);
  refuse_restricted(accounts, target, gaps);
  close_without_plugin(accounts, target, gaps);
  fit_databases(accounts, request, target, gaps);
  leave_unknown_privileges(accounts, target, gaps);
  name_lost_powers(accounts, request, target, gaps);
  sort(accounts);
  return accounts;
}

}  // namespace vya::mysql
