// What a backup is made of, in the words that engines and the repository share: databases, tables,
// segments of their rows, and documents.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stream/fingerprint.h"

namespace vya {

/// A database of the backup. Numbers start at 1 and name it in paths; names are not for paths.
struct Database {
  int number = 0;
  std::string name;
  std::string encoding;  ///< of its rows' text, in the server's own words (`UTF8`, `LATIN1`)
  bool operator==(const Database&) const = default;
};

struct TableName {
  std::string schema;
  std::string name;
  auto operator<=>(const TableName&) const = default;
};

enum class TableKind {
  kTable,             ///< rows are loaded into it; a partition's leaf is one too
  kMaterializedView,  ///< rows are kept for reading and comparing; a restore refreshes it
  kConfiguration,  ///< belongs to an extension that lets its rows be dumped; never emptied before
                   ///< loading
  kLargeObjects,   ///< not a table: PostgreSQL's large objects as rows (oid, offset, data)
};

/// A table whose rows are in the backup.
struct Table {
  int database = 0;
  int number = 0;  ///< from 1, within its database
  TableName name;
  TableKind kind = TableKind::kTable;
  std::vector<std::string>
      columns;                    ///< in the order of the rows' fields; fingerprints depend on it
  std::string condition;          ///< SQL that chose the rows (kConfiguration), or empty
  std::optional<TableName> root;  ///< of a partition: the table at the top
  std::string definition;         ///< SHA-256 over the columns' names and types
  std::uint64_t file_node = 0;    ///< PostgreSQL: pg_class.relfilenode at the snapshot, else 0
  bool operator==(const Table&) const = default;
};

/// From `from` (inclusive; empty: from the first) up to `to` (exclusive; empty: all the rest), in
/// the engine's terms: heap blocks on PostgreSQL, oids of large objects, key values on MySQL.
struct Range {
  std::string from;
  std::string to;
  bool operator==(const Range&) const = default;
};

/// A range of a table that is read, stored and loaded by itself.
struct Segment {
  int database = 0;
  int table = 0;
  int number = 0;  ///< from 0, within its table
  Range range;
  std::uint64_t weight = 0;  ///< bytes it takes on the server, about; orders the work
  bool operator==(const Segment&) const = default;
};

/// A piece of a segment's text: `bytes` bytes at `offset` in the uncompressed content of `object`.
struct Extent {
  std::string object;  ///< path within the backup
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  bool operator==(const Extent&) const = default;
};

/// A segment as the backup holds it. Its extents, one after another, are its text; each ends at a
/// row's end.
struct StoredSegment {
  Segment segment;
  Fingerprint fingerprint;
  std::vector<Extent> extents;
  bool operator==(const StoredSegment&) const = default;
};

/// A document of JSON lines that describes the server or one of its databases.
enum class DocumentKind {
  kGlobals,       ///< accounts, tablespaces, databases and their properties
  kSettings,      ///< the server's settings and access rules, for reference
  kSchema,        ///< of a database: the definitions, as entries
  kCatalog,       ///< of a database: grants, sequences' values, extensions, collations
  kLargeObjects,  ///< of a database: owner, grants and comment of each large object
};

struct Document {
  DocumentKind kind = DocumentKind::kGlobals;
  int database = 0;  ///< 0: of the server
  auto operator<=>(const Document&) const = default;
};

/// Something the server would not let us capture or restore.
struct Gap {
  std::string kind;  ///< a short fixed word: `closed-database`, `missing-tablespace`
  std::string what;  ///< the thing's name
  std::string why;   ///< one sentence
  std::string cure;  ///< what an administrator can run or set, or empty
  bool operator==(const Gap&) const = default;

  /// How the configuration's accept_gaps names it: `closed-database:legacy`.
  std::string id() const { return kind + ":" + what; }
};

}  // namespace vya
