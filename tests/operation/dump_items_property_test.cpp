// What holds of a backup's work items whatever the tables are.
#include <gtest/gtest.h>

#include <random>

#include "operation/backup_work.h"

namespace vya {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

std::vector<Segment> small(int database, std::size_t count, std::uint64_t weight) {
  return std::vector<Segment>(count, {.database = database, .table = 1, .weight = weight});
}

TEST(DumpItems, AreNoneOfNoSegments) { EXPECT_TRUE(dump_items({}).empty()); }

TEST(DumpItems, BundleWhatIsLighterThanFourMiB) {
  EXPECT_TRUE(dump_items(small(1, 1, 4 * kMiB - 1))[0].bundle);
  EXPECT_FALSE(dump_items(small(1, 1, 4 * kMiB))[0].bundle);
}

TEST(DumpItems, FillABundleToSixteenMiBAndNoFurther) {
  EXPECT_EQ(dump_items(small(1, 8, 2 * kMiB)).size(), 1u);
  EXPECT_EQ(dump_items(small(1, 9, 2 * kMiB)).size(), 2u);
}

TEST(DumpItems, FillABundleWithFiveHundredSegmentsAndNoMore) {
  EXPECT_EQ(dump_items(small(1, 500, 0)).size(), 1u);
  EXPECT_EQ(dump_items(small(1, 501, 0)).size(), 2u);
}

TEST(DumpItems, StartEveryBundleFromNothing) {
  const auto items = dump_items(small(1, 16, 2 * kMiB));

  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[1].segments.size(), 8u);
}

TEST(DumpItems, PutTheBundlesOfADatabaseAfterItsLargeSegments) {
  std::vector<Segment> segments;
  for (const int database : {1, 2}) {
    for (const std::uint64_t weight : {32 * kMiB, 5 * kMiB, kMiB, std::uint64_t{0}})
      segments.push_back({.database = database, .table = 1, .weight = weight});
  }

  const auto items = dump_items(segments);

  ASSERT_EQ(items.size(), 6u);
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_EQ(items[i].bundle, i % 3 == 2) << i;
    EXPECT_EQ(items[i].segments.front().database, i < 3 ? 1 : 2) << i;
  }
}

TEST(DumpItems, HaveEverySegmentOnceInTheGivenOrder) {
  std::mt19937 random(4);
  std::vector<Segment> segments;
  for (int table = 1; table <= 3000; ++table) {
    segments.push_back({.database = 1 + table / 700,
                        .table = table,
                        .number = static_cast<int>(random() % 3),
                        .weight = random() % (6 * kMiB)});
  }

  std::vector<Segment> together;
  for (const DumpItem& item : dump_items(segments)) {
    ASSERT_FALSE(item.segments.empty());
    EXPECT_TRUE(item.bundle || item.segments.size() == 1);
    for (const Segment& segment : item.segments) {
      EXPECT_EQ(segment.database, item.segments.front().database);
      together.push_back(segment);
    }
  }
  EXPECT_EQ(together, segments);
}

}  // namespace
}  // namespace vya
