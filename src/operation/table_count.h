// Counts the tables that are done, where several threads work on the segments of one.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "stream/contents.h"

namespace vya {

class TableCount {
 public:
  /// A segment that there will be; before any is finished.
  void expect(const Segment& segment) { ++left_[{segment.database, segment.table}]; }

  /// How many tables are expected in all.
  std::uint64_t tables() const { return left_.size(); }

  /// A segment is done. Returns 1 when it was its table's last, else 0. Safe from several threads.
  std::uint64_t finish(const Segment& segment) {
    const std::lock_guard guard(mutex_);
    return --left_.at({segment.database, segment.table}) == 0 ? 1 : 0;
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<int, int>, std::size_t> left_;  ///< segments, by database and table
};

}  // namespace vya
