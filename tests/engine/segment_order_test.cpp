#include "engine/segment_order.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(OrderForWork, TakesTheHeaviestDatabaseAndInItTheHeaviestSegmentFirst) {
  std::vector<Segment> segments = {{.database = 1, .table = 1, .weight = 10},
                                   {.database = 2, .table = 1, .weight = 8},
                                   {.database = 2, .table = 2, .weight = 9}};

  order_for_work(segments);

  EXPECT_EQ(segments[0].weight, 9u);
  EXPECT_EQ(segments[1].weight, 8u);
  EXPECT_EQ(segments[2].database, 1);
}

}  // namespace
}  // namespace vya
