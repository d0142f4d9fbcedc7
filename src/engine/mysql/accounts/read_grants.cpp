// Privileges on databases, tables, columns and routines, and proxies: MySQL and MariaDB keep them
// in tables of the same names.
#include <algorithm>
#include <cctype>
#include <sstream>

#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

/// The privileges of a column of type SET: `Select,Show view`.
std::vector<std::string> privileges_of(const std::string& set) {
  std::vector<std::string> privileges;
  std::istringstream words(set);
  for (std::string word; std::getline(words, word, ',');) privileges.push_back(privilege_of(word));
  return privileges;
}

void add(Accounts& to, Grant grant) {
  if (!grant.privileges.empty() && to.find(grant.account) != nullptr)
    to.grants.push_back(std::move(grant));
}

void read_databases(AccountTables& tables, Accounts& to) {
  std::string columns = "User, Host, Db";
  std::vector<std::string> privileges;
  for (const std::string& column : tables.columns("db")) {
    if (!column.ends_with("_priv")) continue;
    columns += ", " + column;
    privileges.push_back(privilege_of(column));
  }
  tables.each("db", columns, [&](const RowView& row) {
    Grant grant{.account = {row.text(0), row.text(1)}, .on = "database", .database = row.text(2)};
    for (unsigned i = 0; i < privileges.size(); ++i) {
      if (row.text(i + 3) == "Y") grant.privileges.push_back(privileges[i]);
    }
    add(to, std::move(grant));
  });
}

}  // namespace

void read_grants(AccountTables& tables, Accounts& to) {
  read_databases(tables, to);
  tables.each("tables_priv", "User, Host, Db, Table_name, Table_priv", [&](const RowView& row) {
    add(to, {.account = {row.text(0), row.text(1)},
             .on = "table",
             .database = row.text(2),
             .object = row.text(3),
             .privileges = privileges_of(row.text(4))});
  });
  tables.each("columns_priv", "User, Host, Db, Table_name, Column_name, Column_priv",
              [&](const RowView& row) {
                add(to, {.account = {row.text(0), row.text(1)},
                         .on = "column",
                         .database = row.text(2),
                         .object = row.text(3),
                         .column = row.text(4),
                         .privileges = privileges_of(row.text(5))});
              });
  tables.each("procs_priv", "User, Host, Db, Routine_name, Routine_type, Proc_priv",
              [&](const RowView& row) {
                add(to, {.account = {row.text(0), row.text(1)},
                         .on = lower(row.text(4)),
                         .database = row.text(2),
                         .object = row.text(3),
                         .privileges = privileges_of(row.text(5))});
              });
  tables.each("proxies_priv", "User, Host, Proxied_user, Proxied_host, With_grant",
              [&](const RowView& row) {
                const AccountName account{row.text(0), row.text(1)};
                if (to.find(account) != nullptr)
                  to.proxies.push_back({account, {row.text(2), row.text(3)}, row.text(4) == "1"});
              });
}

}  // namespace vya::mysql
