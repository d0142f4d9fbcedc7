// Replicas: a backup of one that applies what its source writes, and a restore to a server that has
// one.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "engine/mysql/examine.h"
#include "engine/mysql/moment.h"
#include "engine/mysql/snapshot.h"
#include "tests/engine/mysql/money_mover.h"
#include "tests/engine/mysql/snapshot_fixture.h"

namespace vya::mysql {
namespace {

using std::chrono::steady_clock;

class MysqlReplica : public MysqlSnapshotTest {
 protected:
  /// A server that others can copy.
  static std::unique_ptr<world::MysqlServer> make_source() {
    auto source = make_server(with_gtid({"--log-bin=log", "--server-id=1", "--binlog-format=ROW"}),
                              world::Listen::kLoopback);
    source->query(
        "CREATE USER copier@'127.0.0.1' IDENTIFIED BY 'copies'; GRANT REPLICATION SLAVE ON *.* TO "
        "copier@'127.0.0.1'");
    return source;
  }

  /// A server that applies all that was ever written on the source.
  static std::unique_ptr<world::MysqlServer> make_replica(const world::MysqlServer& source,
                                                          const std::string& logging) {
    auto replica = make_server(with_gtid({"--log-bin=log", "--server-id=2", logging}));
    replica->query((on_mariadb()
                        ? "CHANGE MASTER TO MASTER_USE_GTID = slave_pos, MASTER_USER = 'copier', "
                          "MASTER_PASSWORD = 'copies', MASTER_HOST = '127.0.0.1', MASTER_PORT = "
                        : "CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 1, SOURCE_USER = "
                          "'copier', SOURCE_PASSWORD = 'copies', GET_SOURCE_PUBLIC_KEY = 1, "
                          "SOURCE_HOST = '127.0.0.1', SOURCE_PORT = ") +
                   std::to_string(source.port()) + "; START REPLICA");
    return replica;
  }

  static void wait_for(const world::MysqlServer& server, const std::string& condition) {
    const auto limit = steady_clock::now() + std::chrono::minutes(1);
    for (;;) {
      try {
        if (server.value("SELECT " + condition) == "1") return;
      } catch (const Error&) {  // no such table yet
      }
      if (steady_clock::now() > limit) FAIL() << condition << " never held: " << server.log();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  static std::string logs_what_it_applies() {
    return on_mariadb() ? "--log-slave-updates=ON" : "--log-replica-updates=ON";
  }
  static std::string logs_its_own_only() {
    return on_mariadb() ? "--log-slave-updates=OFF" : "--log-replica-updates=OFF";
  }

 private:
  static std::vector<std::string> with_gtid(std::vector<std::string> options) {
    if (!on_mariadb())
      options.insert(options.end(), {"--gtid-mode=ON", "--enforce-gtid-consistency"});
    return options;
  }
};
VYA_ON_EVERY_MYSQL(MysqlReplica);

/// A log that is not told of what the replica applies says nothing of the moment.
TEST_P(MysqlReplica, HasSessionsThatAllSeeTheSameWhileItApplies) {
  const auto source = make_source();
  const MoneyMover mover(*source);
  for (const std::string& logging : {logs_what_it_applies(), logs_its_own_only()}) {
    const auto replica = make_replica(*source, logging);
    wait_for(*replica, "COUNT(*) = 2 FROM bank.b");
    const Server looked(address_of(*replica));
    EXPECT_TRUE(looked.facts().standby);
    std::set<std::string> moments;
    for (int i = 0; i < 10; ++i) {
      const Moment moment = catch_moment(looked, {.sessions = 12}, [] {}, watcher_);
      std::set<std::string> seen;
      for (const auto& session : moment.sessions) seen.insert(MoneyMover::state(*session));
      EXPECT_EQ(seen.size(), 1U) << logging;
      moments.merge(seen);
    }
    EXPECT_GT(moments.size(), 1U) << "it applied nothing meanwhile: " << replica->log();
  }
}

TEST_P(MysqlReplica, KnowsWhereInItsSourcesLogItIs) {
  const auto source = make_source();
  const MoneyMover mover(*source);
  for (const std::string& logging : {logs_what_it_applies(), logs_its_own_only()}) {
    const auto replica = make_replica(*source, logging);
    wait_for(*replica, "m < 500 FROM bank.a WHERE id = 1");
    const Server looked(address_of(*replica));
    std::set<long> before;  // transactions of the log that are not moves
    for (int i = 0; i < 10; ++i) {
      const Moment moment = catch_moment(looked, {.sessions = 3}, [] {}, watcher_);

      const std::string& gtid = moment.gtid;
      before.insert(std::stol(gtid.substr(gtid.find_last_of(":-") + 1)) -
                    MoneyMover::moves_in(*moment.sessions.back()));
    }
    EXPECT_EQ(before.size(), 1U) << logging;
  }
}

TEST_P(MysqlReplica, IsABackupOfOneMoment) {
  const auto source = make_source();
  const MoneyMover mover(*source);
  const auto replica = make_replica(*source, logs_its_own_only());
  wait_for(*replica, "COUNT(*) = 2 FROM bank.b");

  const auto snapshot = freeze(address_of(*replica));

  EXPECT_EQ(snapshot->facts().guarantee, "exact");
  EXPECT_EQ(MoneyMover::sum_of(rows_of(*snapshot, "a") + rows_of(*snapshot, "b")), 2000);
  EXPECT_NO_THROW(snapshot->confirm());
}

TEST_P(MysqlReplica, ThatAppliesNothingIsTold) {
  const auto source = make_source();
  source->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY)");
  const auto replica = make_replica(*source, logs_what_it_applies());
  const auto remarks = [&] {
    std::string all;
    for (const Remark& remark : examine(Server(address_of(*replica)), {.jobs = 2}).remarks)
      all += remark.where + " " + remark.what + "\n";
    return all;
  };
  wait_for(*replica, "COUNT(*) = 0 FROM d.t");
  EXPECT_EQ(remarks().find("applies nothing"), std::string::npos) << remarks();

  replica->query("STOP REPLICA");

  EXPECT_NE(remarks().find("the replica applies nothing at present"), std::string::npos)
      << remarks();
}

}  // namespace
}  // namespace vya::mysql
