// What a restore does with accounts that are there, with what the target lacks, and what it says.
#include <algorithm>

#include "base/bytes.h"
#include "tests/engine/mysql/accounts/fixture.h"

namespace vya::mysql {
namespace {

using AccountsRestoreTest = MysqlAccountsTest;
VYA_ON_EVERY_MYSQL(AccountsRestoreTest);

constexpr const char* kAccounts =
    "CREATE DATABASE d; CREATE TABLE d.t (i INT, j INT); CREATE USER app@'%' IDENTIFIED BY 'pw' "
    "REQUIRE SSL;"
    "GRANT SELECT ON d.* TO app@'%'; CREATE ROLE r; GRANT INSERT ON d.t TO r; GRANT r TO app@'%';"
    "CREATE USER other@'%' IDENTIFIED BY 'pw'; GRANT SELECT (i) ON d.t TO other@'%'";

TEST_P(AccountsRestoreTest, SkipDoesNothing) {
  const auto source = make_server();
  source->query(kAccounts);
  const auto target = make_server();

  const Restored restored = restore(request_of(*source, AccountsPolicy::kSkip), *target);

  EXPECT_EQ(restored.statements, 0);
  EXPECT_TRUE(restored.steps.empty());
  EXPECT_TRUE(restored.gaps.empty());
  EXPECT_FALSE(all_accounts(*target).contains("`app`@`%`"));
}

TEST_P(AccountsRestoreTest, NobodyOverwritesAdministrators) {
  const auto source = make_server();
  source->query(
      "CREATE USER me@'localhost' IDENTIFIED BY 'theirs'; GRANT SELECT ON *.* TO me@'localhost';"
      "ALTER USER root@'localhost' IDENTIFIED BY 'theirs'");
  AccountsRequest request;
  request.backup = accounts_of(*source, "theirs");
  request.source = Server(address_of(*source, "root", "theirs")).facts();
  request.options.accounts = AccountsPolicy::kConverge;
  const auto target = make_server();
  target->query(
      "CREATE USER me@'localhost' IDENTIFIED BY 'mine'; GRANT ALL ON *.* TO me@'localhost' WITH "
      "GRANT OPTION");

  Connection connection(address_of(*target, "me", "mine"));
  AccountsRestore accounts(request, connection, Server(address_of(*target)).flavor());
  accounts.create(connection);
  accounts.grant(connection);

  EXPECT_TRUE(can_log_in(*target, "root", ""));
  EXPECT_TRUE(can_log_in(*target, "me", "mine"));
  Restored restored{.steps = accounts.steps(), .gaps = accounts.gaps()};
  EXPECT_NE(
      restored.plan().find("accounts: leave `me`@`localhost` as it is: it is the account that"),
      std::string::npos)
      << restored.plan();
  EXPECT_NE(
      restored.plan().find("accounts: leave `root`@`localhost` as it is: it is the target's own"),
      std::string::npos)
      << restored.plan();
  EXPECT_TRUE(restored.has_gap("kept-account:me@localhost")) << restored.gap_text();
}

TEST_P(AccountsRestoreTest, WhoStaysAsHeIsMayUseTheDatabasesThatComeBack) {
  const auto source = make_server();
  source->query(kAccounts);
  source->query("GRANT SELECT ON own.* TO app@'%'; GRANT UPDATE ON *.* TO app@'%'");
  const auto target = make_server();
  target->query(
      "CREATE DATABASE own; CREATE TABLE own.t (i INT); CREATE USER app@'%' IDENTIFIED BY 'mine'; "
      "GRANT DELETE ON d.* TO app@'%'; CREATE USER other@'%' IDENTIFIED BY 'mine'");
  AccountsRequest request = request_of(*source);
  request.databases.emplace()["d"] = "d";

  const Restored restored =
      restore(request, *target, "CREATE DATABASE d; CREATE TABLE d.t (i INT, j INT)");

  EXPECT_EQ(tries(*target, "app", "mine", "SELECT * FROM d.t"), "");
  EXPECT_EQ(tries(*target, "app", "mine", "DELETE FROM d.t"), "") << "nothing is taken away";
  EXPECT_NE(tries(*target, "app", "mine", "SELECT * FROM own.t"), "");
  EXPECT_NE(tries(*target, "app", "mine", "UPDATE d.t SET i = 1"), "");
  EXPECT_EQ(tries(*target, "other", "mine", "SELECT i FROM d.t"), "");
  EXPECT_NE(tries(*target, "other", "mine", "SELECT j FROM d.t"), "");
  const auto gap = [&](const std::string& id) {
    const auto found = std::ranges::find(restored.gaps, id, &Gap::id);
    return found == restored.gaps.end() ? "" : found->why;
  };
  EXPECT_TRUE(gap("kept-account:app@%").ends_with("authentication, TLS, privileges, roles"))
      << restored.gap_text();
  EXPECT_TRUE(gap("kept-account:other@%").ends_with("differs in: authentication"))
      << restored.gap_text();
  EXPECT_NE(restored.plan().find("grants: GRANT SELECT ON `d`.* TO `app`@`%`"), std::string::npos)
      << restored.plan();
}

/// MySQL shows a limit that was named, a zero too, until it reads its tables anew; the zoo makes
/// it.
TEST_P(AccountsRestoreTest, OneLimitNamesNoOthers) {
  const auto source = make_server();
  source->query("CREATE USER app@'%' IDENTIFIED BY 'pw' WITH MAX_USER_CONNECTIONS 6");
  const auto target = make_server();

  restore(request_of(*source), *target);

  EXPECT_EQ(all_accounts(*target).at("`app`@`%`"), all_accounts(*source).at("`app`@`%`"));
}

TEST_P(AccountsRestoreTest, ConvergeTakesAwayWhatTheBackupDoesNotHave) {
  const auto source = make_server();
  source->query(kAccounts);
  const auto target = make_server();
  target->query(kAccounts);
  target->query(
      "GRANT DELETE ON d.* TO app@'%'; GRANT SELECT ON *.* TO app@'%' WITH GRANT OPTION; GRANT "
      "UPDATE (j) "
      "ON d.t TO other@'%'; CREATE ROLE r2; GRANT r2 TO app@'%'; GRANT r TO other@'%' WITH ADMIN "
      "OPTION;"
      "GRANT DELETE ON d.t TO r; ALTER USER app@'%' IDENTIFIED BY 'x' REQUIRE NONE ACCOUNT LOCK;"
      "CREATE USER alien@'%'; GRANT PROXY ON app@'%' TO other@'%'");
  AccountsRequest request = request_of(*source, AccountsPolicy::kConverge);
  request.databases.emplace()["d"] = "d";

  const Restored restored = restore(request, *target);

  EXPECT_EQ(restored.gap_text(), "");
  auto all = all_accounts(*target);
  for (const char* name : {"`app`@`%`", "`other`@`%`", on_mariadb() ? "`r`" : "`r`@`%`"})
    EXPECT_EQ(all[name], all_accounts(*source).at(name));
  EXPECT_TRUE(all.contains("`alien`@`%`"));
  EXPECT_EQ(restore(request, *target).statements, 0);
}

TEST_P(AccountsRestoreTest, WhatIsMissingIsNamedWithItsStatement) {
  const auto source = make_server();
  source->query(kAccounts);
  source->query("CREATE PROCEDURE d.p() SELECT 1; GRANT EXECUTE ON PROCEDURE d.p TO other@'%'");
  const auto target = make_server();

  const Restored restored =
      restore(request_of(*source), *target, "CREATE DATABASE d; CREATE TABLE d.u (i INT)");

  const std::string role = on_mariadb() ? "r" : "r@%";
  EXPECT_TRUE(restored.has_gap("grant:" + role + " on `d`.`t`")) << restored.gap_text();
  EXPECT_TRUE(restored.has_gap("grant:other@% on `d`.`t`")) << restored.gap_text();
  EXPECT_TRUE(restored.has_gap("grant:other@% on PROCEDURE `d`.`p`")) << restored.gap_text();
  EXPECT_NE(restored.gap_text().find("GRANT SELECT (`i`) ON `d`.`t` TO `other`@`%`"),
            std::string::npos);
  EXPECT_EQ(restore(request_of(*source, AccountsPolicy::kConverge), *target).statements, 0);
}

TEST_P(AccountsRestoreTest, AnAccountWhosePluginIsMissingIsLocked) {
  const auto source = make_server();
  const std::string plugin = on_mariadb() ? "unix_socket" : "auth_socket";
  source->query(on_mariadb() ? "CREATE USER u@'localhost' IDENTIFIED VIA unix_socket"
                             : "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'; CREATE USER "
                               "u@'localhost' IDENTIFIED WITH auth_socket");
  source->query("GRANT SELECT ON *.* TO u@'localhost'");
  const auto target = on_mariadb() ? make_server({"--unix-socket=OFF"}) : make_server();

  const Restored restored = restore(request_of(*source), *target);

  EXPECT_TRUE(restored.has_gap("authentication-plugin:u@localhost")) << restored.gap_text();
  EXPECT_NE(restored.gap_text().find("'" + plugin + "'"), std::string::npos);
  const std::string now = all_accounts(*target).at("`u`@`localhost`");
  EXPECT_NE(now.find("ACCOUNT LOCK"), std::string::npos) << now;
  EXPECT_NE(now.find("GRANT SELECT ON *.*"), std::string::npos) << now;
  target->query("ALTER USER u@'localhost' ACCOUNT UNLOCK");
  EXPECT_FALSE(can_log_in(*target, "u", "")) << "without a lock anybody could log in";
  EXPECT_EQ(restore(request_of(*source), *target).statements, 0);
}

TEST_P(AccountsRestoreTest, NoHashIsEverSaid) {
  const auto source = make_zoo();
  const auto target = make_server(zoo_arguments(on_mariadb()));
  const AccountsRequest request = request_of(*source, AccountsPolicy::kConverge);
  target->query("CREATE USER app@'localhost' IDENTIFIED BY 'other'");
  Restored restored = restore(request, *target, "zoo");
  std::string said = restored.plan() + restored.gap_text() + restored.created + restored.granted;

  EXPECT_FALSE(said.empty());
  for (const Account& account : request.backup.accounts) {
    for (const Authentication& method : account.authentication) {
      if (method.hash.reveal().size() < 20) continue;
      EXPECT_EQ(said.find(method.hash.reveal()), std::string::npos);
      EXPECT_EQ(said.find(*from_hex(method.hash.reveal())), std::string::npos);
    }
  }
  EXPECT_EQ(said.find("IDENTIFIED"), std::string::npos);
}

TEST_P(AccountsRestoreTest, WhatTheServerRefusesOfOneAccountKeepsNoOtherAway) {
  AccountsRequest request;
  request.source.product = on_mariadb() ? "MariaDB" : "MySQL";
  const std::string plugin = on_mariadb() ? "mysql_native_password" : "caching_sha2_password";
  const Secret bad("6e6f2068617368");  // "no hash"
  request.backup.accounts = {{.name = {"bad", "%"}, .authentication = {{plugin, bad}}},
                             {.name = {"good", "%"}, .authentication = {{plugin, Secret()}}}};
  request.backup.grants = {{.account = {"bad", "%"}, .on = "server", .privileges = {"SELECT"}},
                           {.account = {"good", "%"}, .on = "server", .privileges = {"SELECT"}}};
  const auto target = make_server();

  const Restored restored = restore(request, *target);

  EXPECT_TRUE(restored.has_gap("account:bad@%")) << restored.gap_text();
  EXPECT_EQ(restored.gap_text().find("no hash"), std::string::npos);
  EXPECT_EQ(restored.gap_text().find(bad.reveal()), std::string::npos);
  EXPECT_EQ(restored.created, "1 account");
  EXPECT_NE(all_accounts(*target).at("`good`@`%`").find("GRANT SELECT ON *.*"), std::string::npos);
}

TEST_P(AccountsRestoreTest, TheOtherProductIsRefused) {
  AccountsRequest request;
  request.source.product = on_mariadb() ? "MySQL" : "MariaDB";
  const auto target = make_server();

  const Restored restored = restore(request, *target);

  ASSERT_EQ(restored.refusals.size(), 1u);
  EXPECT_NE(restored.refusals[0].find("--accounts skip"), std::string::npos);
}

TEST_P(AccountsRestoreTest, AUserWhoMayNotReadAccountsIsAGapOfTheBackup) {
  const auto source = make_server();
  source->query(
      "CREATE USER poor@'localhost' IDENTIFIED BY 'pw'; GRANT RELOAD ON *.* TO poor@'localhost'");
  const Server server(address_of(*source, "poor", "pw"));
  const auto connection = server.connect([] {});
  std::vector<Gap> gaps;

  const Accounts accounts = read_accounts(*connection, server.flavor(), gaps);

  EXPECT_TRUE(accounts.accounts.empty());
  ASSERT_FALSE(gaps.empty());
  EXPECT_EQ(gaps[0].id(), on_mariadb() ? "accounts:mysql.global_priv" : "accounts:mysql.user");
  EXPECT_EQ(gaps[0].cure, "GRANT SELECT ON *.* TO `poor`@`localhost`;");
}

}  // namespace
}  // namespace vya::mysql
