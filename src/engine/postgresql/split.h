// Splits tables into segments, and puts the work in order. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "stream/contents.h"

namespace vya::pg {

struct TableSize {
  std::uint64_t blocks = 0;       ///< of the heap
  std::uint64_t toast_bytes = 0;  ///< beside the heap
};

/// The heap bytes of a block, and about what a segment should weigh.
inline constexpr std::uint64_t kBlockBytes = 8192;
inline constexpr std::uint64_t kSegmentBytes = 32 * 1024 * 1024;

/// A table's segments: ranges of a fixed power of two of heap blocks (4096, fewer where much of the
/// table is beside the heap, so that a segment weighs about kSegmentBytes), without gaps or
/// overlaps, the first without a lower and the last without an upper border: a table that grew
/// meanwhile is still whole. One segment without borders where ranges are of no use.
enum class Ranges { kUsable, kUnusable };
std::vector<Segment> split(const Table& table, const TableSize& size, Ranges ranges);

}  // namespace vya::pg
