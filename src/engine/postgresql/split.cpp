#include "engine/postgresql/split.h"

namespace vya::pg {

namespace {

constexpr std::uint64_t kMostBlocks = kSegmentBytes / kBlockBytes;
constexpr std::uint64_t kFewestBlocks = 16;

std::uint64_t blocks_a_segment(const TableSize& size) {
  const std::uint64_t bytes = size.blocks * kBlockBytes + size.toast_bytes;
  std::uint64_t step = kMostBlocks;
  while (step > kFewestBlocks && bytes / size.blocks * step > kSegmentBytes) step /= 2;
  return step;
}

}  // namespace

std::vector<Segment> split(const Table& table, const TableSize& size, Ranges ranges) {
  const std::uint64_t weight = size.blocks * kBlockBytes + size.toast_bytes;
  const Segment whole{.database = table.database, .table = table.number, .weight = weight};
  if (ranges == Ranges::kUnusable || size.blocks == 0 || weight <= kSegmentBytes) return {whole};

  const std::uint64_t step = blocks_a_segment(size);
  const std::uint64_t count = (size.blocks + step - 1) / step;
  std::vector<Segment> segments;
  for (std::uint64_t i = 0; i < count; ++i) {
    Segment segment = whole;
    segment.number = static_cast<int>(i);
    segment.weight = weight / count;
    if (i > 0) segment.range.from = std::to_string(i * step);
    if (i + 1 < count) segment.range.to = std::to_string((i + 1) * step);
    segments.push_back(std::move(segment));
  }
  return segments;
}

}  // namespace vya::pg
