// How a table's rows, in the form of tsv.h, become values of its columns again. Pure.
//
// A column's bytes are taken as they are. Only where the server would read them otherwise than it
// wrote them is a column given an expression.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/flavor.h"
#include "engine/mysql/objects.h"
#include "stream/contents.h"

namespace vya::mysql {

/// A column of rows that are loaded.
struct LoadedColumn {
  std::string name;
  /// The value as an expression in which {} stands for the field's bytes; nothing: they are it.
  std::optional<std::string> expression;
  bool enumeration = false;  ///< of type ENUM: the empty text may stand for no value of it
};

/// The column that says until when a row is valid, and what the target has there for a row that is.
struct RowEnd {
  std::string column;
  std::string end_of_time;
};

/// The rows' columns in their order. `described` are the table's.
std::vector<LoadedColumn> loaded_columns(const Table& table,
                                         const std::vector<ObjectColumn>& described,
                                         const std::optional<RowEnd>& row_end);

/// LOAD DATA LOCAL of the file into the table, which is quoted.
std::string load_statement(const std::string& file, const std::string& table,
                           const std::vector<LoadedColumn>& columns);

/// `INSERT INTO t (a, b) VALUES `, to be followed by rows of row_values().
std::string insert_statement(const std::string& table, const std::vector<LoadedColumn>& columns);

/// `('a', NULL)` of a row's text without its line end.
std::string row_values(std::string_view row, const std::vector<LoadedColumn>& columns);

}  // namespace vya::mysql
