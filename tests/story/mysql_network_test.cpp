// A network to a server of MySQL or MariaDB that is silent for a while, and one that stays so; and
// a client that lacks the plugin with which an account is logged in to.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/full_run.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/network.h"

namespace vya::story {
namespace {

using std::chrono::seconds;

class MysqlSilentNetwork : public world::OnMysql {
 protected:
  void SetUp() override {
    OnMysql::SetUp();
    if (IsSkipped()) return;
    network_ = std::make_unique<world::OwnNetwork>();
    if (!network_->why_not().empty()) {
      GTEST_SKIP() << "NOT TESTED: a network that is cut. This user cannot have one of his own: "
                   << network_->why_not();
    }
    source_ = make_server({}, world::Listen::kLoopback);
    target_ = make_server({}, world::Listen::kLoopback);
    source_->query("CREATE DATABASE shop");
    make_slow_table(100);
    add("shop", *source_);
    add("fresh", *target_);
    vya_.set_variable("FAKE_PASSWORD", "fake-password");
    ASSERT_EQ(vya_.run({"init"}).status, 0);
  }

  void add(const std::string& instance, const world::MysqlServer& server) {
    server.query(
        "CREATE USER app IDENTIFIED BY 'fake-password'; GRANT ALL ON *.* TO app WITH GRANT OPTION");
    vya_.add(instance, "{engine: mysql, host: 127.0.0.1, port: " + std::to_string(server.port()) +
                           ", user: app, password: env:FAKE_PASSWORD, max_outage: 1s}");
  }

  /// Rows of a megabyte each.
  void make_slow_table(int rows) const {
    source_->query("USE shop; CREATE TABLE slow (id INT PRIMARY KEY, filler LONGTEXT)");
    for (int i = 0; i < rows; ++i) {
      source_->query("USE shop; INSERT INTO slow VALUES (" + std::to_string(i) +
                     ", REPEAT(SHA2(RAND(), 256), 15625))");
    }
  }

  /// Waits until a session runs such a statement.
  static bool runs(const world::MysqlServer& server, const std::string& like) {
    return soon([&] {
      return server.value(
                 "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'app' "
                 "AND INFO LIKE '" +
                 like + "'") != "0";
    });
  }

  /// Cuts the network for so long, in which the program must not get anywhere.
  void expect_waits(const world::Program& program, seconds silence) {
    network_->cut();
    EXPECT_FALSE(program.ended_within(silence)) << program.errors();
    network_->mend();
  }

  std::unique_ptr<world::OwnNetwork> network_;  // before what is started in it
  std::unique_ptr<world::MysqlServer> source_;
  std::unique_ptr<world::MysqlServer> target_;
  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlSilentNetwork);

TEST_P(MysqlSilentNetwork, IsBorneForAMinute) {
  const seconds silence(world::is_full_run() ? 60 : 8);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_TRUE(runs(*source_, "SELECT%slow%")) << backup.errors();

  expect_waits(backup, silence);

  const world::Ended backed_up = backup.wait();
  EXPECT_TRUE(ended_with(backed_up, 0));
  EXPECT_EQ(backed_up.errors.find("lost"), std::string::npos) << backed_up.errors;

  world::Program restore(vya_.command({"restore", "shop", "--to", "fresh", "--check"}));
  ASSERT_TRUE(runs(*target_, "LOAD DATA%slow%"));

  expect_waits(restore, silence);

  // MySQL salts each password: the account that restores is there with another hash, which is a
  // gap.
  EXPECT_TRUE(ended_with(restore.wait(), on_mariadb() ? 0 : 11));
  EXPECT_EQ(target_->value("SELECT COUNT(*) FROM shop.slow"), "100");
}

/// Two minutes without an answer, and there is nobody any more.
TEST_P(MysqlSilentNetwork, ThatStaysSoEndsABackupAndARestore) {
  if (!world::is_full_run())
    GTEST_SKIP()
        << "NOT TESTED: a network that stays cut, which takes minutes; VYA_FULL=1 tests it";
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  world::Program restore(vya_.command({"restore", "shop", "--to", "fresh"}));
  ASSERT_TRUE(runs(*target_, "LOAD DATA%slow%"));
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_TRUE(runs(*source_, "SELECT%slow%"));

  network_->cut();

  constexpr std::chrono::minutes kLongest(6);
  EXPECT_TRUE(backup.ended_within(kLongest));
  EXPECT_TRUE(restore.ended_within(kLongest));
  EXPECT_TRUE(ended_with(backup.wait(), 6, {"the server was lost", "hint: "}));
  EXPECT_TRUE(ended_with(restore.wait(), 6, {"vya: cannot", "hint: "}));
}

class MysqlClientPlugin : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlClientPlugin);

TEST_P(MysqlClientPlugin, ThatIsMissingIsNamedWithItsUserAndTheCure) {
  if (on_mariadb()) GTEST_SKIP() << "what MariaDB logs in with by itself is built into the client";
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; CREATE USER app IDENTIFIED WITH caching_sha2_password BY "
      "'fake-password'");
  server->query("GRANT SELECT ON *.* TO app");
  Vya vya;
  vya.add("shop", "{engine: mysql, socket: " + server->socket() +
                      ", user: app, password: env:FAKE_PASSWORD}");
  vya.set_variable("FAKE_PASSWORD", "fake-password");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "shop"}), 11));
  const world::Folder without_plugins;
  vya.set_variable("MARIADB_PLUGIN_DIR", without_plugins.path());

  for (const std::string command : {"backup", "doctor"}) {
    const world::Ended ended = vya.run({command, "shop"});

    EXPECT_TRUE(
        ended_with(ended, 4,
                   {"log in as 'app'", on_mariadb() ? "client_ed25519" : "caching_sha2_password",
                    "hint: Install the client library's plugin"}));
    EXPECT_EQ(ended.errors.find("fake-password"), std::string::npos);
  }
}

}  // namespace
}  // namespace vya::story
