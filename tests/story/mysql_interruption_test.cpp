// Backups and restores of MySQL and MariaDB that are ended in the middle, by us or by the server.
#include <signal.h>

#include <filesystem>

#include "tests/story/expectations.h"
#include "tests/story/moments.h"
#include "tests/story/vya.h"
#include "tests/world/full_run.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

using std::chrono::milliseconds;
using world::MysqlServer;

constexpr const char* kShop = R"(
CREATE DATABASE shop; USE shop;
CREATE TABLE numbers (n INT PRIMARY KEY);
INSERT INTO numbers VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(80), KEY (note));
INSERT INTO orders SELECT a.n * 1000 + b.n * 100 + c.n * 10 + d.n, SHA2(a.n * d.n, 256)
FROM numbers a, numbers b, numbers c, numbers d;
CREATE TABLE positions (id INT PRIMARY KEY, purchase INT, FOREIGN KEY (purchase) REFERENCES orders (id));
INSERT INTO positions SELECT id, id FROM orders;
CREATE VIEW v AS SELECT id FROM orders;
CREATE PROCEDURE p() SELECT 1;
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = 'new';
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1;
CREATE USER app IDENTIFIED BY 'fake-password';
GRANT SELECT ON shop.* TO app;
)";

class MysqlInterruption : public world::OnMysql {
 protected:
  void SetUp() override {
    OnMysql::SetUp();
    if (IsSkipped()) return;
    source_ = make_server();
    target_ = make_server();
    source_->query(kShop);
    add("shop", *source_, ", max_outage: 1s");
    add("fresh", *target_);
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  }

  void add(const std::string& instance, const MysqlServer& server, const std::string& more = "") {
    vya_.add(instance, "{engine: mysql, socket: " + server.socket() + ", user: root" + more + "}");
  }

  /// Rows that take a while.
  void make_slow_table(int rows) const {
    source_->query("USE shop; CREATE TABLE slow (id INT PRIMARY KEY, filler LONGTEXT)");
    for (int i = 0; i < rows; ++i) {
      source_->query("USE shop; INSERT INTO slow VALUES (" + std::to_string(i) +
                     ", REPEAT(SHA2(RAND(), 256), 15625))");
    }
  }

  /// The connections of others than us, as a condition on the list of processes.
  static constexpr const char* kOthers =
      "FROM information_schema.PROCESSLIST WHERE USER = 'root' AND ID <> CONNECTION_ID()";

  static int sessions_on(const MysqlServer& server) {
    return std::stoi(server.value(std::string("SELECT COUNT(*) ") + kOthers));
  }

  /// Waits until a session reads the slow table, and returns its number; empty when none does.
  std::string session_that_reads() const {
    std::string id;
    soon([&] {
      const auto rows =
          source_->query(std::string("SELECT ID ") + kOthers +
                         " AND INFO LIKE 'SELECT%slow%' AND INFO NOT LIKE '%PROCESSLIST%'");
      if (!rows.empty()) id = rows[0][0];
      return !id.empty();
    });
    return id;
  }

  /// Whether nothing of ours is on a server, no lock either, at the latest when it has seen that we
  /// are gone.
  static void expect_nothing_left(const MysqlServer& server) {
    EXPECT_TRUE(soon([&] { return sessions_on(server) == 0; }));
    EXPECT_NO_THROW(
        server.query("SET lock_wait_timeout = 10; CREATE DATABASE lock_test; CREATE TABLE "
                     "lock_test.t (i INT); INSERT INTO lock_test.t VALUES (1); DROP DATABASE "
                     "lock_test"));
  }

  std::size_t leftovers() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(vya_.repository())) {
      if (entry.path().filename().string().starts_with(".incoming-")) ++count;
    }
    return count;
  }

  std::unique_ptr<MysqlServer> source_;
  std::unique_ptr<MysqlServer> target_;
  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlInterruption);

TEST_P(MysqlInterruption, KilledAtAnyMomentABackupIsWholeOrNotThere) {
  const world::Ended undisturbed = vya_.run({"backup", "shop"});
  ASSERT_TRUE(ended_with(undisturbed, 0));
  std::size_t known = 1;
  std::size_t killed = 0;
  for (const milliseconds moment : moments(world::is_full_run() ? 100 : 10, undisturbed.took)) {
    SCOPED_TRACE(testing::Message() << "killed after " << moment.count() << " ms");
    const world::Ended ended = world::run_and_signal(vya_.command({"backup", "shop"}), moment);
    if (ended.status == 128 + SIGKILL) ++killed;

    const std::size_t now = vya_.backups().size();
    EXPECT_GE(now, known + (ended.status == 0 ? 1 : 0));
    EXPECT_LE(now, known + 1);
    known = now;
    expect_nothing_left(*source_);
  }
  EXPECT_GT(killed, 0U);

  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  EXPECT_EQ(leftovers(), 0U);
  EXPECT_TRUE(ended_with(vya_.run({"verify", "--all"}), 0));
}

/// What a killed restore has made is removed by those who know what it is; then all comes back.
TEST_P(MysqlInterruption, KilledInAnyPhaseARestoreCanBeHadAgain) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  const std::vector<std::string> again = {"restore",    "shop",     "--to",   "fresh",
                                          "--accounts", "converge", "--check"};
  const world::Ended undisturbed = vya_.run(again);
  ASSERT_TRUE(ended_with(undisturbed, 0));
  const std::vector<std::string> phases = phases_in(undisturbed.errors);
  ASSERT_GE(phases.size(), 7U) << undisturbed.errors;

  for (const std::string& phase : phases) {
    SCOPED_TRACE("killed in the phase " + phase);
    target_->query("DROP DATABASE IF EXISTS shop; DROP USER IF EXISTS app");
    world::Program program(vya_.command({"restore", "shop", "--to", "fresh", "--check"}));
    EXPECT_TRUE(soon([&] { return program.errors().find("] " + phase) != std::string::npos; }));
    program.signal(SIGKILL);
    program.wait();
    expect_nothing_left(*target_);

    // A database that has nothing in it yet is filled.
    if (target_->value(
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop'") != "0") {
      EXPECT_TRUE(ended_with(vya_.run(again), 12, {"database `shop` exists"}));
      target_->query("DROP DATABASE shop");
    }
    EXPECT_TRUE(ended_with(vya_.run(again), 0));
    EXPECT_EQ(target_->value("SELECT COUNT(*) FROM shop.orders"), "10000");
  }
}

TEST_P(MysqlInterruption, ASignalEndsABackupWithItsStatusAndLeavesNothing) {
  make_slow_table(60);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_reads(), "");

  backup.signal(SIGINT);

  EXPECT_TRUE(ended_with(backup.wait(), 130, {"vya: "}));
  EXPECT_EQ(vya_.backups().size(), 0U);
  EXPECT_EQ(leftovers(), 0U);
  expect_nothing_left(*source_);
}

TEST_P(MysqlInterruption, ASessionThatIsLostIsDoneWithout) {
  make_slow_table(100);
  world::Program backup(vya_.command({"backup", "shop", "--jobs", "3"}));
  const std::string session = session_that_reads();
  ASSERT_NE(session, "");

  source_->query("KILL " + session);

  EXPECT_TRUE(ended_with(backup.wait(), 0, {"note: a session was lost"}));
  EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 0));
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh", "--check"}), 0));
}

TEST_P(MysqlInterruption, ARestartedServerIsWaitedForAndOneThatStopsGives6) {
  make_slow_table(100);
  {
    world::Program backup(vya_.command({"backup", "shop"}));
    ASSERT_NE(session_that_reads(), "");

    source_->stop(world::Stop::kImmediate);

    EXPECT_TRUE(ended_with(backup.wait(), 6, {"the server was lost", "vya: cannot", "hint: "}));
    EXPECT_EQ(vya_.backups().size(), 0U);
    EXPECT_EQ(leftovers(), 0U);
  }
  source_->start();
  add("shop", *source_);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_reads(), "");

  source_->restart(world::Stop::kImmediate);

  EXPECT_TRUE(ended_with(backup.wait(), 0, {"starting over (1 of 5)"}));
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh", "--check"}), 0));
}

TEST_P(MysqlInterruption, ATargetThatStopsGives6) {
  make_slow_table(60);
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  world::Program restore(vya_.command({"restore", "shop", "--to", "fresh"}));
  ASSERT_TRUE(soon([&] { return restore.errors().find("] rows") != std::string::npos; }));

  target_->stop(world::Stop::kImmediate);

  EXPECT_TRUE(ended_with(restore.wait(), 6, {"vya: cannot", "hint: "}));
}

}  // namespace
}  // namespace vya::story
