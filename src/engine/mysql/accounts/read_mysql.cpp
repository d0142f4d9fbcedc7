// MySQL's accounts: mysql.user and the tables beside it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/bytes.h"
#include "engine/mysql/accounts/attributes.h"
#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

std::int64_t number(const RowView& row, unsigned column) {
  return std::strtoll(row.text(column).c_str(), nullptr, 10);
}

std::optional<std::int64_t> optional_number(const RowView& row, unsigned column) {
  if (!row.optional_text(column)) return std::nullopt;
  return number(row, column);
}

Secret hex(const RowView& row, unsigned column) {
  return Secret(to_hex(as_bytes(row.text(column))));
}

/// In the order in which read_account() takes them.
constexpr const char* kColumns =
    "User, Host, plugin, authentication_string, ssl_type, ssl_cipher, x509_issuer, x509_subject, "
    "max_questions, max_updates, max_connections, max_user_connections, account_locked, "
    "password_expired, password_lifetime, Password_reuse_history, Password_reuse_time, "
    "Password_require_current, User_attributes";

void read_account(const RowView& row, Accounts& to) {
  Account account;
  account.name = {row.text(0), row.text(1)};
  if (is_system_account(account.name)) return;
  account.authentication.push_back({row.text(2), hex(row, 3)});
  account.tls = {row.text(4), row.text(5), row.text(6), row.text(7)};
  account.limits.questions = number(row, 8);
  account.limits.updates = number(row, 9);
  account.limits.connections = number(row, 10);
  account.limits.user_connections = number(row, 11);
  account.locked = row.text(12) == "Y";
  account.expired = row.text(13) == "Y";
  account.policy.lifetime_days = optional_number(row, 14);
  account.policy.reuse_history = optional_number(row, 15);
  account.policy.reuse_days = optional_number(row, 16);
  if (const auto required = row.optional_text(17)) account.policy.require_current = required == "Y";
  if (const auto json = row.optional_text(18))
    read_user_attributes(*json, account, to.restrictions);
  to.accounts.push_back(std::move(account));
}

/// The privileges that have a column each in mysql.user.
void read_static_privileges(AccountTables& tables, std::map<AccountName, Grant>& grants) {
  std::string columns = "User, Host";
  std::vector<std::string> privileges;
  for (const std::string& column : tables.columns("user")) {
    if (!column.ends_with("_priv")) continue;
    columns += ", " + column;
    privileges.push_back(privilege_of(column));
  }
  tables.each("user", columns, [&](const RowView& row) {
    for (unsigned i = 0; i < privileges.size(); ++i) {
      if (row.text(i + 2) == "Y")
        grants[{row.text(0), row.text(1)}].privileges.push_back(privileges[i]);
    }
  });
}

void read_dynamic_privileges(AccountTables& tables, std::map<AccountName, Grant>& grants) {
  tables.each("global_grants", "USER, HOST, PRIV, WITH_GRANT_OPTION", [&](const RowView& row) {
    Grant& grant = grants[{row.text(0), row.text(1)}];
    grant.privileges.push_back(row.text(2));
    if (row.text(3) == "Y") grant.grantable.push_back(row.text(2));
  });
}

void read_past_passwords(AccountTables& tables, Accounts& to) {
  tables.query(
      "password_history",
      "SELECT User, Host, DATE_FORMAT(Password_timestamp, '%Y-%m-%d %H:%i:%s.%f'), Password "
      "FROM mysql.password_history ORDER BY Password_timestamp, Password",
      [&](const RowView& row) {
        const AccountName name{row.text(0), row.text(1)};
        const auto account = std::ranges::find(to.accounts, name, &Account::name);
        if (account != to.accounts.end())
          account->past_passwords.push_back({row.text(2), hex(row, 3)});
      });
}

void read_roles(AccountTables& tables, Accounts& to) {
  tables.each("role_edges", "FROM_USER, FROM_HOST, TO_USER, TO_HOST, WITH_ADMIN_OPTION",
              [&](const RowView& row) {
                to.members.push_back({.role = {row.text(0), row.text(1)},
                                      .member = {row.text(2), row.text(3)},
                                      .admin = row.text(4) == "Y"});
              });
  tables.each(
      "default_roles", "USER, HOST, DEFAULT_ROLE_USER, DEFAULT_ROLE_HOST", [&](const RowView& row) {
        to.default_roles.push_back({{row.text(0), row.text(1)}, {row.text(2), row.text(3)}});
      });
}

}  // namespace

void read_mysql_accounts(AccountTables& tables, const Flavor& flavor, Accounts& to) {
  to.rules.mandatory_roles =
      flavor.has("mandatory_roles")
          ? tables.connection().value("SELECT @@GLOBAL.mandatory_roles").value_or("")
          : "";
  to.rules.partial_revokes = flavor.has("partial_revokes") &&
                             tables.connection().value("SELECT @@GLOBAL.partial_revokes") == "1";
  tables.each("user", kColumns, [&](const RowView& row) { read_account(row, to); });
  if (!tables.knows_accounts()) return;
  std::ranges::sort(to.accounts, {}, &Account::name);
  std::map<AccountName, Grant> grants;
  read_static_privileges(tables, grants);
  read_dynamic_privileges(tables, grants);
  for (auto& [name, grant] : grants) {
    grant.account = name;
    grant.on = "server";
    if (to.find(name) != nullptr) to.grants.push_back(std::move(grant));
  }
  read_past_passwords(tables, to);
  read_roles(tables, to);
}

}  // namespace vya::mysql
