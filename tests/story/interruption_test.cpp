// A backup or a restore that is ended in the middle: there is a whole backup or none, nothing of
// ours stays on the server, and the next try works or says why it will not.
#include <signal.h>

#include <algorithm>
#include <filesystem>

#include "tests/story/expectations.h"
#include "tests/story/moments.h"
#include "tests/story/shop.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"
#include "tests/world/full_run.h"

namespace vya::story {
namespace {

using std::chrono::milliseconds;

class Interruption : public testing::Test {
 protected:
  Interruption() {
    make_shop(source_);
    vya_.add("shop", source_, "include: [shop]");
    vya_.add("fresh", target_);
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  std::size_t leftovers() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(vya_.repository())) {
      if (entry.path().filename().string().starts_with(".incoming-")) ++count;
    }
    return count;
  }

  /// Whether nothing of ours is on a server, at the latest when it has seen that we are gone.
  static void expect_nothing_left(const world::PostgresServer& server) {
    EXPECT_TRUE(soon([&] { return sessions_of_vya(server) == 0; }));
    EXPECT_EQ(
        server.value("postgres",
                     "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND pid NOT IN "
                     "(SELECT pid FROM pg_stat_activity WHERE backend_type LIKE 'autovacuum%')"),
        "0");
  }

  /// Runs a command and sends it a signal as soon as its messages hold a text.
  world::Ended signal_at(const std::vector<std::string>& arguments, const std::string& text,
                         int signal) const {
    world::Program program(vya_.command(arguments));
    EXPECT_TRUE(soon([&] { return program.errors().find(text) != std::string::npos; }))
        << program.errors();
    program.signal(signal);
    return program.wait();
  }

  world::PostgresServer source_;
  world::PostgresServer target_;
  Vya vya_;
};

TEST_F(Interruption, KilledAtAnyMomentABackupIsWholeOrNotThere) {
  const world::Ended undisturbed = vya_.run({"backup", "shop"});
  ASSERT_TRUE(ended_with(undisturbed, 0));
  std::vector<std::string> ids = vya_.backups();
  std::size_t killed = 0;
  for (const milliseconds moment : moments(world::is_full_run() ? 300 : 30, undisturbed.took)) {
    SCOPED_TRACE(testing::Message() << "killed after " << moment.count() << " ms");
    const world::Ended ended = world::run_and_signal(vya_.command({"backup", "shop"}), moment);
    if (ended.status == 128 + SIGKILL) ++killed;

    const std::vector<std::string> now = vya_.backups();
    EXPECT_GE(now.size(), ids.size() + (ended.status == 0 ? 1 : 0));
    EXPECT_LE(now.size(), ids.size() + 1);
    if (now.size() > ids.size()) {
      EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 0));  // the newest
    }
    ids = now;
    expect_nothing_left(source_);
  }
  EXPECT_GT(killed, 0U);

  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  EXPECT_EQ(vya_.backups().size(), ids.size() + 1);
  EXPECT_EQ(leftovers(), 0U);
  EXPECT_TRUE(ended_with(vya_.run({"verify", "--all"}), 0));
}

TEST_F(Interruption, AKilledRestoreIsRefusedToGoOnOverItsRemains) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);

  const world::Ended killed = signal_at({"restore", "shop", "--to", "fresh"}, "] rows", SIGKILL);

  EXPECT_EQ(killed.status, 128 + SIGKILL);
  expect_nothing_left(target_);
  EXPECT_TRUE(
      ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 12,
                 {"database \"shop\" exists", "--existing replace", "hint: Nothing was changed"}));
}

/// What a killed restore has made is removed by those who know what it is; then all comes back.
TEST_F(Interruption, KilledInAnyPhaseARestoreCanBeHadAgain) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  const std::vector<std::string> again = {"restore",    "shop",     "--to",   "fresh",
                                          "--accounts", "converge", "--check"};
  const world::Ended undisturbed = vya_.run(again);
  ASSERT_TRUE(ended_with(undisturbed, 0));
  const std::vector<std::string> phases = phases_in(undisturbed.errors);
  ASSERT_GE(phases.size(), 7U) << undisturbed.errors;

  for (const std::string& phase : phases) {
    SCOPED_TRACE("killed in the phase " + phase);
    target_.query("postgres", "DROP DATABASE IF EXISTS shop");
    target_.query("postgres", "DROP ROLE IF EXISTS shop_app");
    signal_at({"restore", "shop", "--to", "fresh", "--check"}, "] " + phase, SIGKILL);
    expect_nothing_left(target_);

    const bool made =
        target_.value("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'shop'") == "1";
    if (made) {
      EXPECT_TRUE(ended_with(vya_.run(again), 12, {"database \"shop\" exists"}));
      target_.query("postgres", "DROP DATABASE shop");
    }
    EXPECT_TRUE(ended_with(vya_.run(again), 0));
    EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM orders"), "40000");
  }
}

/// A restart takes away the snapshot, whatever the backup is doing with it.
TEST_F(Interruption, RestartedAtAnyMomentTheServerIsBackedUpAllTheSame) {
  const world::Ended undisturbed = vya_.run({"backup", "shop"});
  ASSERT_TRUE(ended_with(undisturbed, 0));
  std::size_t lost = 0;
  for (const milliseconds moment : moments(world::is_full_run() ? 40 : 4, undisturbed.took)) {
    SCOPED_TRACE(testing::Message() << "restarted after " << moment.count() << " ms");
    world::Program backup(vya_.command({"backup", "shop"}));
    if (!backup.ended_within(moment)) source_.restart(world::Stop::kImmediate);

    const world::Ended ended = backup.wait();

    // Who does not answer at the very beginning is not waited for.
    const bool begun = !phases_in(ended.errors).empty();
    EXPECT_TRUE(ended_with(ended, begun ? 0 : 6));
    if (ended.errors.find("starting over (1 of 5)") != std::string::npos) ++lost;
    if (begun) {
      EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 0));
    }
  }
  EXPECT_GT(lost, 0U);
  EXPECT_EQ(leftovers(), 0U);
}

TEST_F(Interruption, ASignalEndsABackupWithItsStatusAndLeavesNothing) {
  make_slow_table(source_, "shop");
  for (const auto& [signal, status] : {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
    const world::Ended ended = signal_at({"backup", "shop"}, "] rows", signal);

    EXPECT_TRUE(ended_with(ended, status, {"vya: "}));
    EXPECT_EQ(vya_.backups().size(), 0U);
    EXPECT_EQ(leftovers(), 0U);
    expect_nothing_left(source_);
  }
}

TEST_F(Interruption, ASignalEndsARestoreWithItsStatus) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);

  EXPECT_TRUE(ended_with(signal_at({"restore", "shop", "--to", "fresh"}, "] rows", SIGTERM), 143,
                         {"vya: "}));
  expect_nothing_left(target_);
}

TEST_F(Interruption, ABackupThatWaitsForALockCanBeInterrupted) {
  world::Program holder({.program = source_.bin() / "psql",
                         .arguments = {"-X", "-h", source_.host(), "-U", "postgres", "-d", "shop",
                                       "-c", "BEGIN; LOCK TABLE orders; SELECT pg_sleep(600)"},
                         .environment = {},
                         .input = {},
                         .folder = {}});
  ASSERT_TRUE(soon([&] {
    return source_.value("shop",
                         "SELECT count(*) FROM pg_locks WHERE granted AND mode ="
                         " 'AccessExclusiveLock'") == "1";
  }));

  const world::Ended ended =
      signal_at({"backup", "shop"}, "waiting for the lock on table 'orders'", SIGINT);

  EXPECT_TRUE(ended_with(ended, 130, {"pg_sleep(600)"}));
  EXPECT_TRUE(soon([&] { return sessions_of_vya(source_) == 0; }));
}

}  // namespace
}  // namespace vya::story
