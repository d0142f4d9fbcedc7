// The rows' work of a restore, cut into items that threads take in turn. Pure.
#pragma once

#include <vector>

#include "engine/engine.h"
#include "operation/contents.h"

namespace vya {

/// Segments of one table that go into one sink, in their order.
struct LoadRun {
  const Table* table = nullptr;
  Loading loading = Loading::kWhole;
  std::vector<const StoredSegment*> segments;
};

/// Runs that one thread loads one after another, because they share objects.
struct LoadItem {
  std::vector<LoadRun> runs;
  std::uint64_t bytes = 0;  ///< of text
};

/// A table is loaded whole, by one sink, unless it is so large beside the rest that threads would
/// have to wait for it: then each of its segments is an item. Materialized views are left out: the
/// restore refreshes them. Largest first.
std::vector<LoadItem> load_items(const RepositoryContents& contents, unsigned jobs);

}  // namespace vya
