#include "operation/status.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Time kNow = parse_time("2026-11-22T12:00:00Z");

Instance shop() {
  Instance instance;
  instance.name = "shop";
  return instance;
}

Manifest taken(Time at) {
  Manifest manifest;
  manifest.id = {"shop", "20261122T030000Z-7f3a"};
  manifest.snapshot = at;
  return manifest;
}

DrillRecord drilled(Time at, DrillCheck::Result result) {
  DrillRecord record;
  record.name = "2026/11/20261122T040000Z-7f3a";
  record.finished = at;
  record.checks = {{"rows", result, ""}};
  return record;
}

std::string what(const std::vector<Finding>& findings) {
  std::string all;
  for (const Finding& finding : findings)
    all += (finding.severity == Severity::kFault ? "" : "notice ") + finding.what + "\n";
  return all;
}

TEST(Status, WantsABackupThatIsNewEnough) {
  Instance instance = shop();
  EXPECT_EQ(what(judge_backup(instance, std::nullopt, kNow)), "has no backup\n");
  EXPECT_EQ(what(judge_backup(instance, taken(kNow - hours(1000)), kNow)), "") << "no target";
  instance.rpo = hours(24);
  EXPECT_EQ(what(judge_backup(instance, taken(kNow - hours(24)), kNow)), "");
  EXPECT_EQ(
      what(judge_backup(instance, taken(kNow - hours(24) - seconds(1)), kNow)),
      "has no newer backup than 20261122T030000Z-7f3a, 24 h 00 min old; its target is 24 h 00 "
      "min\n");
}

TEST(Status, WantsABackupWithoutGaps) {
  Manifest manifest = taken(kNow);
  manifest.accepted_gaps = {{"privilege", 1}};
  EXPECT_EQ(what(judge_backup(shop(), manifest, kNow)), "");
  manifest.gaps = {{"closed-database", 2}, {"owner", 1}};
  EXPECT_EQ(what(judge_backup(shop(), manifest, kNow)),
            "has a backup with gaps: 2 closed-database, 1 owner\n");
}

TEST(Status, WantsAProofWhereOneIsAskedFor) {
  Instance instance = shop();
  EXPECT_EQ(what(judge_drills(instance, {}, {}, kNow)),
            "notice has no backup that was proven to restore\n");
  instance.drill.every = hours(24 * 7);
  EXPECT_EQ(what(judge_drills(instance, {}, {}, kNow)),
            "has no backup that was proven to restore\n");
  const DrillRecord passed = drilled(kNow - hours(24 * 7), DrillCheck::Result::kPassed);
  EXPECT_EQ(what(judge_drills(instance, passed, passed, kNow)), "");
  EXPECT_EQ(what(judge_drills(instance, passed, passed, kNow + hours(1))),
            "passed its last drill 169 h 00 min ago; it is wanted every 168 h 00 min\n");
}

TEST(Status, TellsOfADrillThatFailedAfterOneThatPassed) {
  const DrillRecord passed = drilled(kNow - hours(2), DrillCheck::Result::kPassed);
  const DrillRecord failed = drilled(kNow - hours(1), DrillCheck::Result::kFailed);

  EXPECT_EQ(what(judge_drills(shop(), failed, passed, kNow)),
            "failed its last drill, '2026/11/20261122T040000Z-7f3a'\n");
}

TEST(Status, SaysWhatWasProvenInPartOnly) {
  DrillRecord record = drilled(kNow, DrillCheck::Result::kPassed);
  record.databases = {"shop", "crm*"};

  EXPECT_EQ(what(judge_drills(shop(), record, record, kNow)),
            "notice was proven in part by '2026/11/20261122T040000Z-7f3a': databases shop, crm*\n");
}

TEST(Status, WantsARecoveryInTime) {
  Instance instance = shop();
  instance.rto = minutes(10);
  DrillRecord record = drilled(kNow, DrillCheck::Result::kPassed);
  record.recovery = minutes(10);
  EXPECT_EQ(what(judge_drills(instance, record, record, kNow)), "");
  record.recovery = minutes(11);
  EXPECT_EQ(what(judge_drills(instance, record, record, kNow)),
            "took 11 min 00 s to recover; its target is 10 min 00 s\n");
}

}  // namespace
}  // namespace vya
