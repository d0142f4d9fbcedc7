#include "engine/postgresql/split.h"

#include <gtest/gtest.h>

#include <random>

namespace vya::pg {
namespace {

Table some_table() { return {.database = 1, .number = 7, .name = {"public", "orders"}}; }

TEST(Split, KeepsASmallTableWhole) {
  const auto segments = split(some_table(), {.blocks = 100}, Ranges::kUsable);

  ASSERT_EQ(segments.size(), 1u);
  EXPECT_EQ(segments[0].range, Range{});
  EXPECT_EQ(segments[0].weight, 100 * kBlockBytes);
}

TEST(Split, KeepsATableWholeWhereRangesAreOfNoUse) {
  EXPECT_EQ(split(some_table(), {.blocks = 1'000'000}, Ranges::kUnusable).size(), 1u);
}

TEST(Split, CutsAtFixedMultiplesOfBlocks) {
  const auto segments = split(some_table(), {.blocks = 10'000}, Ranges::kUsable);

  ASSERT_EQ(segments.size(), 3u);
  EXPECT_EQ(segments[0].range, (Range{"", "4096"}));
  EXPECT_EQ(segments[1].range, (Range{"4096", "8192"}));
  EXPECT_EQ(segments[2].range, (Range{"8192", ""}));
}

TEST(Split, CutsFinerWhereMuchIsBesideTheHeap) {
  const auto segments =
      split(some_table(), {.blocks = 4096, .toast_bytes = 15 * kSegmentBytes}, Ranges::kUsable);

  EXPECT_EQ(segments.size(), 16u);
}

TEST(Split, CoversEveryBlockOnceWhateverTheSize) {
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    const TableSize size{.blocks = random() % 300'000,
                         .toast_bytes = (random() % 100) * kSegmentBytes};
    const auto segments = split(some_table(), size, Ranges::kUsable);

    EXPECT_EQ(segments.front().range.from, "");
    EXPECT_EQ(segments.back().range.to, "");
    for (std::size_t s = 1; s < segments.size(); ++s) {
      EXPECT_EQ(segments[s].number, static_cast<int>(s));
      EXPECT_EQ(segments[s].range.from, segments[s - 1].range.to);
      EXPECT_LT(std::stoull("0" + segments[s - 1].range.from), std::stoull(segments[s].range.from));
    }
  }
}

}  // namespace
}  // namespace vya::pg
