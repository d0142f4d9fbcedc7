// A node of a Galera cluster: backed up while it works, and restored to.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/story/writer.h"
#include "tests/world/free_port.h"
#include "tests/world/mysql.h"

namespace vya::story {
namespace {

using std::chrono::seconds;

/// Debian's package galera-4, which is made for Debian's MariaDB.
constexpr const char* kProvider = "/usr/lib/galera/libgalera_smm.so";

/// The rows of both tables are as many as the third says.
constexpr const char* kRowsMissing =
    "SELECT (SELECT n FROM bank.total) - (SELECT COUNT(*) FROM bank.a) - (SELECT COUNT(*) FROM "
    "bank.b)";

class MysqlCluster : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kProvider) || !world::find_mysql({}))
      GTEST_SKIP() << "NOT TESTED: Galera; the package galera-4 or MariaDB is not installed";
  }

  /// A cluster of one node.
  static std::unique_ptr<world::MysqlServer> make_node() {
    const std::string options =
        "gmcast.listen_addr=tcp://127.0.0.1:" + std::to_string(world::free_port()) +
        ";gcache.size=8M";
    return std::make_unique<world::MysqlServer>(world::MysqlOptions{
        .version = {},
        .arguments = {"--wsrep-on=ON", "--wsrep-new-cluster", "--wsrep-cluster-address=gcomm://",
                      std::string("--wsrep-provider=") + kProvider, "--wsrep-sst-method=skip",
                      "--wsrep-node-address=127.0.0.1", "--wsrep-provider-options=" + options,
                      "--binlog-format=ROW", "--innodb-autoinc-lock-mode=2"}});
  }

  void add(const std::string& instance, const world::MysqlServer& server) {
    vya_.add(instance, "{engine: mysql, socket: " + server.socket() + ", user: root}");
  }

  /// A node that keeps everybody waiting would do so for ever.
  world::Ended run_in_a_minute(const std::vector<std::string>& arguments) {
    world::Program program(vya_.command(arguments));
    EXPECT_TRUE(program.ended_within(seconds(60))) << arguments[0] << " hangs";
    if (HasFailure()) program.signal(SIGKILL);
    return program.wait();
  }

  Vya vya_;
};

TEST_F(MysqlCluster, HasNodesThatAreBackedUpWhileTheyWorkAndRestoredTo) {
  const auto source = make_node();
  source->query(
      "CREATE DATABASE bank; CREATE TABLE bank.a (id INT AUTO_INCREMENT PRIMARY KEY, note "
      "VARCHAR(20)); CREATE TABLE bank.b LIKE bank.a; CREATE TABLE bank.total (id INT PRIMARY KEY, "
      "n INT); INSERT INTO bank.total VALUES (1, 0); CREATE USER app IDENTIFIED BY 'right'; GRANT "
      "SELECT ON bank.* TO app");
  add("source", *source);
  ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  expect_in(run_in_a_minute({"doctor", "source"}), "all writers of the cluster's node would wait");
  const Writer writer(*source, "bank", [](int) {
    return "BEGIN; INSERT INTO a (note) VALUES ('x'); INSERT INTO b (note) VALUES ('y'); UPDATE "
           "total SET n = n + 2 WHERE id = 1; COMMIT";
  });
  ASSERT_TRUE(soon([&] { return writer.done() > 20; }));

  const world::Ended backup = run_in_a_minute({"backup", "source"});

  ASSERT_TRUE(ended_with(backup, 0));
  const int before = writer.done();
  EXPECT_TRUE(soon([&] { return writer.done() > before; })) << "the node does not write any more";
  EXPECT_NE(vya_.run({"show", "source"}).output.find(", exact"), std::string::npos);
  const auto target = make_node();
  add("target", *target);
  ASSERT_TRUE(ended_with(run_in_a_minute({"restore", "source", "--to", "target", "--check"}), 0));
  EXPECT_EQ(target->value(kRowsMissing), "0");
  EXPECT_NE(target->value("SELECT n FROM bank.total"), "0");
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM mysql.user WHERE user = 'app'"), "1");
}

}  // namespace
}  // namespace vya::story
