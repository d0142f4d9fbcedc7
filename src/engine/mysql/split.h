// Splits tables into segments by their keys.
#pragma once

#include <vector>

#include "engine/mysql/relations.h"

namespace vya::mysql {

/// About what a segment should weigh on the server.
inline constexpr std::uint64_t kSegmentBytes = 32ull * 1024 * 1024;

/// A table's segments, their borders looked for in the connection's snapshot; one without borders
/// where the table is small, has no key of use, or shows its rows as they are now: then each of its
/// statements would see another moment. The session's results are to be in the character set
/// `binary`.
std::vector<Segment> split(Connection& connection, const std::string& database,
                           const Relation& relation, std::uint64_t segment_bytes = kSegmentBytes);

}  // namespace vya::mysql
