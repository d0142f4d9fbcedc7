// A network that is silent for a while, and one that stays so.
#include "tests/world/network.h"

#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"
#include "tests/world/full_run.h"

namespace vya::story {
namespace {

using std::chrono::seconds;

class SilentNetwork : public testing::Test {
 protected:
  void SetUp() override {
    if (!network_.why_not().empty()) {
      GTEST_SKIP() << "NOT TESTED: a network that is cut. This user cannot have one of his own: "
                   << network_.why_not();
    }
    source_.emplace(world::PostgresOptions{.listen = world::Listen::kLoopback});
    target_.emplace(world::PostgresOptions{.listen = world::Listen::kLoopback});
    make_shop(*source_);
    make_slow_table(*source_, "shop", 500);
    add("shop", *source_, ", include: [shop]");
    add("fresh", *target_, "");
    vya_.set_variable("FAKE_PASSWORD", "fake-password");
    ASSERT_EQ(vya_.run({"init"}).status, 0);
  }

  void add(const std::string& instance, const world::PostgresServer& server,
           const std::string& more) {
    server.query("postgres", "ALTER ROLE postgres PASSWORD 'fake-password'");
    vya_.add(instance, "{engine: postgresql, host: 127.0.0.1, port: " + server.port() +
                           ", user: postgres, password: env:FAKE_PASSWORD, max_outage: 1s" + more +
                           "}");
  }

  /// Cuts the network for so long, in which the program must not get anywhere.
  void expect_waits(const world::Program& program, seconds silence) {
    network_.cut();
    EXPECT_FALSE(program.ended_within(silence)) << program.errors();
    network_.mend();
  }

  world::OwnNetwork network_;  // before what is started in it
  std::optional<world::PostgresServer> source_;
  std::optional<world::PostgresServer> target_;
  Vya vya_;
};

TEST_F(SilentNetwork, IsBorneForAMinute) {
  const seconds silence(world::is_full_run() ? 60 : 8);
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_copies(*source_), 0);

  expect_waits(backup, silence);

  const world::Ended backed_up = backup.wait();
  EXPECT_TRUE(ended_with(backed_up, 0));
  EXPECT_EQ(backed_up.errors.find("lost"), std::string::npos) << backed_up.errors;

  world::Program restore(vya_.command({"restore", "shop", "--to", "fresh", "--check"}));
  ASSERT_TRUE(soon([&] {
    return target_->value("postgres",
                          "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%slow%'") !=
           "0";
  }));

  expect_waits(restore, silence);

  EXPECT_TRUE(ended_with(restore.wait(), 0));
  EXPECT_EQ(target_->value("shop", "SELECT count(*) FROM slow"), "500");
}

/// Two minutes without an answer, and there is nobody any more; the session that holds the snapshot
/// is asked after another one was lost, and has two minutes of its own.
TEST_F(SilentNetwork, ThatStaysSoEndsABackupAndARestore) {
  if (!world::is_full_run())
    GTEST_SKIP()
        << "NOT TESTED: a network that stays cut, which takes minutes; VYA_FULL=1 tests it";
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  world::Program restore(vya_.command({"restore", "shop", "--to", "fresh"}));
  world::Program backup(vya_.command({"backup", "shop"}));
  ASSERT_NE(session_that_copies(*source_), 0);

  network_.cut();

  constexpr std::chrono::minutes kLongest(6);
  EXPECT_TRUE(backup.ended_within(kLongest));
  EXPECT_TRUE(restore.ended_within(kLongest));
  EXPECT_TRUE(ended_with(backup.wait(), 6, {"the server was lost", "hint: "}));
  EXPECT_TRUE(ended_with(restore.wait(), 6, {"vya: cannot", "hint: "}));
}

}  // namespace
}  // namespace vya::story
