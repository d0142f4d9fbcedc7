#include "engine/mysql/accounts/accounts.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

constexpr std::array<std::string_view, 4> kServersOwn = {"mysql.sys", "mysql.session",
                                                         "mysql.infoschema", "mariadb.sys"};

/// What the administrators of services are called, or begin with.
constexpr std::array<std::string_view, 9> kProviders = {
    "rdsadmin",      "rdsrepladmin",      "rdstopmgr",       "rds_superuser_role", "aurora_",
    "cloudsqladmin", "cloudsqlsuperuser", "azure_superuser", "event_scheduler"};

}  // namespace

std::string to_text(const AccountName& name) {
  return name.host.empty() ? name.user : name.user + "@" + name.host;
}

AccountName account_name(const std::string& text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

AccountName written_name(const std::string& text, Vendor vendor) {
  AccountName name = account_name(text);
  if (vendor == Vendor::kMysql && text.find('@') == std::string::npos) name.host = "%";
  return name;
}

bool is_system_account(const AccountName& name) {
  const auto begins = [&](std::string_view word) { return name.user.starts_with(word); };
  return std::ranges::find(kServersOwn, name.user) != kServersOwn.end() ||
         std::ranges::any_of(kProviders, begins);
}

bool is_administrator(const AccountName& name) {
  const bool is_packagers = name.user == "mysql" || name.user == "debian-sys-maint";
  return name.user == "root" || (is_packagers && name.host == "localhost");
}

const Account* Accounts::find(const AccountName& name) const {
  const auto found = std::ranges::lower_bound(accounts, name, {}, &Account::name);
  return found == accounts.end() || found->name != name ? nullptr : &*found;
}

Accounts read_accounts(Connection& connection, const Flavor& flavor, std::vector<Gap>& gaps) {
  const OwnSettings settings(connection);
  AccountTables tables(connection, gaps);
  Accounts accounts;
  if (flavor.mariadb()) {
    read_mariadb_accounts(tables, accounts);
  } else {
    read_mysql_accounts(tables, flavor, accounts);
  }
  if (tables.knows_accounts()) read_grants(tables, accounts);
  sort(accounts);
  return accounts;
}

}  // namespace vya::mysql
