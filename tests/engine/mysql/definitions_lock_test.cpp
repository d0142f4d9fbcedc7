// Definitions that change all the time, and what a snapshot does to those who change them.
#include "engine/mysql/definitions_lock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <list>
#include <thread>

#include "tests/engine/mysql/snapshot_fixture.h"
#include "tests/world/error_of.h"

namespace vya::mysql {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class MysqlDefinitions : public MysqlSnapshotTest {
 protected:
  /// Runs a statement that may wait for a lock, in a session of its own. It is waited for when the
  /// test's locals are gone, and the server with them: a failure never waits for a lock that the
  /// test itself holds.
  std::future<void>& meanwhile(const world::MysqlServer& server, const std::string& sql) {
    const auto work = [address = address_of(server), sql] { Connection(address).run(sql); };
    return running_.emplace_back(std::async(std::launch::async, work));
  }

 private:
  std::list<std::future<void>> running_;
};
VYA_ON_EVERY_MYSQL(MysqlDefinitions);

/// Changes a definition of each kind every few milliseconds until it goes.
class Definer {
 public:
  explicit Definer(const world::MysqlServer& server) {
    server.query(
        "CREATE DATABASE busy; CREATE TABLE busy.kept (k INT PRIMARY KEY); INSERT INTO busy.kept "
        "VALUES (1); CREATE VIEW busy.seen AS SELECT 1 AS one");
    thread_ = std::jthread([this, address = address_of(server)](const std::stop_token& stop) {
      Connection connection(address);
      for (int n = 0; !stop.stop_requested(); ++n) {
        const std::string text = "'" + std::to_string(n) + "'";
        for (const std::string& change :
             {std::string("CREATE TABLE IF NOT EXISTS busy.passing (k INT)"),
              "ALTER TABLE busy.kept COMMENT = " + text,
              "CREATE OR REPLACE VIEW busy.seen AS SELECT " + text + " AS one",
              std::string("TRUNCATE TABLE busy.passing"), std::string("DROP TABLE busy.passing")}) {
          try {
            connection.run(change);
            ++changes;
          } catch (const SqlError&) {
            ++failed;
          }
        }
        std::this_thread::sleep_for(milliseconds(100));
      }
    });
  }

  std::atomic<int> changes = 0;
  std::atomic<int> failed = 0;

 private:
  std::jthread thread_;
};

/// Waits up to twenty seconds until that is so, and does not ask again when it was.
template <typename Condition>
bool soon(const Condition& condition) {
  for (int i = 0; i < 200; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(100));
  }
  return false;
}

/// Whether a statement waits for that before long.
bool waits_for(const world::MysqlServer& server, const std::string& lock) {
  return soon([&] {
    return server.value(
               "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE = "
               "'Waiting for " +
               lock + "'") != "0";
  });
}

TEST_P(MysqlDefinitions, IsCaughtWhileDefinitionsChangeAllTheTime) {
  for (const char* log : {"--log-bin=log", "--skip-log-bin"}) {
    const auto server = make_server({log, "--server-id=1"});
    const Definer definer(*server);
    int again = 0;
    for (int caught = 0; caught < 5 && again < 5;) {
      try {
        const auto snapshot = freeze(address_of(*server));
        EXPECT_EQ(rows_of(*snapshot, "kept"), "1\n");
        snapshot->confirm();
        EXPECT_EQ(snapshot->facts().guarantee, "exact");
        ++caught;
      } catch (const StartOver&) {
        ++again;
      }
    }
    EXPECT_LE(again, 1) << log;
    EXPECT_GT(definer.changes, 0);
    EXPECT_EQ(definer.failed, 0);
  }
}

TEST_P(MysqlDefinitions, LetsAStatementThroughThatHasWaitedLongEnough) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1)");
  auto snapshot = freeze(address_of(*server), {.jobs = 1}, seconds(2));
  std::future<void>& changed = meanwhile(*server, "ALTER TABLE d.t ADD COLUMN n INT");

  EXPECT_TRUE(watcher_.hears("a statement waits until the backup lets definitions change"));
  EXPECT_TRUE(watcher_.hears("of 'root': 'ALTER TABLE d.t ADD COLUMN n INT'"));
  EXPECT_EQ(changed.wait_for(seconds(0)), std::future_status::timeout);
  server->query("SET SESSION lock_wait_timeout = 1; INSERT INTO d.t VALUES (2)");  // nobody queues
  const auto starts_over = [&] {
    try {
      rows_of(*snapshot, "t");
      return false;
    } catch (const StartOver&) {
      return true;
    }
  };

  EXPECT_TRUE(soon(starts_over));
  EXPECT_TRUE(starts_over());  // also who finds that all sessions were given up
  snapshot.reset();
  EXPECT_NO_THROW(changed.get());
}

/// Where definitions cannot be locked, whoever changes one would wait for us, and everybody who
/// uses the table behind him.
TEST_P(MysqlDefinitions, HoldsNoTableThatItHasRead) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1); "
      "CREATE USER app IDENTIFIED BY 'right'; GRANT SELECT ON *.* TO app");
  const auto snapshot = freeze(address_of(*server, "app", "right"), {.jobs = 1});
  ASSERT_EQ(rows_of(*snapshot, "t"), "1\n");

  EXPECT_NO_THROW(
      server->query("SET SESSION lock_wait_timeout = 1; ALTER TABLE d.t ADD COLUMN n INT"));

  EXPECT_THROW(snapshot->confirm(), StartOver);
}

TEST_P(MysqlDefinitions, OfTheSameMomentIsReadAfterATableWasLetGo) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1)");
  const auto snapshot = freeze(address_of(*server), {.jobs = 1});
  ASSERT_EQ(rows_of(*snapshot, "t"), "1\n");
  server->query("INSERT INTO d.t VALUES (2)");

  EXPECT_EQ(rows_of(*snapshot, "t"), "1\n");
}

TEST_P(MysqlDefinitions, LooksAtDefinitionsAgainWhenTheLockWasLost) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1)");
  const auto snapshot = freeze(address_of(*server), {.jobs = 1});
  std::future<void>& changed = meanwhile(*server, "ALTER TABLE d.t ADD COLUMN n INT");
  ASSERT_TRUE(watcher_.hears("a statement waits until"));
  // Whose session holds the lock is known to nobody, so all idle ones are ended that read no rows.
  for (const auto& row : server->query(
           "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND = 'Sleep' AND ID NOT IN "
           "(SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX)"))
    server->query("KILL " + row[0]);
  ASSERT_NO_THROW(changed.get());

  EXPECT_ANY_THROW(snapshot->confirm());
}

/// On MariaDB a statement that had begun before the lock waits for it with its table in hand: who
/// reads the table would wait for it, and it for us.
TEST_P(MysqlDefinitions, IsNotLockedWhileAnEarlierChangeHoldsItsTable) {
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY)");
  Connection reader(address_of(*server));
  reader.run("BEGIN");
  reader.run("SELECT * FROM d.t");
  std::future<void>& changed = meanwhile(*server, "ALTER TABLE d.t COMMENT 'new'");
  ASSERT_TRUE(waits_for(*server, "table metadata lock"));
  auto caught = std::async(std::launch::async, [&] { return freeze(address_of(*server)); });
  std::this_thread::sleep_for(milliseconds(500));

  reader.run("COMMIT");

  ASSERT_EQ(changed.wait_for(seconds(10)), std::future_status::ready);
  const auto snapshot = caught.get();
  EXPECT_EQ(rows_of(*snapshot, "t"), "");
  EXPECT_NE(document_of(*snapshot, DocumentKind::kSchema, 1).find("COMMENT='new'"),
            std::string::npos);
  EXPECT_NO_THROW(snapshot->confirm());
}

/// information_schema then says nothing of the table but its name, and that in a warning only.
TEST_P(MysqlDefinitions, AreNotReadWhereATableCannotBeLookedAt) {
  if (!on_mariadb()) GTEST_SKIP() << "MySQL's information_schema opens no tables";
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY)");
  Connection reader(address_of(*server));
  reader.run("BEGIN");
  reader.run("SELECT * FROM d.t");
  meanwhile(*server, "ALTER TABLE d.t COMMENT 'new'");
  ASSERT_TRUE(waits_for(*server, "table metadata lock"));
  Connection other(address_of(*server));
  for (const char* stage : {"START", "FLUSH", "BLOCK_DDL"})
    other.run(std::string("BACKUP STAGE ") + stage);
  reader.run("COMMIT");
  ASSERT_TRUE(waits_for(*server, "backup lock"));
  const auto session = Server(address_of(*server)).connect([] {});
  session->run("SET SESSION lock_wait_timeout = 1");

  std::vector<Gap> gaps;
  const Error error = error_of([&] { relations_with_rows(*session, {{1, "d", "utf8mb4"}}, gaps); });
  EXPECT_EQ(error.fault(), Fault::kRefused);
  EXPECT_TRUE(error.message().starts_with("cannot read all definitions: "));
  other.close();
}

TEST_P(MysqlDefinitions, WaitsAFewTimesForTheLockAndThenGoesOnWithoutIt) {
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY)");
  const Server looked(address_of(*server));
  DefinitionsLock lock(looked, [] {}, watcher_);
  Connection other(address_of(*server));
  std::future<void>* changed = nullptr;
  if (on_mariadb()) {
    other.run("BACKUP STAGE START");  // another backup
  } else {
    other.run("LOCK TABLES d.t READ");
    changed = &meanwhile(*server, "DROP TABLE d.t");
    ASSERT_TRUE(waits_for(*server, "table metadata lock"));
  }

  EXPECT_FALSE(lock.is_to_be_had());
  EXPECT_TRUE(watcher_.heard("definitions are not locked, because a statement"));
  EXPECT_FALSE(lock.is_held());
  EXPECT_THROW(lock.take(), StartOver);

  other.close();
  if (changed != nullptr) changed->get();
  EXPECT_TRUE(lock.is_to_be_had());
}

}  // namespace
}  // namespace vya::mysql
