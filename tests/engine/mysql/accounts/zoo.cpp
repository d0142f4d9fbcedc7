#include "tests/engine/mysql/accounts/zoo.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace vya::mysql {

namespace {

constexpr const char* kObjects = R"sql(
CREATE DATABASE zoo; CREATE DATABASE `zo_o`; CREATE DATABASE `ünï db`; USE zoo;
CREATE TABLE animals (id INT PRIMARY KEY, name VARCHAR(20), `odd``col` INT);
CREATE TABLE keepers (id INT PRIMARY KEY, salary INT);
CREATE VIEW seen AS SELECT name FROM animals;
CREATE PROCEDURE feed() SELECT 1;
CREATE FUNCTION count_them() RETURNS INT DETERMINISTIC RETURN 1;
CREATE TABLE `zo_o`.t (i INT); CREATE TABLE `ünï db`.`tab``le` (i INT);
)sql";

constexpr const char* kPackage = R"sql(
USE zoo; SET sql_mode = 'ORACLE';
CREATE PACKAGE pack AS FUNCTION f RETURN INT; END;
)sql";

constexpr const char* kPackageBody =
    "USE zoo; SET sql_mode = 'ORACLE';"
    "CREATE PACKAGE BODY pack AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; END";

constexpr const char* kOddNames = R"sql(
CREATE USER 'o''brien'@'%' IDENTIFIED BY 'pw-brien';
CREATE USER '`tick`'@'localhost' IDENTIFIED BY 'pw-tick';
CREATE USER ''@'localhost';
CREATE USER 'ünï'@'%' IDENTIFIED BY 'pw-ünï';
CREATE USER 'a@b'@'10.0.0.0/255.0.0.0' IDENTIFIED BY 'pw';
CREATE USER '%'@'%' IDENTIFIED BY 'pw';
CREATE USER 'sp ace'@'%' IDENTIFIED BY 'pw';
CREATE USER 'back\\slash'@'%' IDENTIFIED BY 'pw';
CREATE USER '"double"'@'%' IDENTIFIED BY 'pw';
CREATE USER 'x234567890123456789012345678901'@'%' IDENTIFIED BY 'pw';
CREATE USER app@'%' IDENTIFIED BY 'pw-app';
CREATE USER app@'localhost' IDENTIFIED BY 'pw-local';
CREATE USER app@'192.168.%' IDENTIFIED BY 'pw-net' REQUIRE SSL;
CREATE USER nopass@'localhost';
CREATE USER reader@'localhost' IDENTIFIED BY 'pw-reader';
CREATE USER writer@'localhost' IDENTIFIED BY 'pw-writer';
)sql";

/// What both products say alike.
constexpr const char* kCommon = R"sql(
CREATE USER x509@'%' IDENTIFIED BY 'pw' REQUIRE X509;
CREATE USER cert@'%' IDENTIFIED BY 'pw' REQUIRE SUBJECT '/C=SE/O=org' AND ISSUER '/C=SE/CN=ca' AND CIPHER 'AES256';
CREATE USER issued@'%' IDENTIFIED BY 'pw' REQUIRE ISSUER '/C=SE/CN=ca';
CREATE USER limited@'%' IDENTIFIED BY 'pw' WITH MAX_QUERIES_PER_HOUR 9 MAX_UPDATES_PER_HOUR 8 MAX_CONNECTIONS_PER_HOUR 7 MAX_USER_CONNECTIONS 6;
CREATE USER locked@'localhost' IDENTIFIED BY 'pw' ACCOUNT LOCK;
CREATE USER expired@'localhost' IDENTIFIED BY 'pw' PASSWORD EXPIRE;
CREATE USER expires@'localhost' IDENTIFIED BY 'pw' PASSWORD EXPIRE INTERVAL 10 DAY;
ALTER USER expires@'localhost' PASSWORD EXPIRE;
CREATE USER forever@'localhost' IDENTIFIED BY 'pw' PASSWORD EXPIRE NEVER;
CREATE USER granter@'localhost' IDENTIFIED BY 'pw-granter', future@'%', dba@'localhost' IDENTIFIED BY 'pw-dba',
  backup@'localhost' IDENTIFIED BY 'pw', proxied@'%', proxying@'%' IDENTIFIED BY 'pw', passing@'%' IDENTIFIED BY 'pw';
GRANT SELECT ON zoo.* TO app@'%'; GRANT SELECT, INSERT ON zoo.* TO app@'localhost';
GRANT SELECT, UPDATE ON *.* TO '`tick`'@'localhost';
GRANT SELECT (id, name), INSERT (`odd``col`), UPDATE (name), DELETE ON zoo.animals TO granter@'localhost' WITH GRANT OPTION;
GRANT SELECT ON zoo.seen TO granter@'localhost'; GRANT SHOW VIEW, TRIGGER ON zoo.seen TO 'o''brien'@'%';
GRANT SELECT (id) ON zoo.keepers TO reader@'localhost';
GRANT ALL ON zoo.animals TO writer@'localhost';
GRANT EXECUTE ON PROCEDURE zoo.feed TO granter@'localhost' WITH GRANT OPTION;
GRANT EXECUTE, ALTER ROUTINE ON FUNCTION zoo.count_them TO reader@'localhost';
GRANT ALL ON `ünï db`.* TO 'ünï'@'%' WITH GRANT OPTION; GRANT SELECT ON `ünï db`.`tab``le` TO 'sp ace'@'%';
GRANT USAGE ON zoo.* TO 'back\\slash'@'%' WITH GRANT OPTION;
GRANT SELECT ON `not yet`.* TO future@'%'; GRANT CREATE, SELECT ON zoo.soon TO future@'%';
GRANT ALL ON *.* TO dba@'localhost' WITH GRANT OPTION;
GRANT SELECT, RELOAD, PROCESS, SHOW DATABASES, SHOW VIEW, EVENT, TRIGGER, LOCK TABLES, REPLICATION SLAVE,
  CREATE TEMPORARY TABLES, CREATE TABLESPACE, FILE ON *.* TO backup@'localhost';
GRANT PROXY ON proxied TO proxying; GRANT PROXY ON proxied TO passing WITH GRANT OPTION;
REVOKE GRANT OPTION ON *.* FROM passing;
CREATE ROLE r_read, r_write, r_all, r_chain1, r_chain2, r_chain3, r_chain4, r_empty, r_alone, r_first, r_second, `r'quote`,
  `r ünï`, r_admin, r_routine, r_global;
GRANT SELECT ON zoo.* TO r_read; GRANT INSERT, UPDATE, DELETE ON zoo.* TO r_write; GRANT ALL ON zoo.* TO r_all;
GRANT SELECT (name) ON zoo.animals TO `r'quote`; GRANT EXECUTE ON PROCEDURE zoo.feed TO r_routine;
GRANT PROCESS, RELOAD ON *.* TO r_global; GRANT SELECT ON `zo_o`.t TO `r ünï`;
GRANT r_read TO reader@'localhost'; GRANT r_read TO writer@'localhost'; GRANT r_write TO writer@'localhost'; GRANT r_chain1 TO r_chain2;
GRANT r_chain2 TO r_chain3; GRANT r_chain3 TO r_chain4; GRANT r_chain4 TO granter@'localhost' WITH ADMIN OPTION;
GRANT r_first TO app@'localhost'; GRANT r_second TO app@'localhost'; GRANT `r'quote` TO app@'localhost'; GRANT r_admin TO r_all WITH ADMIN OPTION;
GRANT `r ünï` TO 'o''brien'@'%';
)sql";

constexpr const char* kMysql = R"sql(
INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'; INSTALL PLUGIN mysql_no_login SONAME 'mysql_no_login.so';
CREATE USER history@'localhost' IDENTIFIED BY 'pw-one' PASSWORD HISTORY 5 PASSWORD REUSE INTERVAL 30 DAY;
ALTER USER history@'localhost' IDENTIFIED BY 'pw-two'; ALTER USER history@'localhost' IDENTIFIED BY 'pw-three';
CREATE USER 'current'@'%' IDENTIFIED BY 'pw' PASSWORD REQUIRE CURRENT; CREATE USER 'optional'@'%' IDENTIFIED BY 'pw';
ALTER USER 'optional'@'%' PASSWORD REQUIRE CURRENT OPTIONAL;
CREATE USER tracked@'%' IDENTIFIED BY 'pw' FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME UNBOUNDED;
CREATE USER days@'%' IDENTIFIED BY 'pw' FAILED_LOGIN_ATTEMPTS 4 PASSWORD_LOCK_TIME 2;
CREATE USER commented@'%' COMMENT 'o''brien''s "quote" \\ ünï';
CREATE USER attributed@'%' IDENTIFIED BY 'pw' ATTRIBUTE '{"z": {"b": [1, 2.5, "x"]}, "a": true}';
CREATE USER 'dual'@'localhost' IDENTIFIED BY 'pw-old'; ALTER USER 'dual'@'localhost' IDENTIFIED BY 'pw-new' RETAIN CURRENT PASSWORD;
CREATE USER dual_expired@'localhost' IDENTIFIED BY 'pw-old' PASSWORD EXPIRE INTERVAL 3 DAY;
ALTER USER dual_expired@'localhost' IDENTIFIED BY 'pw-new' RETAIN CURRENT PASSWORD; ALTER USER dual_expired@'localhost' PASSWORD EXPIRE;
CREATE USER factors@'localhost' IDENTIFIED BY 'pw' AND IDENTIFIED WITH auth_socket AS 'bob';
CREATE USER socket@'localhost' IDENTIFIED WITH auth_socket AS 'bob';
CREATE USER nologin@'%' IDENTIFIED WITH mysql_no_login;
CREATE USER sha256@'%' IDENTIFIED WITH sha256_password BY 'pw';
CREATE USER nohost@'' IDENTIFIED BY 'pw';
CREATE USER op@'%', op_plain@'%', op_passing@'%', 'restricted'@'localhost' IDENTIFIED BY 'pw-restricted', narrow@'%';
GRANT SELECT, BACKUP_ADMIN, CLONE_ADMIN ON *.* TO op@'%'; GRANT BINLOG_ADMIN ON *.* TO op@'%' WITH GRANT OPTION;
GRANT SELECT ON *.* TO op_plain@'%' WITH GRANT OPTION; GRANT XA_RECOVER_ADMIN ON *.* TO op_plain@'%';
GRANT RELOAD, CONNECTION_ADMIN, ROLE_ADMIN ON *.* TO op_passing@'%' WITH GRANT OPTION;
SET PERSIST partial_revokes = ON;
GRANT SELECT, INSERT, UPDATE ON *.* TO 'restricted'@'localhost'; REVOKE SELECT, INSERT ON `zo_o`.* FROM 'restricted'@'localhost';
REVOKE UPDATE ON mysql.* FROM 'restricted'@'localhost';
GRANT ALL ON *.* TO narrow@'%' WITH GRANT OPTION; REVOKE DROP, CREATE ON zoo.* FROM narrow@'%';
GRANT SELECT ON `zo_o`.* TO app@'%';
CREATE ROLE 'r_host'@'app.example', r_mandatory; GRANT SELECT ON zoo.seen TO r_mandatory; SET PERSIST mandatory_roles = 'r_mandatory';
GRANT 'r_host'@'app.example' TO writer@'localhost' WITH ADMIN OPTION;
GRANT r_read TO writer@'localhost' WITH ADMIN OPTION;
SET DEFAULT ROLE r_first, r_second TO app@'localhost'; SET DEFAULT ROLE ALL TO writer@'localhost';
)sql";

constexpr const char* kMariadb = R"sql(
CREATE USER either@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD('pw-either') OR unix_socket;
CREATE USER three@'localhost' IDENTIFIED VIA unix_socket AS 'bob' OR mysql_native_password USING PASSWORD('pw-three') OR mysql_native_password USING 'invalid';
CREATE USER socket@'localhost' IDENTIFIED VIA unix_socket; CREATE USER socket_as@'localhost' IDENTIFIED VIA unix_socket AS 'bob';
CREATE USER invalid@'localhost' IDENTIFIED VIA mysql_native_password USING 'invalid' ACCOUNT LOCK;
CREATE USER old@'%' IDENTIFIED VIA mysql_old_password USING '6f8c114b58f2ce9e';
CREATE USER slow@'%' IDENTIFIED BY 'pw' WITH MAX_STATEMENT_TIME 1.5 MAX_USER_CONNECTIONS -1;
CREATE USER 'super'@'%' IDENTIFIED BY 'pw', op@'%' IDENTIFIED BY 'pw', history@'%' IDENTIFIED BY 'pw';
GRANT SUPER, BINLOG ADMIN, BINLOG MONITOR, SET USER ON *.* TO 'super'@'%'; GRANT CONNECTION ADMIN, READ_ONLY ADMIN, FEDERATED ADMIN,
  SLAVE MONITOR, REPLICATION SLAVE ADMIN, REPLICATION MASTER ADMIN, BINLOG REPLAY ON *.* TO op@'%' WITH GRANT OPTION;
GRANT DELETE HISTORY ON zoo.* TO history@'%'; GRANT DELETE HISTORY ON zoo.animals TO history@'%';
CREATE ROLE r_owned WITH ADMIN granter@'localhost'; CREATE ROLE r_by_role WITH ADMIN r_admin;
CREATE ROLE r_orphan WITH ADMIN CURRENT_USER; GRANT SELECT ON zoo.keepers TO r_orphan; REVOKE r_orphan FROM CURRENT_USER;
CREATE ROLE r_member WITH ADMIN CURRENT_USER; REVOKE ADMIN OPTION FOR r_member FROM CURRENT_USER;
GRANT r_empty TO PUBLIC; GRANT SELECT ON `zo_o`.t TO PUBLIC; GRANT EXECUTE ON PROCEDURE zoo.feed TO PUBLIC;
GRANT SELECT ON `zo\_o`.* TO app@'%'; GRANT SELECT ON `z%`.* TO writer@'localhost';
SET DEFAULT ROLE r_first FOR app@'localhost'; SET DEFAULT ROLE r_write FOR writer@'localhost';
SET sql_mode = 'ORACLE'; GRANT EXECUTE ON PACKAGE zoo.pack TO reader@'localhost'; GRANT EXECUTE ON PACKAGE BODY zoo.pack TO reader@'localhost';
)sql";

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
  server.query(kObjects);
  if (!server.mariadb()) return;
  server.query(kPackage);
  server.query(kPackageBody);
}

void make_zoo_accounts(const world::MysqlServer& server) {
  server.query(kOddNames);
  server.query(kCommon);
  server.query(server.mariadb() ? kMariadb : kMysql);
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
