// Gives restored tables, and what belongs to them, their names on the target. Pure.
//
// Names are changed token by token, in the places where PostgreSQL's own definitions name things:
// pairs of schema and name, regclass literals (a default's sequence), qualified columns, and the
// names after INDEX and CONSTRAINT. Sessions that read definitions quote all names, so a word is
// never one. Texts, and so the bodies of functions, stay as they are.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "stream/contents.h"

namespace vya::pg {

/// The longest name that a server keeps, in bytes.
inline constexpr std::size_t kLongestName = 63;

/// How the names around one table follow its own.
class NewNames {
 public:
  NewNames(TableName from, TableName to) : from_(std::move(from)), to_(std::move(to)) {}

  bool changes() const { return from_ != to_; }

  /// Of an index, a constraint, a sequence, a partition: where it begins with the table's name and
  /// no letter follows, it begins with the new one, which is cut where the whole would be longer
  /// than a name may be.
  std::string name(const std::string& old) const;
  std::string schema(const std::string& old) const {
    return old == from_.schema ? to_.schema : old;
  }
  TableName relation(const TableName& old) const;

 private:
  TableName from_;
  TableName to_;
};

/// All names that change in one database.
class TableNames {
 public:
  /// Whether a schema of the backup has an object of this name: then `"s"."name"` is that, although
  /// a table is named like the schema.
  using IsObject = std::function<bool(const std::string& schema, const std::string& name)>;

  explicit TableNames(IsObject is_object) : is_object_(std::move(is_object)) {}

  void add_table(const TableName& from, const TableName& to);
  /// An index, a sequence, statistics.
  void add_relation(const TableName& from, const TableName& to);

  /// The name on the target; what was not added keeps its own.
  TableName of(const TableName& name) const;

  /// Changes the entry, which belongs to the table that `names` are of.
  void rename(Entry& entry, const NewNames& names) const;
  /// Changes what the catalog says of sequences, orders of columns and grants.
  void rename(Catalog& catalog) const;

  /// The SQL with its names changed.
  std::string in(const std::string& sql, const NewNames& names) const;

 private:
  std::string in_literal(std::string_view literal) const;

  IsObject is_object_;
  std::map<TableName, TableName> relations_;
  std::map<std::string, std::string> tables_;  ///< by their names alone, as columns are qualified
};

}  // namespace vya::pg
