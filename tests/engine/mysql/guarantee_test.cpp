// How far a backup is of one moment, for users who may do less and less.
#include <gtest/gtest.h>

#include <set>

#include "tests/engine/mysql/snapshot_fixture.h"

namespace vya::mysql {
namespace {

class MysqlGuarantee : public MysqlSnapshotTest {};
VYA_ON_EVERY_MYSQL(MysqlGuarantee);

constexpr const char* kLog[] = {"--log-bin=log", "--skip-log-bin"};

class User {
 public:
  /// Makes `app`, who may do that everywhere.
  User(const world::MysqlServer& server, const std::string& privileges)
      : address_(address_of(server, "app", "right")) {
    server.query(
        "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY); INSERT INTO d.t VALUES (1), (2);"
        "CREATE USER app IDENTIFIED BY 'right'; GRANT " +
        privileges + " ON *.* TO app");
  }

  const Address& address() const { return address_; }

 private:
  Address address_;
};

std::set<std::string> missing_in(const Snapshot& snapshot) {
  std::set<std::string> missing;
  for (const Gap& gap : snapshot.gaps()) {
    if (gap.kind == "privilege") missing.insert(gap.what);
    EXPECT_TRUE(gap.cure.starts_with("GRANT ")) << gap.id();
  }
  return missing;
}

TEST_P(MysqlGuarantee, IsExactForWhoMayDoWhatTheManualSays) {
  for (const std::string log : kLog) {
    const auto server = make_server({log, "--server-id=1"});
    const User user(*server,
                    std::string("SELECT, RELOAD, PROCESS, SHOW VIEW, TRIGGER, EVENT, REPLICATION "
                                "CLIENT") +
                        (on_mariadb() ? "" : ", BACKUP_ADMIN, SHOW_ROUTINE"));

    const auto snapshot = freeze(user.address());

    EXPECT_EQ(snapshot->facts().guarantee, "exact");
    EXPECT_EQ(missing_in(*snapshot), std::set<std::string>{});
    EXPECT_EQ(snapshot->facts().first_position.empty(), log == "--skip-log-bin");
  }
}

TEST_P(MysqlGuarantee, IsABestEffortForWhoMayNeitherLockDefinitionsNorSeeThemAll) {
  for (const std::string log : kLog) {
    const auto server = make_server({log, "--server-id=1"});
    const User user(*server, "SELECT");
    std::set<std::string> expected = {"RELOAD", "SHOW VIEW", "TRIGGER", "EVENT"};
    if (!on_mariadb()) expected.insert("BACKUP_ADMIN");
    if (log != "--skip-log-bin")
      expected.insert(on_mariadb() ? "BINLOG MONITOR" : "REPLICATION CLIENT");

    const auto snapshot = freeze(user.address());

    EXPECT_EQ(snapshot->facts().guarantee, "best effort");
    EXPECT_EQ(missing_in(*snapshot), expected);
    EXPECT_EQ(rows_of(*snapshot, "t"), "1\n2\n");
    EXPECT_EQ(snapshot->facts().writing_stopped, std::nullopt);
  }
}

/// One session sees one moment by itself, and definitions that are all to be seen are compared. But
/// where in its log that is, MySQL does not tell one who cannot stop writing.
TEST_P(MysqlGuarantee, IsExactForWhoSeesAllAndLocksNothing) {
  for (const std::string log : kLog) {
    const auto server = make_server({log, "--server-id=1"});
    const User user(*server, "SELECT, SHOW VIEW, TRIGGER, EVENT, REPLICATION CLIENT");

    const auto snapshot = freeze(user.address());

    EXPECT_EQ(snapshot->facts().guarantee, "exact");
    const bool tells = on_mariadb() && log != "--skip-log-bin";
    EXPECT_EQ(snapshot->facts().first_position.empty(), !tells);
    EXPECT_TRUE(missing_in(*snapshot).contains("RELOAD"));
    server->query("CREATE VIEW d.v AS SELECT 1 AS one");
    EXPECT_THROW(snapshot->confirm(), StartOver);
  }
}

/// What the user may not see is missing, and all that is there stays as it was.
TEST_P(MysqlGuarantee, IsExactForWhoLocksWhatHeDoesNotSee) {
  const auto server = make_server({"--skip-log-bin"});
  const User user(*server, on_mariadb() ? "SELECT, RELOAD" : "SELECT, RELOAD, BACKUP_ADMIN");

  const auto snapshot = freeze(user.address());

  EXPECT_EQ(snapshot->facts().guarantee, "exact");
  EXPECT_EQ(missing_in(*snapshot), (std::set<std::string>{"SHOW VIEW", "TRIGGER", "EVENT"}));
}

TEST_P(MysqlGuarantee, TakesAPositionOnlyFromALogThatHasAllCommits) {
  if (!on_mariadb()) GTEST_SKIP() << "only MariaDB's snapshots know their position";
  const auto server = make_server({"--log-bin=log", "--server-id=1", "--binlog-ignore-db=d"});
  const User user(*server, "ALL PRIVILEGES");

  EXPECT_TRUE(freeze(user.address())->facts().writing_stopped);
}

}  // namespace
}  // namespace vya::mysql
