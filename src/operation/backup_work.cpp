#include "operation/backup_work.h"

#include <cstdint>

namespace vya {

namespace {

/// A segment lighter than this shares an object; one that is heavier is worth its own.
constexpr std::uint64_t kSmall = 4ull * 1024 * 1024;
constexpr std::uint64_t kBundleWeight = 16ull * 1024 * 1024;
/// Tables of a bundle, so that ten thousand empty ones still are work for several threads.
constexpr std::size_t kBundleSegments = 500;

bool fits(const DumpItem& bundle, std::uint64_t weight, const Segment& segment) {
  return bundle.bundle && bundle.segments.front().database == segment.database &&
         bundle.segments.size() < kBundleSegments && weight + segment.weight <= kBundleWeight;
}

}  // namespace

std::vector<DumpItem> dump_items(const std::vector<Segment>& segments) {
  std::vector<DumpItem> items;
  std::uint64_t weight = 0;
  for (const Segment& segment : segments) {
    if (segment.weight >= kSmall) {
      items.push_back({.bundle = false, .segments = {segment}});
      continue;
    }
    if (items.empty() || !fits(items.back(), weight, segment)) {
      items.push_back({.bundle = true, .segments = {}});
      weight = 0;
    }
    items.back().segments.push_back(segment);
    weight += segment.weight;
  }
  return items;
}

}  // namespace vya
