// MariaDB's accounts: mysql.global_priv and the tables beside it.
//
// Global privileges alone are taken from SHOW GRANTS, up to ` ON *.* TO `, where nothing but
// keywords stands: the number in global_priv means other privileges depending on the version that
// wrote it, and only the server knows which.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/attributes.h"
#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

void read_account(const RowView& row, Accounts& to) {
  Account account;
  account.name = {row.text(0), row.text(1)};
  if (is_system_account(account.name)) return;
  if (const auto role = read_global_priv(row.text(2), account))
    to.default_roles.push_back({account.name, {*role, ""}});
  to.accounts.push_back(std::move(account));
}

/// What ALL PRIVILEGES stands for on this server.
std::vector<std::string> all_privileges(Connection& connection) {
  std::vector<std::string> all;
  connection.each("SHOW PRIVILEGES", [&](const RowView& row) {
    const std::string privilege = upper(row.text(0));
    if (privilege != "USAGE" && privilege != "PROXY" && privilege != "GRANT OPTION")
      all.push_back(privilege);
  });
  return all;
}

std::vector<std::string> split_list(const std::string& list) {
  std::vector<std::string> items;
  std::istringstream from(list);
  for (std::string item; std::getline(from >> std::ws, item, ',');) items.push_back(item);
  return items;
}

/// The privileges of `GRANT a, b ON *.* TO who ...`; nothing for other lines. Behind `who` stand
/// options, and passwords, in which WITH GRANT OPTION may occur: only the end counts.
std::optional<std::vector<std::string>> global_privileges(const std::string& line,
                                                          const std::string& who,
                                                          const std::vector<std::string>& all) {
  constexpr std::string_view kBegin = "GRANT ";
  const std::string on = " ON *.* TO " + who;
  const std::size_t found = line.find(" ON *.* TO ");
  if (!line.starts_with(kBegin) || line.find('`') < found || line.find('\'') < found ||
      found == std::string::npos || line.compare(found, on.size(), on) != 0) {
    return std::nullopt;
  }
  std::vector<std::string> privileges =
      split_list(line.substr(kBegin.size(), found - kBegin.size()));
  if (privileges == std::vector<std::string>{"ALL PRIVILEGES"}) privileges = all;
  std::erase(privileges, "USAGE");
  return privileges;
}

/// Whether the account may pass on its global privileges: bit 10 of its number, under all versions.
bool has_grant_option(const std::string& access) {
  constexpr unsigned long long kGrant = 1ull << 10;
  return (std::strtoull(access.c_str(), nullptr, 10) & kGrant) != 0;
}

/// Under skip_name_resolve the server uses no account with a host's name, and shows no grants of
/// it.
Gap unused_account(const AccountName& name) {
  return {.kind = "accounts",
          .what = to_text(name),
          .why =
              "the server does not use this account, because it resolves no host names "
              "(skip_name_resolve), and does not show its privileges on everything, which are "
              "not in the backup",
          .cure = "DROP USER " + quote_account(name, Vendor::kMariadb) +
                  ", if nobody needs it; or make it for an address"};
}

void read_global_privileges(AccountTables& tables, Accounts& to) {
  const std::vector<std::string> all = all_privileges(tables.connection());
  std::vector<std::pair<AccountName, std::string>> numbers;
  tables.each("global_priv", "User, Host, JSON_VALUE(Priv, '$.access')", [&](const RowView& row) {
    numbers.emplace_back(AccountName{row.text(0), row.text(1)}, row.text(2));
  });
  for (const auto& [name, access] : numbers) {
    if (to.find(name) == nullptr || access == "0") continue;
    Grant grant{.account = name, .on = "server"};
    const std::string who = quote_account(name, Vendor::kMariadb);
    try {
      tables.query("global_priv", "SHOW GRANTS FOR " + who, [&](const RowView& row) {
        if (auto privileges = global_privileges(row.text(0), who, all))
          grant.privileges = std::move(*privileges);
      });
    } catch (const SqlError& error) {
      if (error.number() != kNoSuchGrant) throw;
      tables.add(unused_account(name));
      continue;
    }
    if (has_grant_option(access)) grant.privileges.emplace_back("GRANT OPTION");
    if (!grant.privileges.empty()) to.grants.push_back(std::move(grant));
  }
}

}  // namespace

void read_mariadb_accounts(AccountTables& tables, Accounts& to) {
  tables.each("global_priv", "User, Host, Priv",
              [&](const RowView& row) { read_account(row, to); });
  if (!tables.knows_accounts()) return;
  std::ranges::sort(to.accounts, {}, &Account::name);
  read_global_privileges(tables, to);
  tables.each("roles_mapping", "User, Host, Role, Admin_option", [&](const RowView& row) {
    const AccountName member{row.text(0), row.text(1)};
    if (to.find(member) != nullptr)
      to.members.push_back(
          {.role = {row.text(2), ""}, .member = member, .admin = row.text(3) == "Y"});
  });
}

}  // namespace vya::mysql
