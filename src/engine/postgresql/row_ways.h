// In which way tables' rows are loaded where the server refused the plain way. Safe from several
// threads.
#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "stream/contents.h"

namespace vya::pg {

struct RowWay {
  bool with_path = false;     ///< with the source's search_path
  bool through_root = false;  ///< into the partitioned table at the top
  bool parts_long = false;    ///< rows that are too long for COPY are inserted
  bool later = false;         ///< not before the indexes
  bool operator==(const RowWay&) const = default;
};

class RowWays {
 public:
  RowWay of(const Table& table) {
    const std::lock_guard lock(mutex_);
    return ways_[{table.database, table.number}];
  }

  /// Returns whether that is new.
  bool set(const Table& table, const RowWay& way) {
    const std::lock_guard lock(mutex_);
    return std::exchange(ways_[{table.database, table.number}], way) != way;
  }

  /// The tables of a database whose rows are loaded later, by number.
  std::vector<int> later_of(int database) {
    const std::lock_guard lock(mutex_);
    std::vector<int> tables;
    for (const auto& [table, way] : ways_) {
      if (table.first == database && way.later) tables.push_back(table.second);
    }
    return tables;
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<int, int>, RowWay> ways_;  ///< by database and table
};

}  // namespace vya::pg
