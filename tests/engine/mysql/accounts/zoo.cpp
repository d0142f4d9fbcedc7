#include "tests/engine/mysql/accounts/zoo.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "tests/world/test_file.h"

namespace vya::mysql {

namespace {

/// Runs statements of tests/engine/mysql/accounts/zoo/.
void run(const world::MysqlServer& server, const std::string& file) {
  server.query(world::test_file("engine/mysql/accounts/zoo/" + file + ".sql"));
}

std::string shown(const world::MysqlServer& server, const std::string& sql) {
  std::vector<std::string> lines;  // the server's order is that of its memory
  for (const world::TextRow& row : server.query("SET sql_mode = ''; " + sql)) {
    std::string& line = lines.emplace_back();
    for (const std::string& field : row) line += field + (row.size() > 1 ? " | " : "");
  }
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string quoted(std::string name) {
  for (std::size_t at = 0; (at = name.find('`', at)) != std::string::npos; at += 2)
    name.insert(at, 1, '`');
  return "`" + name + "`";
}

}  // namespace

std::vector<std::string> zoo_arguments(bool mariadb) {
  if (mariadb) return {};
  return {"--partial-revokes=OFF"};
}

void make_zoo_objects(const world::MysqlServer& server) {
  run(server, "objects");
  if (!server.mariadb()) return;
  run(server, "package");
  run(server, "package_body");
}

void make_zoo_accounts(const world::MysqlServer& server) {
  run(server, "names");
  run(server, "common");
  run(server, server.mariadb() ? "mariadb" : "mysql");
}

std::map<std::string, std::string> all_accounts(const world::MysqlServer& server) {
  std::map<std::string, std::string> all;
  const std::string is_role = server.mariadb() ? "is_role" : "'N'";
  for (const world::TextRow& row :
       server.query("SELECT User, Host, " + is_role +
                    " FROM mysql.user WHERE User <> 'root' AND User NOT LIKE 'mysql.%' AND User <> "
                    "'mariadb.sys'")) {
    const bool role = row[2] == "Y";
    std::string name = role ? quoted(row[0]) : quoted(row[0]) + "@" + quoted(row[1]);
    if (role && row[0] == "PUBLIC") name = "PUBLIC";
    std::string& text = all[name];
    if (!role) text += shown(server, "SHOW CREATE USER " + name);
    text += shown(server, "SHOW GRANTS FOR " + name);
  }
  all["(members)"] =
      shown(server, server.mariadb()
                        ? "SELECT User, Host, Role, Admin_option FROM mysql.roles_mapping ORDER BY "
                          "1, 2, 3"
                        : "SELECT * FROM mysql.role_edges ORDER BY 1, 2, 3, 4");
  if (!server.mariadb()) {
    all["(past)"] = shown(server, "SELECT * FROM mysql.password_history ORDER BY 1, 2, 3, 4");
    all["(more)"] = shown(server,
                          "SELECT User, Host, User_attributes, password_lifetime FROM mysql.user "
                          "WHERE User <> 'root' ORDER BY 1, 2");
    all["(rules)"] = shown(server, "SELECT @@mandatory_roles, @@partial_revokes");
  }
  return all;
}

std::string difference(const std::map<std::string, std::string>& wanted,
                       const std::map<std::string, std::string>& found) {
  std::string text;
  for (const auto& [name, value] : wanted) {
    const auto other = found.find(name);
    if (other == found.end()) text += name + " is missing\n";
    if (other != found.end() && other->second != value)
      text += name + " should be\n" + value + "and is\n" + other->second;
  }
  for (const auto& [name, value] : found) {
    if (!wanted.contains(name)) text += name + " is too many:\n" + value;
  }
  return text;
}

int account_statements(const world::MysqlServer& server) {
  constexpr std::array<std::string_view, 15> kNames = {"create_user", "alter_user",
                                                       "drop_user",   "rename_user",
                                                       "create_role", "drop_role",
                                                       "grant",       "revoke",
                                                       "insert",      "update",
                                                       "delete",      "replace",
                                                       "flush",       "execute_immediate",
                                                       "set_role"};
  int all = 0;
  for (const world::TextRow& row : server.query("SHOW GLOBAL STATUS LIKE 'Com\\_%'")) {
    const std::string_view name = std::string_view(row[0]).substr(4);
    const bool counts = std::ranges::any_of(
        kNames, [&](std::string_view begin) { return name.starts_with(begin); });
    if (counts) all += std::stoi(row[1]);
  }
  return all;
}

std::map<std::string, std::string> as_later_versions_say(std::map<std::string, std::string> all) {
  constexpr const char* kGlobal =
      "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, SHUTDOWN, PROCESS, FILE, REFERENCES, "
      "INDEX, ALTER, SHOW DATABASES, SUPER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, "
      "REPLICATION SLAVE, BINLOG MONITOR, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, "
      "CREATE USER, EVENT, TRIGGER, CREATE TABLESPACE, DELETE HISTORY, SET USER, FEDERATED ADMIN, "
      "CONNECTION ADMIN, READ_ONLY ADMIN, REPLICATION SLAVE ADMIN, REPLICATION MASTER ADMIN, "
      "BINLOG ADMIN, BINLOG REPLAY, SLAVE MONITOR";
  constexpr const char* kDatabase =
      "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY "
      "TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, "
      "TRIGGER, DELETE HISTORY";
  for (auto& [name, text] : all) {
    std::istringstream lines(text);
    std::string now;
    for (std::string line; std::getline(lines, line);) {
      constexpr std::string_view kAll = "GRANT ALL PRIVILEGES ON ";
      const bool is_all = line.starts_with(kAll);
      if (is_all && line.starts_with("GRANT ALL PRIVILEGES ON *.*")) {
        line.replace(6, 14, kGlobal);
      } else if (is_all && line.find("`.*") != std::string::npos) {
        line.replace(6, 14, kDatabase);
      }
      if (line.starts_with("GRANT PROXY")) std::ranges::replace(line, '\'', '`');
      now += line + "\n";
    }
    text = now;
  }
  return all;
}

}  // namespace vya::mysql
