// The keeper with programs that are no servers: what it starts, it ends and takes away.
#include "scratch/keeper.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "tests/world/folder.h"

namespace vya {
namespace {

namespace fs = std::filesystem;

class KeeperTest : public testing::Test {
 protected:
  KeeperTest() : user_(server_user({"postgres", "nobody"})) {
    fs::permissions(parent_.path(), fs::perms::all);
  }

  KeeperTask task(std::vector<std::string> server) const {
    return {.user = user_,
            .before = {},
            .server = {.line = std::move(server), .input = {}},
            .stop_signal = SIGQUIT};
  }

  static bool soon(const std::function<bool()>& holds) {
    for (int i = 0; i < 200; ++i) {
      if (holds()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

  bool nothing_is_left() const { return fs::is_empty(parent_.path()); }

  world::Folder parent_;
  SystemUser user_;
};

TEST_F(KeeperTest, RunsAServerAsItsUserUntilItGoes) {
  {
    ScratchFolder folder(parent_.path(), user_);
    const fs::path place = folder.path();
    Keeper keeper(task({"/bin/sh", "-c", "id -u > who; exec sleep 1000"}), folder);
    ASSERT_TRUE(
        soon([&] { return fs::exists(place / "who") && fs::file_size(place / "who") > 0; }));
    std::ifstream who(place / "who");
    uid_t uid = 0;
    who >> uid;
    EXPECT_EQ(uid, user_.uid);
    EXPECT_EQ(keeper.ended(), std::nullopt);
  }
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(KeeperTest, RunsWhatComesBeforeFirst) {
  ScratchFolder folder(parent_.path(), user_);
  KeeperTask all = task({"/bin/sh", "-c", "cat made; exit 3"});
  all.before = {{.line = {"/bin/sh", "-c", "echo first > made"}, .input = {}},
                {.line = {"/bin/sh", "-c", "echo second >> made"}, .input = {}}};
  Keeper keeper(all, folder);

  ASSERT_TRUE(soon([&] { return keeper.ended().has_value(); }));
  EXPECT_EQ(*keeper.ended(), "ended with status 3: first\nsecond");
}

TEST_F(KeeperTest, TellsWhatFailedBefore) {
  ScratchFolder folder(parent_.path(), user_);
  KeeperTask all = task({"/bin/sh", "-c", "echo never > never; sleep 1000"});
  all.before = {{.line = {"/bin/sh", "-c", "echo no locale >&2; exit 1"}, .input = {}}};
  Keeper keeper(all, folder);

  ASSERT_TRUE(soon([&] { return keeper.ended().has_value(); }));
  EXPECT_EQ(*keeper.ended(), "ended with status 1: no locale");
  EXPECT_FALSE(fs::exists(folder.path() / "never"));
}

TEST_F(KeeperTest, EndsWhatTheServerStartedToo) {
  fs::path pid_file;
  {
    ScratchFolder folder(parent_.path(), user_);
    pid_file = folder.path() / "pid";
    Keeper keeper(task({"/bin/sh", "-c", "setsid sleep 3 & echo $! > pid; wait"}), folder);
    ASSERT_TRUE(soon([&] { return fs::exists(pid_file) && fs::file_size(pid_file) > 0; }));
  }
  EXPECT_TRUE(nothing_is_left()) << "not before the last of them was gone";
}

TEST_F(KeeperTest, TakesAllAwayWhenItsOwnerIsKilled) {
  const pid_t owner = ::fork();
  if (owner == 0) {
    ScratchFolder folder(parent_.path(), user_);
    Keeper keeper(task({"/bin/sleep", "1000"}), folder);
    ::pause();
  }
  ASSERT_TRUE(soon([&] { return !nothing_is_left(); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));

  ::kill(owner, SIGKILL);
  ::waitpid(owner, nullptr, 0);

  EXPECT_TRUE(soon([&] { return nothing_is_left(); }));
}

TEST_F(KeeperTest, RemovesWhatKilledOnesLeft) {
  const fs::path old = parent_.path() / "vya-drill-000000";
  const fs::path young = parent_.path() / "vya-drill-111111";
  const fs::path other = parent_.path() / "something-else";
  for (const fs::path& folder : {old, young, other}) {
    fs::create_directory(folder);
    const std::ofstream lock(folder / "lock");
    give_to(user_, folder);
  }
  const auto hour_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  fs::last_write_time(old, hour_ago);
  fs::last_write_time(other, hour_ago);

  const ScratchFolder folder(parent_.path(), user_);

  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young)) << "it may have been made just now";
  EXPECT_TRUE(fs::exists(other));
}

TEST_F(KeeperTest, LeavesAloneWhatSomebodyHolds) {
  ScratchFolder held(parent_.path(), user_);
  fs::last_write_time(held.path(), fs::file_time_type::clock::now() - std::chrono::hours(1));

  const ScratchFolder folder(parent_.path(), user_);

  EXPECT_TRUE(fs::exists(held.path()));
}

}  // namespace
}  // namespace vya
