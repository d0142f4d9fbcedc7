// The entries that a restore goes on without: what needs one of them is missing too.
#pragma once

#include <map>
#include <mutex>
#include <set>

#include "engine/postgresql/entry.h"
#include "stream/contents.h"

namespace vya::pg {

/// Safe from several threads.
class MissingEntries {
 public:
  void add(int database, const Entry& entry);

  bool any() const;
  /// Whether the entry depends on one that is missing.
  bool needs_one(int database, const Entry& entry) const;
  /// Whether the table or view of this name is missing.
  bool has(int database, const TableName& relation) const;

 private:
  struct Missing {
    std::set<int> ids;
    std::set<TableName> relations;
  };
  mutable std::mutex mutex_;
  std::map<int, Missing> databases_;
};

}  // namespace vya::pg
