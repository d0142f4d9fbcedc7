// MySQL's partial revokes: without them an account would have on every database what it had on all
// but some.
#include "tests/engine/mysql/accounts/fixture.h"

namespace vya::mysql {
namespace {

class PartialRevokes : public MysqlAccountsTest {
 protected:
  void SetUp() override {
    MysqlAccountsTest::SetUp();
    if (on_mariadb()) GTEST_SKIP() << "MariaDB has none";
  }

  static std::unique_ptr<world::MysqlServer> make_source() {
    auto source = make_server({"--partial-revokes=ON"});
    source->query(
        "CREATE DATABASE open; CREATE DATABASE closed; CREATE TABLE open.t (i INT); CREATE TABLE "
        "closed.t (i INT);"
        "CREATE USER u@'localhost' IDENTIFIED BY 'pw'; GRANT SELECT ON *.* TO u@'localhost';"
        "REVOKE SELECT ON closed.* FROM u@'localhost'");
    return source;
  }

  static constexpr const char* kObjects =
      "CREATE DATABASE open; CREATE DATABASE closed; CREATE TABLE open.t (i INT);"
      "CREATE TABLE closed.t (i INT)";
};
VYA_ON_EVERY_MYSQL(PartialRevokes);

TEST_P(PartialRevokes, AreTurnedOnWhereTheyAreNeeded) {
  const auto source = make_source();
  const auto target = make_server();

  const Restored restored = restore(request_of(*source), *target, kObjects);

  EXPECT_EQ(restored.gap_text(), "");
  EXPECT_NE(restored.plan().find("accounts: SET PERSIST partial_revokes = ON"), std::string::npos);
  EXPECT_EQ(tries(*target, "u", "pw", "SELECT * FROM open.t"), "");
  EXPECT_NE(tries(*target, "u", "pw", "SELECT * FROM closed.t").find("1142"), std::string::npos);
  target->restart();
  EXPECT_NE(tries(*target, "u", "pw", "SELECT * FROM closed.t").find("1142"), std::string::npos);
}

TEST_P(PartialRevokes, AreNotTurnedOnWhereTheyWouldChangeWhatOthersMay) {
  const auto source = make_source();
  const auto target = make_server();
  target->query("CREATE USER other@'%'; GRANT SELECT ON `a\\_b`.* TO other@'%'");

  const Restored restored = restore(request_of(*source), *target, kObjects);

  EXPECT_TRUE(restored.has_gap("refused-account:u@localhost")) << restored.gap_text();
  EXPECT_FALSE(can_log_in(*target, "u", "pw"));
  EXPECT_EQ(target->value("SELECT @@partial_revokes"), "0");
  target->query("ALTER USER u@'localhost' IDENTIFIED BY 'pw' ACCOUNT UNLOCK");
  EXPECT_NE(tries(*target, "u", "pw", "SELECT * FROM open.t"), "");
}

TEST_P(PartialRevokes, TurnedOffMeanwhileLeaveNobodyWithMore) {
  const auto source = make_source();
  const auto target = make_server();
  Connection connection(address_of(*target));
  AccountsRestore accounts(request_of(*source), connection, Server(address_of(*target)).flavor());
  accounts.create(connection);
  target->query("SET GLOBAL partial_revokes = OFF");
  target->query(kObjects);

  accounts.grant(connection);

  EXPECT_FALSE(can_log_in(*target, "u", "pw"));
  EXPECT_EQ(target->value("SELECT Select_priv FROM mysql.user WHERE User = 'u'"), "N");
  EXPECT_EQ(Restored{.gaps = accounts.gaps()}.gap_ids(),
            std::vector<std::string>{"refused-account:u@localhost"});
}

TEST_P(PartialRevokes, RefusedByTheServerTakeThePrivilegeWithThem) {
  const auto source = make_source();
  AccountsRequest request = request_of(*source);
  request.backup.grants = {
      {.account = {"u", "localhost"}, .on = "server", .privileges = {"BACKUP_ADMIN", "SELECT"}}};
  request.backup.restrictions[0].privileges = {"BACKUP_ADMIN"};  // no database has that
  const auto target = make_server();

  const Restored restored = restore(request, *target, kObjects);

  EXPECT_TRUE(restored.has_gap("refused-account:u@localhost")) << restored.gap_text();
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM mysql.global_grants WHERE USER = 'u'"), "0");
  EXPECT_FALSE(can_log_in(*target, "u", "pw"));
}

TEST_P(PartialRevokes, ConvergeOnAnAccountThatCouldDoMore) {
  const auto source = make_source();
  const auto target = make_server({"--partial-revokes=ON"});
  target->query(kObjects);
  target->query(
      "CREATE USER u@'localhost' IDENTIFIED BY 'pw'; GRANT SELECT, INSERT ON *.* TO u@'localhost';"
      "REVOKE INSERT ON open.* FROM u@'localhost'");

  const Restored restored = restore(request_of(*source, AccountsPolicy::kConverge), *target);

  EXPECT_EQ(restored.gap_text(), "");
  EXPECT_EQ(difference(all_accounts(*source), all_accounts(*target)), "");
  EXPECT_EQ(restore(request_of(*source, AccountsPolicy::kConverge), *target).statements, 0);
}

}  // namespace
}  // namespace vya::mysql
