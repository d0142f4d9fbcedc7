// Decides which entries may run at the same time. Pure; used by one thread at a time.
//
// Each entry waits for those it depends on. Two entries that lock the same table run together only
// when both are index builds (SHARE locks get on with each other); anything else is alone on its
// tables, so no two sessions ever wait for each other's locks. This is what pg_restore does
// (pg_backup_archiver.c, identify_locking_dependencies), with partitions' roots beside the tables,
// because a trigger or a foreign key of a root locks its partitions too.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/postgresql/entry.h"

namespace vya::pg {

/// The tables among a database's entries and how they hang together, collected from all entries in
/// their order.
class TableMap {
 public:
  void add(const Entry& entry);

  bool is_table(int id) const { return parents_.contains(id); }
  /// The table and all that it is a partition or child of.
  std::set<int> with_ancestors(int id) const;

 private:
  std::map<int, std::set<int>> parents_;
  std::map<std::pair<std::string, std::string>, int> ids_;  ///< by schema and name
};

/// The tables an entry locks.
struct Locks {
  std::set<int> alone;   ///< nobody else may work on these
  std::set<int> shared;  ///< index builds of these may run together
  bool operator==(const Locks&) const = default;
};

class EntrySchedule {
 public:
  /// The entries that are to be run, in their order.
  EntrySchedule(const std::vector<Entry>& entries, const TableMap& tables);

  /// The first entry that may run now, as its place in the list; nothing when none may before
  /// another has ended, or none is left.
  std::optional<std::size_t> begin();

  /// The entry has ended, well.
  void end(std::size_t entry);

  /// Whether all have ended.
  bool finished() const { return ended_ == works_.size(); }

 private:
  struct Work {
    Locks locks;
    std::size_t waits_for = 0;         ///< how many others must end before
    std::vector<std::size_t> follows;  ///< who waits for this one
  };

  bool is_free(const Locks& locks) const;

  std::vector<Work> works_;
  std::set<std::size_t> ready_;
  std::set<int> held_alone_;
  std::map<int, std::size_t> held_shared_;
  std::size_t ended_ = 0;
};

}  // namespace vya::pg
