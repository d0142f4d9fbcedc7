// A zoo of accounts goes round: on the same version onto an empty and a used server, and upwards.
#include "tests/engine/mysql/accounts/fixture.h"

namespace vya::mysql {
namespace {

using AccountsZoo = MysqlAccountsTest;
VYA_ON_EVERY_MYSQL(AccountsZoo);

TEST_P(AccountsZoo, ComesBackOntoAnEmptyServer) {
  const auto source = make_zoo();
  const auto target = make_server(zoo_arguments(on_mariadb()));
  if (!on_mariadb()) {
    target->query(
        "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so';"
        "INSTALL PLUGIN mysql_no_login SONAME 'mysql_no_login.so'");
  }

  const Restored restored = restore(request_of(*source), *target, "zoo");

  EXPECT_EQ(restored.gap_text(), "");
  const auto expected = all_accounts(*source);
  EXPECT_GE(expected.size(), 45u);
  EXPECT_EQ(difference(expected, all_accounts(*target)), "");
  EXPECT_TRUE(accounts_of(*target) == accounts_of(*source));

  for (const AccountsPolicy policy : {AccountsPolicy::kCreate, AccountsPolicy::kConverge}) {
    const Restored again = restore(request_of(*source, policy), *target);
    EXPECT_EQ(again.statements, 0) << again.created << again.granted << again.plan();
    EXPECT_EQ(again.gap_text(), "");
  }
}

TEST_P(AccountsZoo, ComesBackOntoAUsedServer) {
  const auto source = make_zoo();
  const auto target = make_server(zoo_arguments(on_mariadb()));
  if (!on_mariadb()) {
    target->query(
        "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so';"
        "INSTALL PLUGIN mysql_no_login SONAME 'mysql_no_login.so'");
  }
  target->query(
      "CREATE DATABASE own; CREATE TABLE own.t (i INT); CREATE USER app@'%' IDENTIFIED BY 'other' "
      "REQUIRE SSL ACCOUNT LOCK; GRANT DELETE ON own.* TO app@'%'; CREATE USER mine@'%';"
      "GRANT SELECT ON own.* TO mine@'%'; CREATE ROLE r_read; GRANT DELETE ON own.t TO r_read;"
      "GRANT r_read TO app@'%'; CREATE USER expired@'localhost' IDENTIFIED BY 'x'");
  const auto mine = all_accounts(*target);

  const Restored created = restore(request_of(*source), *target, "zoo");
  EXPECT_TRUE(created.has_gap("kept-account:app@%")) << created.gap_text();
  const auto after = all_accounts(*target);
  for (const char* name : {"`app`@`%`", "`mine`@`%`", "`expired`@`localhost`"})
    EXPECT_EQ(after.at(name), mine.at(name));
  EXPECT_EQ(after.at("`granter`@`localhost`"), all_accounts(*source).at("`granter`@`localhost`"));

  const Restored converged = restore(request_of(*source, AccountsPolicy::kConverge), *target);
  EXPECT_GT(converged.statements, 0);
  auto all = all_accounts(*target);
  EXPECT_EQ(all.at("`mine`@`%`"), mine.at("`mine`@`%`"));
  for (const auto& [name, text] : all_accounts(*source)) {
    if (!name.starts_with("(")) {
      EXPECT_EQ(all[name], text);
    }
  }
  EXPECT_EQ(restore(request_of(*source, AccountsPolicy::kConverge), *target).statements, 0);
}

TEST_P(AccountsZoo, LogsInWithItsOldPasswords) {
  const auto source = make_zoo();
  const auto target = make_server(zoo_arguments(on_mariadb()));
  restore(request_of(*source), *target, "zoo");

  EXPECT_TRUE(can_log_in(*target, "app", "pw-local"));
  EXPECT_TRUE(can_log_in(*target, "`tick`", "pw-tick"));
  EXPECT_TRUE(can_log_in(*target, "dba", "pw-dba"));
  EXPECT_FALSE(can_log_in(*target, "app", "pw-app"));
  EXPECT_FALSE(can_log_in(*target, "locked", "pw"));
  EXPECT_EQ(tries(*target, "granter", "pw-granter", "SELECT id, name FROM zoo.animals"), "");
  EXPECT_NE(tries(*target, "granter", "pw-granter", "SELECT `odd``col` FROM zoo.animals"), "");
  EXPECT_EQ(tries(*target, "granter", "pw-granter", "CALL zoo.feed()"), "");
  EXPECT_NE(tries(*target, "reader", "pw-reader", "SELECT salary FROM zoo.keepers"), "");
  if (on_mariadb()) {
    EXPECT_TRUE(can_log_in(*target, "either", "pw-either"));
    EXPECT_TRUE(can_log_in(*target, "three", "pw-three"));
    return;
  }
  EXPECT_TRUE(can_log_in(*target, "dual", "pw-old"));
  EXPECT_TRUE(can_log_in(*target, "dual", "pw-new"));
  EXPECT_FALSE(can_log_in(*target, "dual", "pw"));
  EXPECT_EQ(tries(*target, "restricted", "pw-restricted", "SELECT * FROM zoo.keepers"), "");
  EXPECT_NE(tries(*target, "restricted", "pw-restricted", "SELECT * FROM `zo_o`.t"), "");
  EXPECT_NE(tries(*target, "history", "pw-three", "ALTER USER USER() IDENTIFIED BY 'pw-one'")
                .find("3638"),
            std::string::npos);
  EXPECT_EQ(tries(*target, "writer", "pw-writer", "SELECT CURRENT_ROLE(); "), "");
}

TEST(AccountsZooUpwards, ComesBackOntoANewerServer) {
  const world::MysqlVersion older{world::MysqlProduct::kMariadb, 10};
  const world::MysqlVersion newer{world::MysqlProduct::kMariadb, 11};
  for (const auto& version : {older, newer}) {
    if (!world::find_mysql(version))
      GTEST_SKIP() << "not tested: " << world::to_text(version) << " is not installed";
  }
  const world::MysqlServer source({.version = older});
  make_zoo_objects(source);
  make_zoo_accounts(source);
  const world::MysqlServer target({.version = newer});
  class Upwards : public MysqlAccountsTest {
   public:
    static Restored run(const world::MysqlServer& from, const world::MysqlServer& to) {
      return restore(request_of(from), to, "zoo");
    }
    static int again(const world::MysqlServer& from, const world::MysqlServer& to) {
      return restore(request_of(from, AccountsPolicy::kConverge), to).statements;
    }
    void TestBody() override {}
  };

  const Restored restored = Upwards::run(source, target);

  EXPECT_EQ(restored.gap_ids(), std::vector<std::string>{"grant:super@% on *.*"})
      << restored.gap_text();
  EXPECT_EQ(difference(as_later_versions_say(all_accounts(source)),
                       as_later_versions_say(all_accounts(target))),
            "");
  EXPECT_EQ(Upwards::again(source, target), 0);
}

}  // namespace
}  // namespace vya::mysql
