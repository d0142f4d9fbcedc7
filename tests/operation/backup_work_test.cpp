#include "operation/backup_work.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

TEST(DumpItems, GiveALargeSegmentAnItemOfItsOwn) {
  const auto items = dump_items({{.database = 1, .table = 1, .weight = 32 * kMiB},
                                 {.database = 1, .table = 2, .weight = 5 * kMiB}});

  ASSERT_EQ(items.size(), 2u);
  EXPECT_FALSE(items[0].bundle);
  EXPECT_FALSE(items[1].bundle);
}

TEST(DumpItems, BundleSmallTablesOfOneDatabase) {
  const auto items = dump_items({{.database = 1, .table = 1, .weight = 1},
                                 {.database = 1, .table = 2, .weight = 1},
                                 {.database = 2, .table = 1, .weight = 1}});

  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].segments.size(), 2u);
  EXPECT_EQ(items[1].segments.size(), 1u);
}

TEST(DumpItems, StartANewBundleWhenOneIsHeavyEnough) {
  const std::vector<Segment> segments(12, {.database = 1, .table = 1, .weight = 3 * kMiB});

  const auto items = dump_items(segments);

  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].segments.size(), 5u);
}

TEST(DumpItems, MakeTensOfItemsOfTenThousandEmptyTables) {
  const std::vector<Segment> segments(10'000, {.database = 1, .table = 1});

  EXPECT_EQ(dump_items(segments).size(), 20u);
}

}  // namespace
}  // namespace vya
