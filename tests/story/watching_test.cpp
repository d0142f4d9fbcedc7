// What a backup tells while it works, and the age that its snapshot may not pass.
#include "tests/story/expectations.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

TEST(Watching, ABackupWhoseSnapshotBecomesTooOldEndsAndLeavesNothing) {
  const world::PostgresServer source;
  make_slow_table(source, "postgres");
  Vya vya;
  vya.add("shop", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  EXPECT_TRUE(ended_with(
      vya.run({"backup", "shop", "--jobs", "1", "--max-snapshot-age", "3s"}), 12,
      {"cannot back up 'shop': its snapshot is ", " s old", "in the phase 'rows', after ",
       " of 1 tables", "hint: Nothing was stored, and the server's locks are free again"}));
  EXPECT_EQ(vya.backups().size(), 0U);
  EXPECT_EQ(sessions_of_vya(source), 0);
}

TEST(Watching, TheConfigurationSaysHowOldASnapshotMayBecome) {
  const world::PostgresServer source;
  make_slow_table(source, "postgres");
  Vya vya;
  vya.add("shop", source, "max_snapshot_age: 1s");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  EXPECT_TRUE(ended_with(vya.run({"backup", "shop", "--jobs", "1"}), 12, {"max_snapshot_age"}));
  EXPECT_TRUE(ended_with(vya.run({"backup", "shop", "--max-snapshot-age", "1h"}), 0));
}

TEST(Watching, ALogHasLinesForPhasesOnly) {
  const world::PostgresServer source;
  make_slow_table(source, "postgres", 50);
  Vya vya;
  vya.add("shop", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  const world::Ended ended = vya.run({"backup", "shop"});

  ASSERT_TRUE(ended_with(ended, 0));
  EXPECT_EQ(ended.errors.find(" left"), std::string::npos) << ended.errors;
  EXPECT_EQ(ended.errors.find('\r'), std::string::npos) << ended.errors;
}

}  // namespace
}  // namespace vya::story
