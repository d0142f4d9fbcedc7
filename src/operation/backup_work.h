// The rows' work of a backup, cut into items that threads take in turn. Pure.
#pragma once

#include <vector>

#include "stream/contents.h"

namespace vya {

/// Segments that are written one after another by one RowWriter: one large one by itself, or small
/// ones together.
struct DumpItem {
  bool bundle = false;
  std::vector<Segment> segments;
};

/// Keeps the order of the segments as far as bundling lets it: larger first, bundles of a database
/// after its large segments.
std::vector<DumpItem> dump_items(const std::vector<Segment>& segments);

}  // namespace vya
