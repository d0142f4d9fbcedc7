// The tables and materialized views of a database whose rows belong into a backup, as a transaction
// sees them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stream/contents.h"

namespace vya::pg {

class Connection;

/// A table as the catalog describes it, with what is needed to lock, watch and split it.
struct Relation {
  std::int64_t oid = 0;
  Table table;               ///< database and number are for the caller to give
  bool heap = true;          ///< stored by the heap access method, so that blocks mean something
  std::uint64_t blocks = 0;  ///< of the heap, now
  std::uint64_t toast_bytes = 0;
  /// The file nodes as the transaction sees them differ from those in force: the table was
  /// truncated or rewritten after the snapshot and before our lock.
  bool rewritten = false;
};

/// A relation to lock before the snapshot: also partitioned tables, which have no rows of their
/// own.
struct Lockable {
  std::int64_t oid = 0;
  TableName name;
};

/// What can be locked with LOCK TABLE (tables and partitioned tables), by oid.
std::vector<Lockable> lockable_relations(Connection& connection);

/// Everything with rows, by schema and name: tables, partitions, inheritance children, unlogged
/// tables, populated materialized views, and those tables of extensions that the extension lets be
/// dumped.
std::vector<Relation> relations_with_rows(Connection& connection);

}  // namespace vya::pg
