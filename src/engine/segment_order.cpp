#include "engine/segment_order.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace vya {

void order_for_work(std::vector<Segment>& segments) {
  std::map<int, std::uint64_t> weights;
  for (const Segment& segment : segments) weights[segment.database] += segment.weight;
  std::ranges::sort(segments, {}, [&](const Segment& segment) {
    return std::make_tuple(~weights[segment.database], segment.database, ~segment.weight,
                           segment.table, segment.number);
  });
}

}  // namespace vya
