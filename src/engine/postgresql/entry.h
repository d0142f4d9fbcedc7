// An entry: one definition of a database's schema, as pg_dump's table of contents names it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "stream/sink.h"

namespace vya::pg {

enum class Section { kNone, kPreData, kData, kPostData };

struct Entry {
  int id = 0;  ///< pg_dump's own number; dependencies refer to it
  Section section = Section::kNone;
  std::string kind;    ///< `TABLE`, `INDEX`, `FK CONSTRAINT`, `COMMENT` ...
  std::string schema;  ///< or empty
  std::string name;    ///< pg_dump's tag: `orders`, `orders orders_pkey`, `f(integer)`
  std::string owner;   ///< role name, or empty
  std::string tablespace;
  std::string access_method;
  bool partitioned = false;  ///< a partitioned table, which stores nothing itself
  std::string definition;    ///< SQL, one or more statements
  std::string drop;          ///< SQL; names the object as ALTER and DROP do
  std::vector<int> dependencies;
  bool operator==(const Entry&) const = default;
};

/// Drops from a table's definition what belongs to the server that wrote it alone: the column
/// option pg_attver, which newer minor versions keep for themselves. Newer pg_dumps write it as
/// `ALTER TABLE ... ALTER COLUMN ... SET (pg_attver=...)`, and every server refuses that. All other
/// bytes stay.
void drop_internal_options(Entry& entry);

/// As one JSON line, and back. read_entries_json gives the entries in the order in which they can
/// be run, and throws Error(kCheckFailed), naming the line.
void write_json(const Entry& entry, Sink& to);
void read_entries_json(Source& from, const std::function<void(Entry)>& visit);

}  // namespace vya::pg
