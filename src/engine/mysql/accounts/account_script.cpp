#include "engine/mysql/accounts/account_script.h"

#include <algorithm>

#include "base/error.h"
#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/backup_model.h"
#include "stream/lines.h"

namespace vya::mysql {

namespace {

Accounts accounts_in(const BackupContents& contents) {
  const std::unique_ptr<Source> document = contents.read({DocumentKind::kGlobals, 0});
  if (!document) throw Error(Fault::kCheckFailed, "the backup has no globals");
  return read_accounts_json(*document);
}

/// The accounts that are wanted, with what is said of them.
template <typename Wanted>
Accounts kept(Accounts accounts, const Wanted& wanted) {
  const auto unwanted = [&](const AccountName& name) { return !wanted(name); };
  std::erase_if(accounts.accounts, [&](const Account& one) { return unwanted(one.name); });
  std::erase_if(accounts.grants, [&](const Grant& one) { return unwanted(one.account); });
  std::erase_if(accounts.restrictions,
                [&](const Restriction& one) { return unwanted(one.account); });
  std::erase_if(accounts.members, [&](const RoleMember& one) { return unwanted(one.member); });
  std::erase_if(accounts.default_roles,
                [&](const DefaultRole& one) { return unwanted(one.account); });
  std::erase_if(accounts.proxies, [&](const Proxy& one) { return unwanted(one.account); });
  return accounts;
}

Accounts chosen(const BackupContents& contents, const AccountFilter& wanted) {
  return kept(accounts_in(contents),
              [&](const AccountName& name) { return wanted(to_text(name)); });
}

Accounts without_administrators(const Accounts& accounts) {
  return kept(accounts, [](const AccountName& name) { return !is_administrator(name); });
}

void leave_hashes_out(Accounts& accounts) {
  for (Account& account : accounts.accounts) {
    for (Authentication& method : account.authentication) method.hash = Secret();
    account.second_password.reset();
    account.past_passwords.clear();
  }
}

/// A server that was just made, of the source's own kind: what its accounts use, it has.
AccountsTarget empty_server(const Flavor& flavor, const Accounts& accounts) {
  AccountsTarget target;
  target.flavor = flavor;
  target.accounts.rules = accounts.rules;
  target.me = {.user = "root", .host = "localhost"};
  for (const Account& account : accounts.accounts) {
    for (const Authentication& method : account.authentication)
      target.plugins.insert(method.plugin);
  }
  for (const Grant& grant : accounts.grants) {
    target.privileges.insert(grant.privileges.begin(), grant.privileges.end());
    target.databases.insert(grant.database);
  }
  for (const Restriction& one : accounts.restrictions) {
    target.privileges.insert(one.privileges.begin(), one.privileges.end());
    target.databases.insert(one.database);
  }
  return target;
}

void add(std::vector<std::string>& statements, const AccountsPlan& plan) {
  for (const AccountChange& change : plan.changes) {
    for (const std::string& statement : change.statements)
      statements.push_back(statement.ends_with(';') ? statement : statement + ";");
  }
}

}  // namespace

std::vector<std::string> account_names(const BackupContents& contents) {
  std::vector<std::string> names;
  for (const Account& account : accounts_in(contents).accounts)
    names.push_back(to_text(account.name));
  return names;
}

std::vector<std::string> account_script(const BackupContents& contents, Verifiers verifiers) {
  const Accounts all = accounts_in(contents);
  Accounts accounts = without_administrators(all);
  accounts.members = all.members;  // who may give a role to others counts, whoever it is
  if (verifiers == Verifiers::kLeftOut) leave_hashes_out(accounts);
  AccountsTarget target = empty_server(read_backup(contents).source, accounts);
  std::vector<std::string> statements;
  add(statements, plan_accounts(accounts, target, AccountsPolicy::kCreate));
  target.accounts.accounts = accounts.accounts;
  for (const Account& account : accounts.accounts) {
    target.created.insert(account.name);
    // Who makes a role of MariaDB becomes a member of it, and takes that back at the end.
    if (account.type == AccountType::kRole)
      target.accounts.members.push_back({.role = account.name, .member = target.me, .admin = true});
  }
  target.objects.emplace();
  for (const Grant& grant : accounts.grants) target.objects->insert(object_key(grant));
  add(statements, plan_grants(accounts, target, AccountsPolicy::kCreate));
  return statements;
}

std::string globals_with(const BackupContents& contents, const AccountFilter& wanted) {
  TextSink text;
  write_json(chosen(contents, wanted), text);
  return text.text();
}

}  // namespace vya::mysql
