#include "engine/mysql/accounts/look_at_target.h"

#include <fmt/format.h>

#include "engine/mysql/accounts/read.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

std::set<std::string> texts(Connection& connection, const std::string& sql) {
  std::set<std::string> all;
  connection.each(sql, [&](const RowView& row) { all.insert(row.text(0)); });
  return all;
}

/// A list for IN (...), or nothing when no grant is on one of those.
template <typename Is>
std::string databases_of(const std::vector<Grant>& grants, Is is) {
  std::set<std::string> names;
  for (const Grant& grant : grants) {
    if (is(grant)) names.insert(quote_text(grant.database));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

bool is_relation(const Grant& grant) { return grant.on == "table" || grant.on == "column"; }

bool is_routine(const Grant& grant) {
  return grant.on != "server" && grant.on != "database" && !is_relation(grant);
}

}  // namespace

void look_at_target(Connection& connection, AccountsTarget& target, std::vector<Gap>& gaps) {
  target.accounts = read_accounts(connection, target.flavor, gaps);
  target.me = account_name(connection.value("SELECT CURRENT_USER()").value_or(""));
  target.plugins = texts(connection,
                         "SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_TYPE = "
                         "'AUTHENTICATION' AND PLUGIN_STATUS = 'ACTIVE'");
  target.databases = texts(connection, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA");
  target.privileges.clear();
  for (const std::string& name : texts(connection, "SHOW PRIVILEGES"))
    target.privileges.insert(upper(name));
}

std::set<std::string> objects_there(Connection& connection, const std::vector<Grant>& grants) {
  std::set<std::string> keys;
  const auto add = [&](const std::string& sql) {
    connection.each(sql, [&](const RowView& row) {
      keys.insert(object_key({.on = lower(row.text(0)),
                              .database = row.text(1),
                              .object = row.text(2),
                              .column = row.text(3)}));
    });
  };
  if (const std::string in = databases_of(grants, is_relation); !in.empty()) {
    add("SELECT 'table', TABLE_SCHEMA, TABLE_NAME, '' FROM information_schema.TABLES WHERE "
        "TABLE_SCHEMA IN (" +
        in + ")");
  }
  const auto is_column = [](const Grant& grant) { return grant.on == "column"; };
  if (const std::string in = databases_of(grants, is_column); !in.empty()) {
    add("SELECT 'column', TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS "
        "WHERE TABLE_SCHEMA IN (" +
        in + ")");
  }
  if (const std::string in = databases_of(grants, is_routine); !in.empty()) {
    add("SELECT ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME, '' FROM information_schema.ROUTINES "
        "WHERE ROUTINE_SCHEMA IN (" +
        in + ")");
  }
  return keys;
}

}  // namespace vya::mysql
