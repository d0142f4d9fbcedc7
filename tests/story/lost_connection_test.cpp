// Connections that are lost while a table is copied, and storage that becomes full.
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

namespace fs = std::filesystem;

class Losses : public testing::Test {
 protected:
  Losses() {
    make_shop(source_);
    vya_.add("shop", source_, "include: [shop], max_outage: 1s");
    vya_.add("fresh", target_);
  }

  void init() const {
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  void terminate(const std::string& which) const {
    source_.query("postgres",
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + which);
  }

  void expect_nothing_published() const {
    EXPECT_EQ(vya_.backups().size(), 0U);
    for (const auto& entry : fs::directory_iterator(vya_.repository())) {
      EXPECT_FALSE(entry.path().filename().string().starts_with(".incoming-")) << entry.path();
    }
  }

  world::PostgresServer source_;
  world::PostgresServer target_;
  Vya vya_;
};

TEST_F(Losses, ASessionThatIsLostInMidCopyIsReplaced) {
  init();
  make_slow_table(source_, "shop", 500);
  world::Program backup(vya_.command({"backup", "shop"}));

  const int session = session_that_copies(source_);
  terminate("pid = " + std::to_string(session));

  ASSERT_NE(session, 0);
  EXPECT_TRUE(ended_with(
      backup.wait(), 0,
      {"note: a session was lost and its segment is read again: cannot read table 'public.slow'"}));
  EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 0));
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 0));
  EXPECT_EQ(target_.value("shop", "SELECT count(*) || ' ' || sum(length(filler)) FROM slow"),
            "500 500000000");
}

/// The rows in the making are still of the lost snapshot, but nothing holds the tables any more.
TEST_F(Losses, ALostSessionThatHeldTheLocksStartsTheBackupOver) {
  init();
  make_slow_table(source_, "shop", 200);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_copies(source_), 0);

  terminate(
      "pid = (SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'vya-%'"
      " ORDER BY backend_start LIMIT 1)");

  EXPECT_TRUE(ended_with(backup.wait(), 0,
                         {"starting over (1 of 5): the session that holds the snapshot was lost"}));
  EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 0));
}

TEST_F(Losses, AServerThatLosesEverySessionGives6) {
  init();
  make_slow_table(source_, "shop", 500);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_copies(source_), 0);

  while (!backup.ended_within(std::chrono::milliseconds(20)))
    terminate("application_name LIKE 'vya%'");

  // Which session is lost first, and what it was doing, is chance.
  EXPECT_TRUE(ended_with(backup.wait(), 6, {"vya: cannot ", "hint: "}));
  expect_nothing_published();
}

TEST_F(Losses, ARestartedServerIsWaitedForAndTheBackupStartsOver) {
  vya_.add("shop", source_, "include: [shop]");
  init();
  make_slow_table(source_, "shop", 300);
  for (const world::Stop how : {world::Stop::kFast, world::Stop::kImmediate}) {
    world::Program backup(vya_.command({"backup", "shop"}));
    ASSERT_NE(session_that_copies(source_), 0);

    source_.stop(how);
    EXPECT_FALSE(backup.ended_within(std::chrono::seconds(2)));
    source_.start();

    EXPECT_TRUE(ended_with(backup.wait(), 0,
                           {"the server was lost, and is waited for up to 60 s (max_outage): ",
                            "starting over (1 of 5): the server answers"}));
  }
  EXPECT_EQ(vya_.backups().size(), 2U);
  EXPECT_TRUE(ended_with(vya_.run({"verify", "--all"}), 0));
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 0));
  EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM slow"), "300");
}

TEST_F(Losses, AServerThatStopsGives6) {
  init();
  make_slow_table(source_, "shop", 500);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_copies(source_), 0);

  source_.stop();

  EXPECT_TRUE(
      ended_with(backup.wait(), 6, {"cannot read table 'public.", "of database 'shop'", "hint: "}));
  expect_nothing_published();
}

TEST_F(Losses, ATargetThatStopsGives6) {
  init();
  make_slow_table(source_, "shop", 500);
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  world::Program restore(vya_.command({"restore", "shop", "--to", "fresh"}));
  ASSERT_TRUE(soon([&] { return restore.errors().find("] rows") != std::string::npos; }));

  target_.stop();

  EXPECT_TRUE(ended_with(restore.wait(), 6, {"vya: cannot", "hint: "}));
}

/// A small file system of its own, for as long as it lives.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path at) : at_(std::move(at)) {
    fs::create_directory(at_);
    mounted_ = ::mount("vya-test", at_.c_str(), "tmpfs", 0, "size=4m") == 0;
    if (!mounted_) why_ = std::strerror(errno);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  const std::string& why() const { return why_; }

 private:
  fs::path at_;
  bool mounted_ = false;
  std::string why_;
};

/// A table whose rows do not compress, larger than the small disk and the size limit.
void make_dense_table(const world::PostgresServer& server) {
  server.query("shop",
               "CREATE TABLE dense AS SELECT gen_random_uuid() AS a, gen_random_uuid() AS b,"
               " gen_random_uuid() AS c FROM generate_series(1, 200000)");
}

TEST_F(Losses, AFullDiskGives5) {
  const SmallDisk disk(vya_.repository());
  if (!disk.mounted()) {
    GTEST_SKIP() << "NOT TESTED: a full disk. This user cannot mount a small file system: "
                 << disk.why();
  }
  init();
  make_dense_table(source_);

  EXPECT_TRUE(ended_with(
      vya_.run({"backup", "shop"}), 5,
      {"cannot write", vya_.repository(), "no space left on device", "hint: The disk is full"}));
  expect_nothing_published();
  EXPECT_TRUE(soon([&] { return sessions_of_vya(source_) == 0; }));

  source_.query("shop", "DROP TABLE dense");
  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
}

TEST_F(Losses, AFileThatMayNotGrowGives5) {
  init();
  make_dense_table(source_);
  world::Start limited = vya_.command({"backup", "shop"});
  limited.arguments.insert(limited.arguments.begin(), {"--fsize=2000000", "--", limited.program});
  limited.program = "prlimit";

  EXPECT_TRUE(ended_with(world::run(limited), 5, {"cannot write", "file too large", "hint: "}));
  expect_nothing_published();
  EXPECT_TRUE(soon([&] { return sessions_of_vya(source_) == 0; }));
}

}  // namespace
}  // namespace vya::story
