// The tables of a restore that have their indexes from the beginning.
//
// Each statement that changes a table costs the server several writes to the disk, so a small table
// is there sooner in one statement than in two. Which tables are small is known when their rows
// come: one that is not loses its indexes then, while it is empty, and gets them back when they can
// be built from the rows. So does one whose rows break a unique index.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "engine/mysql/connection.h"

namespace vya::mysql {

/// Safe from several threads. Names are quoted, with the database's.
class IndexedTables {
 public:
  /// A table was made with indexes. `drop`: what `ALTER TABLE x` goes on with to take them away.
  void add(const std::string& name, const std::string& drop);

  bool has(const std::string& name) const;

  /// Takes a table's indexes away, unless the server refuses: then they are built while rows come
  /// in. Others wait meanwhile. Throws SqlError where the connection is lost.
  void drop(Connection& session, const std::string& name);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> drops_;
};

}  // namespace vya::mysql
