// The snapshot's promises against real servers: one moment, whatever others do meanwhile.
#include "engine/mysql/snapshot.h"

#include <gtest/gtest.h>

#include <future>
#include <set>

#include "engine/mysql/definitions.h"
#include "tests/engine/mysql/money_mover.h"
#include "tests/engine/mysql/snapshot_fixture.h"
#include "tests/world/error_of.h"

namespace vya::mysql {
namespace {

VYA_ON_EVERY_MYSQL(MysqlSnapshotTest);

TEST_P(MysqlSnapshotTest, IsOfOneMomentInAllSessionsWhileMoneyMoves) {
  for (const char* log : {"--log-bin=log", "--skip-log-bin"}) {
    const auto server = make_server({log, "--server-id=1"});
    MoneyMover mover(*server);
    for (int i = 0; i < 10; ++i) {
      const auto snapshot = freeze(address_of(*server));
      EXPECT_EQ(snapshot->facts().guarantee, "exact");
      const bool without_stop = on_mariadb() && std::string(log) != "--skip-log-bin";
      EXPECT_TRUE(without_stop || snapshot->facts().writing_stopped);
      EXPECT_EQ(snapshot->facts().first_position.empty(), std::string(log) == "--skip-log-bin");
      EXPECT_EQ(MoneyMover::sum_of(rows_of(*snapshot, "a") + rows_of(*snapshot, "b")), 2000);
    }
    EXPECT_GT(mover.moves, 0);
  }
}

/// Each session sees what the first one sees: not only the same sum, but the same moment of it. A
/// log that is not told of the money says nothing of the moment.
TEST_P(MysqlSnapshotTest, HasSessionsThatAllSeeTheSameWhileMoneyMoves) {
  using Options = std::vector<std::string>;
  for (const Options& log : {Options{"--log-bin=log"}, Options{"--skip-log-bin"},
                             Options{"--log-bin=log", "--binlog-ignore-db=bank"},
                             Options{"--log-bin=log", "--binlog-do-db=other"}}) {
    Options options = log;
    options.insert(options.end(), {"--server-id=1", "--binlog-format=ROW"});
    const auto server = make_server(options);
    const MoneyMover mover(*server);
    const Server looked(address_of(*server));
    for (int i = 0; i < 10; ++i) {
      const Moment moment = catch_moment(looked, {.sessions = 12}, [] {}, watcher_);
      std::set<std::string> seen;
      for (const auto& session : moment.sessions) seen.insert(MoneyMover::state(*session));
      EXPECT_EQ(seen.size(), 1U) << log.back();
    }
  }
}

/// Position and GTID are of the moment and not of the time at which they were asked for.
TEST_P(MysqlSnapshotTest, KnowsWhereInTheLogItIsWhileMoneyMoves) {
  std::vector<std::string> options = {"--log-bin=log", "--server-id=1"};
  if (!on_mariadb())
    options.insert(options.end(), {"--gtid-mode=ON", "--enforce-gtid-consistency"});
  const auto server = make_server(options);
  const MoneyMover mover(*server);
  const Server looked(address_of(*server));
  std::set<long> before;  // transactions of the log that are not moves
  for (int i = 0; i < 10; ++i) {
    const Moment moment = catch_moment(looked, {.sessions = 3}, [] {}, watcher_);

    before.insert(std::stol(moment.gtid.substr(moment.gtid.find_last_of(":-") + 1)) -
                  MoneyMover::moves_in(*moment.sessions.back()));
  }
  EXPECT_EQ(before.size(), 1U);
}

TEST_P(MysqlSnapshotTest, TellsAChangeInTheSecondOfTheOneBefore) {
  const auto server = make_server();
  server->query("CREATE DATABASE d");
  const std::vector<Database> databases = {{1, "d", "utf8mb4"}};
  const auto session = Server(address_of(*server)).connect([] {});
  for (const std::string table : {"d.t1", "d.t2", "d.t3"}) {
    session->run("CREATE TABLE " + table + " (k INT PRIMARY KEY)");
    const std::string before = settled_definitions_state(*session, databases, [] {});

    session->run("ALTER TABLE " + table + " ADD COLUMN n INT");

    EXPECT_NE(definitions_state(*session, databases), before);
  }
}

TEST_P(MysqlSnapshotTest, WritesOfOthersGoOnWhileItIsHeld) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1)");
  const auto snapshot = freeze(address_of(*server));

  server->query("SET SESSION lock_wait_timeout = 2; INSERT INTO d.t VALUES (2)");

  EXPECT_EQ(rows_of(*snapshot, "t"), "1\n");
  EXPECT_NO_THROW(snapshot->confirm());
}

TEST_P(MysqlSnapshotTest, KeepsDefinitionsFromChangingUntilItIsConfirmed) {
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY)");
  const auto snapshot = freeze(address_of(*server));
  const std::string change = "SET SESSION lock_wait_timeout = 1; ALTER TABLE d.t ADD COLUMN n INT";

  EXPECT_EQ(error_of([&] { server->query(change); }).fault(), Fault::kSql);
  snapshot->confirm();
  EXPECT_NO_THROW(server->query(change));
}

/// With tables whose writers would wait for the lock of definitions, it is not taken.
TEST_P(MysqlSnapshotTest, StartsOverWhereADefinitionChangedAllTheSame) {
  if (!on_mariadb())
    GTEST_SKIP() << "MySQL's lock keeps nobody from writing, so it is always taken";
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); CREATE TABLE d.m (k INT) ENGINE = "
      "MyISAM; INSERT INTO d.t VALUES (1)");
  const auto snapshot = freeze(address_of(*server));
  EXPECT_EQ(snapshot->facts().guarantee, "exact for InnoDB");
  server->query("SET SESSION lock_wait_timeout = 2; INSERT INTO d.m VALUES (1)");

  server->query("ALTER TABLE d.t ADD COLUMN n INT DEFAULT 7, ALGORITHM = COPY");

  EXPECT_THROW(rows_of(*snapshot, "t"), StartOver)
      << "a changed table was read as if it were empty";
  EXPECT_THROW(snapshot->confirm(), StartOver);
}

TEST_P(MysqlSnapshotTest, WithoutRightsReadsAllInOneSessionAndNamesWhatIsMissing) {
  const auto server = make_server();
  MoneyMover mover(*server);
  server->query("CREATE USER app IDENTIFIED BY 'right'; GRANT SELECT ON *.* TO app");

  const auto snapshot = freeze(address_of(*server, "app", "right"));

  EXPECT_EQ(MoneyMover::sum_of(rows_of(*snapshot, "a") + rows_of(*snapshot, "b")), 2000);
  ASSERT_FALSE(snapshot->gaps().empty());
  const Gap gap = snapshot->gaps().front();
  EXPECT_EQ(gap.id(), "privilege:RELOAD");
  EXPECT_EQ(gap.cure, "GRANT RELOAD ON *.* TO `app`@`%`;");
}

TEST_P(MysqlSnapshotTest, TheCuresOfItsGapsLeaveNone) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); CREATE USER app IDENTIFIED BY "
      "'right'; GRANT SELECT ON *.* TO app");
  for (int round = 0; round < 3; ++round) {
    for (const Gap& gap : freeze(address_of(*server, "app", "right"))->gaps())
      server->query(gap.cure);
  }

  EXPECT_TRUE(freeze(address_of(*server, "app", "right"))->gaps().empty());
}

TEST_P(MysqlSnapshotTest, ALostSessionLosesOnlyItsSegment) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1)");
  const auto snapshot = freeze(address_of(*server), {.jobs = 2});
  for (const auto& row :
       server->query("SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX "
                     "ORDER BY 1 DESC LIMIT 1"))
    server->query("KILL " + row[0]);

  int lost = 0;
  for (int i = 0; i < 2; ++i) {
    try {
      EXPECT_EQ(rows_of(*snapshot, "t"), "1\n");
    } catch (const SegmentLost&) {
      ++lost;
    }
  }
  EXPECT_EQ(lost, 1);
  EXPECT_EQ(rows_of(*snapshot, "t"), "1\n");
}

TEST_P(MysqlSnapshotTest, GivesUpAfterAFewShortWaitsForALongStatementAndEndsNothing) {
  const auto server = make_server({"--skip-log-bin"});
  server->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY) ENGINE = InnoDB");
  Connection holder(address_of(*server));
  holder.run("LOCK TABLES d.t WRITE");
  auto frozen = std::async(std::launch::async, [&] { return freeze(address_of(*server)); });

  EXPECT_TRUE(watcher_.hears("the global read lock was not to be had"));
  holder.run("UNLOCK TABLES");

  EXPECT_NO_THROW(frozen.get());
  EXPECT_EQ(holder.value("SELECT 1"), "1");
}

}  // namespace
}  // namespace vya::mysql
