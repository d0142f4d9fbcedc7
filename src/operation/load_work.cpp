#include "operation/load_work.h"

#include <algorithm>
#include <map>

namespace vya {

namespace {

constexpr std::uint64_t kWorthSharing = 64ull * 1024 * 1024;

struct TableWork {
  const Table* table = nullptr;
  std::vector<const StoredSegment*> segments;
  std::uint64_t bytes = 0;
};

std::vector<TableWork> by_table(const RepositoryContents& contents) {
  std::map<std::pair<int, int>, TableWork> tables;
  for (const StoredSegment& segment : contents.segments()) {
    const Table& table = contents.table_of(segment.segment);
    if (table.kind == TableKind::kMaterializedView || segment.fingerprint.rows == 0) continue;
    TableWork& work = tables[{table.database, table.number}];
    work.table = &table;
    work.segments.push_back(&segment);
    work.bytes += segment.fingerprint.bytes;
  }
  std::vector<TableWork> all;
  for (auto& [key, work] : tables) {
    std::ranges::sort(work.segments, {},
                      [](const StoredSegment* segment) { return segment->segment.number; });
    all.push_back(std::move(work));
  }
  return all;
}

bool is_bundled(const TableWork& work) {
  return work.segments.size() == 1 &&
         work.segments.front()->extents.front().object.find("/bundles/") != std::string::npos;
}

LoadItem item_of(const TableWork& work, Loading loading,
                 std::vector<const StoredSegment*> segments) {
  LoadItem item;
  for (const StoredSegment* segment : segments) item.bytes += segment->fingerprint.bytes;
  item.runs.push_back({work.table, loading, std::move(segments)});
  return item;
}

/// Bundled tables by the object they begin in, in the order of their place there.
std::vector<LoadItem> bundle_items(std::vector<TableWork> bundled) {
  const auto place = [](const TableWork& work) {
    const Extent& first = work.segments.front()->extents.front();
    return std::tie(first.object, first.offset);
  };
  std::ranges::sort(bundled, {}, place);
  std::vector<LoadItem> items;
  const std::string* object = nullptr;
  for (const TableWork& work : bundled) {
    const std::string& begins_in = work.segments.front()->extents.front().object;
    if (object == nullptr || *object != begins_in) items.emplace_back();
    object = &begins_in;
    items.back().bytes += work.bytes;
    items.back().runs.push_back({work.table, Loading::kSmall, work.segments});
  }
  return items;
}

}  // namespace

std::vector<LoadItem> load_items(const RepositoryContents& contents, unsigned jobs) {
  std::vector<LoadItem> items;
  std::vector<TableWork> bundled;
  const std::uint64_t fair_share = contents.row_bytes() / (2 * std::max(jobs, 1u));
  for (TableWork& work : by_table(contents)) {
    const bool giant = jobs > 1 && work.bytes > kWorthSharing && work.bytes > fair_share;
    if (is_bundled(work)) {
      bundled.push_back(std::move(work));
    } else if (giant || work.table->kind == TableKind::kLargeObjects) {
      for (const StoredSegment* segment : work.segments)
        items.push_back(item_of(work, Loading::kShared, {segment}));
    } else {
      items.push_back(item_of(work, Loading::kWhole, work.segments));
    }
  }
  for (LoadItem& item : bundle_items(std::move(bundled))) items.push_back(std::move(item));
  std::ranges::stable_sort(items, std::greater<>(), &LoadItem::bytes);
  return items;
}

}  // namespace vya
