// A backup or a restore that is ended in the middle: there is a whole backup or none, nothing of
// ours stays on the server, and the next try works or says why it will not.
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

using std::chrono::milliseconds;

bool is_full_run() {
  const char* wanted = std::getenv("VYA_FULL");
  return wanted != nullptr && std::string(wanted) == "1";
}

/// Moments spread over a duration and a little more, one at random in each of equal parts, so that
/// every part of the work is met, its very end too.
std::vector<milliseconds> moments(std::size_t count, milliseconds duration) {
  std::mt19937 random(20261122);
  std::uniform_real_distribution<double> within(0, 1);
  std::vector<milliseconds> all;
  for (std::size_t i = 0; i < count; ++i) {
    const double part = (static_cast<double>(i) + within(random)) / static_cast<double>(count);
    all.emplace_back(static_cast<int>(part * 1.05 * static_cast<double>(duration.count())));
  }
  return all;
}

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
        server.value("postgres", "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid()"),
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
  for (const milliseconds moment : moments(is_full_run() ? 300 : 30, undisturbed.took)) {
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
