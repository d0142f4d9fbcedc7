// A zoo of accounts for each of the two products: everything that an account can have, oddly named.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "tests/world/mysql.h"

namespace vya::mysql {

/// What grants of the zoo are on: databases with tables and routines.
void make_zoo_objects(const world::MysqlServer& server);

/// Users and roles, at least 30 and 15, and all that they may do.
void make_zoo_accounts(const world::MysqlServer& server);

/// Options that a server of the zoo starts with.
std::vector<std::string> zoo_arguments(bool mariadb);

/// Every account but the server's own and root, by name: what SHOW CREATE USER and SHOW GRANTS say,
/// and what neither shows.
std::map<std::string, std::string> all_accounts(const world::MysqlServer& server);

/// Those that differ, with what is wanted and what is there; empty when none do.
std::string difference(const std::map<std::string, std::string>& wanted,
                       const std::map<std::string, std::string>& found);

/// How many statements that change accounts the server has run, failed ones among them.
int account_statements(const world::MysqlServer& server);

/// The accounts with one of those privileges spelled out that `ALL PRIVILEGES` stands for on
/// MariaDB 10.11: a later version knows more.
std::map<std::string, std::string> as_later_versions_say(std::map<std::string, std::string> all);

}  // namespace vya::mysql
