// A streaming standby as the source.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "engine/postgresql/replay_pause.h"
#include "engine/postgresql/snapshot.h"
#include "stream/lines.h"
#include "tests/engine/postgresql/recording_watcher.h"
#include "tests/world/error_of.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using namespace std::chrono_literals;

class StandbyTest : public testing::Test {
 protected:
  std::unique_ptr<PgSnapshot> freeze(const Options& options = {}) {
    return std::make_unique<PgSnapshot>(Server(standby_.address(), "postgres"), options,
                                        FreezeOptions{.jobs = 1}, experience_, watcher_);
  }

  /// Waits until the standby has replayed all that the primary has written.
  void catch_up() {
    const std::string end = primary_.value("postgres", "SELECT pg_current_wal_lsn()");
    for (int i = 0; i < 500; ++i) {
      if (standby_.value("postgres", "SELECT pg_last_wal_replay_lsn() >= '" + end + "'") == "t")
        return;
      std::this_thread::sleep_for(20ms);
    }
    FAIL() << "the standby does not replay";
  }

  bool is_paused() { return standby_.value("postgres", "SELECT pg_is_wal_replay_paused()") == "t"; }

  world::PostgresServer primary_;
  world::PostgresServer standby_{
      {.standby_of = &primary_, .conf = {"max_standby_streaming_delay = 1s"}}};
  Experience experience_;
  RecordingWatcher watcher_;
};

TEST_F(StandbyTest, GivesTheRowsOfItsMoment) {
  primary_.query("postgres", "CREATE TABLE t AS SELECT generate_series(1, 10) AS i");
  catch_up();
  const auto snapshot = freeze();
  TextSink text;
  snapshot->dump(snapshot->segments().at(0), text);
  snapshot->confirm();

  EXPECT_EQ(text.text(), "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
  EXPECT_TRUE(snapshot->facts().server.standby);
  EXPECT_TRUE(snapshot->gaps().empty());
}

TEST_F(StandbyTest, NamesWhatIsUnloggedAsAGap) {
  primary_.query("postgres",
                 "CREATE UNLOGGED TABLE cache (i int); CREATE UNLOGGED SEQUENCE tickets");
  catch_up();
  const auto snapshot = freeze();
  for (const Document& document : snapshot->documents()) {
    TextSink text;
    snapshot->dump(document, text);
  }

  EXPECT_TRUE(snapshot->tables().empty());
  ASSERT_EQ(snapshot->gaps().size(), 2U);
  EXPECT_EQ(snapshot->gaps()[0].id(), "unlogged-table:postgres.public.cache");
  EXPECT_EQ(snapshot->gaps()[1].id(), "unlogged-sequence:postgres.public.tickets");
}

TEST_F(StandbyTest, LeavesADatabaseClosedThatItCannotOpen) {
  primary_.query("postgres", "CREATE DATABASE legacy ALLOW_CONNECTIONS false");
  catch_up();

  const auto snapshot = freeze({.open_closed_databases = true});

  ASSERT_EQ(snapshot->gaps().size(), 1U);
  EXPECT_EQ(snapshot->gaps()[0].id(), "closed-database:legacy");
}

/// Replay waits for our lock, and after max_standby_streaming_delay it ends our session.
TEST_F(StandbyTest, SaysWhatHelpsWhenReplayEndsItsSessions) {
  primary_.query("postgres", "CREATE TABLE t AS SELECT 1 AS i");
  catch_up();
  const auto snapshot = freeze();
  primary_.query("postgres", "TRUNCATE t");
  catch_up();

  try {
    snapshot->confirm();
    FAIL() << "the session was not ended";
  } catch (const StartOver& e) {
    EXPECT_NE(std::string(e.what()).find("conflict with recovery"), std::string::npos) << e.what();
    EXPECT_NE(e.hint().find("max_standby_streaming_delay"), std::string::npos);
  }
}

TEST_F(StandbyTest, PausedHasOnePositionForAllDatabasesAndGoesOn) {
  for (const char* name : {"a", "b", "c"})
    primary_.query("postgres", std::string("CREATE DATABASE ") + name);
  primary_.query("postgres", "CREATE TABLE t (i int)");
  catch_up();
  std::jthread writer([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) primary_.query("postgres", "INSERT INTO t VALUES (1)");
  });
  for (int i = 0; i < 5; ++i) {
    const auto snapshot = freeze({.pause_replay = true});
    EXPECT_EQ(snapshot->facts().first_position, snapshot->facts().last_position);
    EXPECT_FALSE(is_paused()) << "the snapshots hold by themselves";
  }
  writer.request_stop();
  writer.join();
  catch_up();
}

TEST_F(StandbyTest, GoesOnAfterAFailureWhileItIsPaused) {
  const Server server(standby_.address(), "postgres");
  {
    const ReplayPause pause(server, watcher_, [] {});
    EXPECT_TRUE(is_paused());
  }
  EXPECT_FALSE(is_paused());
  EXPECT_THROW(ReplayPause(server, watcher_, [] { throw Error(Fault::kTerminated, "ended"); }),
               Error);
  EXPECT_FALSE(is_paused());
}

/// Nothing of the program is left that could resume it.
TEST_F(StandbyTest, GoesOnByItselfWhenWhoPausedItIsKilled) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      const Server server(standby_.address(), "postgres");
      const ReplayPause pause(server, watcher_, [] {}, 3s);
      ::pause();
    } catch (const Error&) {  // the parent sees that nothing is paused
    }
    ::_exit(1);
  }
  const auto becomes = [&](bool paused) {
    for (int i = 0; i < 500 && is_paused() != paused; ++i) std::this_thread::sleep_for(20ms);
    return is_paused() == paused;
  };
  EXPECT_TRUE(becomes(true));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  EXPECT_TRUE(is_paused());
  EXPECT_TRUE(becomes(false));
}

TEST_F(StandbyTest, SeesThatReplayWentOnBeforeItShould) {
  const Server server(standby_.address(), "postgres");
  ReplayPause pause(server, watcher_, [] {});
  standby_.query("postgres", "SELECT pg_wal_replay_resume()");

  EXPECT_THROW(pause.resume(), StartOver);
}

TEST_F(StandbyTest, LeavesAPauseOfOthersAndSaysSo) {
  standby_.query("postgres", "SELECT pg_wal_replay_pause()");

  const auto snapshot = freeze({.pause_replay = true});

  EXPECT_TRUE(watcher_.heard("somebody has paused the standby's replay"));
  EXPECT_TRUE(is_paused());
}

TEST_F(StandbyTest, SaysWhatMayNotPause) {
  primary_.query("postgres", "CREATE ROLE backup LOGIN PASSWORD 'x'");
  catch_up();
  const Server server(standby_.address("backup", "x"), "postgres");

  const Error error = error_of([&] { const ReplayPause pause(server, watcher_, [] {}); });

  EXPECT_EQ(error.fault(), Fault::kPermission);
  EXPECT_NE(error.hint().find("GRANT EXECUTE ON FUNCTION pg_wal_replay_pause()"),
            std::string::npos);
}

TEST_F(StandbyTest, APrimaryHasNothingToPause) {
  const PgSnapshot snapshot(Server(primary_.address(), "postgres"), {.pause_replay = true},
                            {.jobs = 1}, experience_, watcher_);

  EXPECT_TRUE(watcher_.heard("pause_replay has no effect"));
}

}  // namespace
}  // namespace vya::pg
