// How a table of a backup is named on the command line: `shop.public.orders`.
#pragma once

#include <string>
#include <string_view>

#include "stream/contents.h"

namespace vya {

/// A table and the database it is in, by their names.
struct TablePath {
  std::string database;
  TableName table;
  bool operator==(const TablePath&) const = default;
};

/// Reads DATABASE.SCHEMA.TABLE, or DATABASE.TABLE of a server without schemas. Each part is a name
/// as it is, letter case included; one that holds a dot or a quote stands in double quotes, which
/// are doubled inside: `"my.shop".public."5"" nails"`. Throws Error(kUsage).
TablePath parse_table_path(std::string_view text);

/// A table, and what it is called where it is restored.
struct RenamedTable {
  TablePath path;
  TableName name_on_target;  ///< in the same database
  bool operator==(const RenamedTable&) const = default;
};

/// Reads DATABASE.SCHEMA.TABLE or DATABASE.SCHEMA.TABLE=NEW, where NEW is TABLE, in the same
/// schema, or SCHEMA.TABLE; of a server without schemas DATABASE.TABLE or DATABASE.TABLE=NEW. A
/// part that holds an equals sign stands in quotes too. Throws Error(kUsage).
RenamedTable parse_renamed_table(std::string_view text);

/// The same the other way round, with quotes only where they are needed.
std::string to_text(const TablePath& path);

}  // namespace vya
