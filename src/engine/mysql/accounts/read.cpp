#include "engine/mysql/accounts/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "engine/mysql/account.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kIrregular = {{
    {"GRANT", "GRANT OPTION"},
    {"CREATE TMP TABLE", "CREATE TEMPORARY TABLES"},
    {"SHOW DB", "SHOW DATABASES"},
    {"REPL SLAVE", "REPLICATION SLAVE"},
    {"REPL CLIENT", "REPLICATION CLIENT"},
    {"DELETE VERSIONING ROWS", "DELETE HISTORY"},
}};

/// Those settings of a session that reading and writing accounts depend on.
constexpr std::array<std::pair<const char*, const char*>, 2> kSettings = {{
    {"sql_mode", "''"},         // under others, texts are padded, or backslashes are no escapes
    {"time_zone", "'+00:00'"},  // of the times of past passwords
}};

}  // namespace

OwnSettings::OwnSettings(Connection& connection) : connection_(connection) {
  for (const auto& [name, value] : kSettings) {
    const auto was = connection.value(fmt::format("SELECT @@SESSION.{}", name)).value_or("");
    back_.push_back(fmt::format("SET SESSION {} = {}", name, quote_text(was)));
    connection.run(fmt::format("SET SESSION {} = {}", name, value));
  }
}

OwnSettings::~OwnSettings() {
  try {
    for (const std::string& statement : back_) {
      if (connection_.good()) connection_.run(statement);
    }
  } catch (...) {  // the session is lost, and its settings with it
  }
}

void AccountTables::query(const std::string& table, const std::string& sql,
                          const std::function<void(const RowView&)>& row) {
  try {
    connection_.each(sql, row);
  } catch (const SqlError& error) {
    if (!is_privilege_missing(error.number())) throw;
    if (!unread_.insert(table).second) return;
    gaps_.push_back({.kind = "accounts",
                     .what = "mysql." + table,
                     .why = fmt::format("the user may not read mysql.{}, so what it says of "
                                        "accounts is not in the backup",
                                        table),
                     .cure = grant_to_us(connection_, "SELECT")});
  }
}

void AccountTables::each(const std::string& table, const std::string& columns,
                         const std::function<void(const RowView&)>& row) {
  query(table, fmt::format("SELECT {} FROM mysql.{}", columns, quote_name(table)), row);
}

std::vector<std::string> AccountTables::columns(const std::string& table) {
  std::vector<std::string> names;
  query(table, "SHOW COLUMNS FROM mysql." + quote_name(table),
        [&](const RowView& row) { names.push_back(row.text(0)); });
  return names;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string privilege_of(std::string_view word) {
  constexpr std::string_view kEnd = "_priv";
  if (word.ends_with(kEnd)) word.remove_suffix(kEnd.size());
  std::string name = upper(std::string(word));
  std::ranges::replace(name, '_', ' ');
  const auto found = std::ranges::find(kIrregular, std::string_view(name),
                                       &std::pair<std::string_view, std::string_view>::first);
  return found == kIrregular.end() ? name : std::string(found->second);
}

void sort(Accounts& accounts) {
  for (Grant& grant : accounts.grants) {
    std::ranges::sort(grant.privileges);
    std::ranges::sort(grant.grantable);
  }
  for (Restriction& restriction : accounts.restrictions) std::ranges::sort(restriction.privileges);
  std::ranges::sort(accounts.accounts, {}, &Account::name);
  std::ranges::sort(accounts.grants, {}, [](const Grant& grant) {
    return std::tie(grant.account, grant.on, grant.database, grant.object, grant.column);
  });
  std::ranges::sort(accounts.restrictions, {}, [](const Restriction& restriction) {
    return std::tie(restriction.account, restriction.database);
  });
  std::ranges::sort(accounts.members, {},
                    [](const RoleMember& one) { return std::tie(one.role, one.member); });
  std::ranges::sort(accounts.default_roles, {},
                    [](const DefaultRole& one) { return std::tie(one.account, one.role); });
  std::ranges::sort(accounts.proxies, {},
                    [](const Proxy& one) { return std::tie(one.account, one.proxied); });
}

}  // namespace vya::mysql
