#include "repository/backup_id.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "tests/repository/samples.h"

namespace vya {
namespace {

/// The process's time zone for the length of a test.
class TimeZone {
 public:
  explicit TimeZone(const char* name) {
    setenv("TZ", name, 1);
    tzset();
  }
  ~TimeZone() {
    unsetenv("TZ");
    tzset();
  }
};

TEST(BackupId, NamesTheMomentWithARandomTail) {
  const Time at = parse_time("2026-11-22T03:00:00Z");

  const BackupId id = new_backup_id("shop", at);

  EXPECT_EQ(id.instance, "shop");
  EXPECT_EQ(id.epoch.substr(0, 17), "20261122T030000Z-");
  EXPECT_TRUE(is_epoch(id.epoch)) << id.epoch;
  EXPECT_EQ(id.text(), "shop/" + id.epoch);
}

TEST(BackupId, SortsBehindTheNewestAlsoInItsSecondAndWhenTheClockWasSetBack) {
  const Time at = parse_time("2026-12-31T23:59:59Z");

  EXPECT_EQ(new_backup_id("shop", at, "20261231T235958Z-ffff").epoch.substr(0, 16),
            "20261231T235959Z");
  EXPECT_EQ(new_backup_id("shop", at, "20261231T235959Z-0000").epoch.substr(0, 16),
            "20270101T000000Z");
  EXPECT_EQ(new_backup_id("shop", at, "20270228T120000Z-7f3a").epoch.substr(0, 16),
            "20270228T120001Z");
}

TEST(BackupId, IsRefusedForWhatIsNoInstance) {
  EXPECT_EQ(error_of([] { new_backup_id("Shop", now()); }).fault(), Fault::kUsage);
}

TEST(BackupId, KnowsInstanceNames) {
  for (const char* name : {"shop", "s", "0", "shop-pg.eu_1"}) EXPECT_TRUE(is_instance_name(name));
  for (const char* name : {"", "Shop", ".shop", "-shop", "_shop", "sh op", "shop/x", "shöp"}) {
    EXPECT_FALSE(is_instance_name(name)) << name;
  }
}

TEST(BackupId, KnowsEpochs) {
  EXPECT_TRUE(is_epoch("20261122T030000Z-7f3a"));
  for (const char* text : {"", "20261122T030000Z", "20261122T030000Z-7f3", "20261122T030000Z-7f3ag",
                           "20261122T030000Z-7F3A", "2026112xT030000Z-7f3a",
                           "20261122 030000Z-7f3a", "dddddddd-dddddd-xxxxx"}) {
    EXPECT_FALSE(is_epoch(text)) << text;
  }
}

TEST(BackupReference, IsAnInstance) {
  const BackupReference reference = parse_backup_reference("shop-pg");

  EXPECT_EQ(reference.instance, "shop-pg");
  EXPECT_FALSE(reference.epoch);
  EXPECT_FALSE(reference.at);
}

TEST(BackupReference, IsAnEpoch) {
  const BackupReference reference = parse_backup_reference("shop/20261122T030000Z-7f3a");

  EXPECT_EQ(reference.instance, "shop");
  EXPECT_EQ(reference.epoch, "20261122T030000Z-7f3a");
  EXPECT_FALSE(reference.at);
}

TEST(BackupReference, IsATimeInUtc) {
  EXPECT_EQ(parse_backup_reference("shop@2026-01-30T18:05:07Z").at,
            parse_time("2026-01-30T18:05:07Z"));
  EXPECT_EQ(parse_backup_reference("shop@2026-01-30T18:05Z").at,
            parse_time("2026-01-30T18:05:00Z"));
}

TEST(BackupReference, IsALocalTimeInWinterAndSummer) {
  const TimeZone zone("CET-1CEST,M3.5.0,M10.5.0/3");

  EXPECT_EQ(parse_backup_reference("shop@2026-01-30T18:05").at, parse_time("2026-01-30T17:05:00Z"));
  EXPECT_EQ(parse_backup_reference("shop@2026-07-30T18:05:09").at,
            parse_time("2026-07-30T16:05:09Z"));
}

TEST(BackupReference, IsTheLastMomentOfADay) {
  const TimeZone zone("CET-1CEST,M3.5.0,M10.5.0/3");

  EXPECT_EQ(parse_backup_reference("shop@2026-01-31Z").at,
            parse_time("2026-01-31T23:59:59.999999Z"));
  EXPECT_EQ(parse_backup_reference("shop@2026-07-30").at,
            parse_time("2026-07-30T21:59:59.999999Z"));
}

TEST(BackupReference, RefusesNonsenseAndSaysWhatItTakes) {
  for (const char* text : {"",
                           "@",
                           "/",
                           "shop/",
                           "shop@",
                           "Shop",
                           "shop/latest",
                           "shop@yesterday",
                           "shop@2026-02-29",
                           "shop@2026-13-01",
                           "shop@2026-01-30T24:00",
                           "shop@2026-01-30T18:60",
                           "shop@2026-01-30T18:05:60",
                           "shop@2026-01-30 18:05",
                           "shop@2026-1-30",
                           "shop@2026-01-30T18",
                           "shop@2026-01-30T18:05ZZ",
                           "shop@2026-01-30T18:05+01:00",
                           "live:shop",
                           "shop/20261122T030000Z-7f3a@2026-01-30",
                           "shop/20261122T030000Z-7f3a/"}) {
    const Error error = error_of([&] { parse_backup_reference(text); });
    EXPECT_EQ(error.fault(), Fault::kUsage) << text;
    EXPECT_TRUE(has_part(error.message(), std::string("'") + text + "'"));
    EXPECT_TRUE(has_part(error.hint(), "INSTANCE/EPOCH"));
  }
}

}  // namespace
}  // namespace vya
