// What SHOW CREATE TABLE says, taken apart: what a table is created with before its rows, and what
// is added after them. Pure.
//
// Rows are loaded fastest into a table that has only the index by which it keeps them, and an index
// is built fastest from rows that are there. The pieces put together are the statement again, byte
// for byte; a table that was made in two parts shows the same statement as one that was made at
// once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vya::mysql {

enum class TableItemKind {
  kColumn,
  kPrimaryKey,
  kUniqueKey,
  kKey,
  kWholeTextKey,  ///< FULLTEXT
  kOtherKey,      ///< SPATIAL, VECTOR
  kForeignKey,
  kCheck,
  kPeriod,
};

/// What stands between two commas of the list.
struct TableItem {
  TableItemKind kind = TableItemKind::kColumn;
  std::string text;                  ///< with the space before it
  std::string name;                  ///< of a column or constraint
  std::vector<std::string> columns;  ///< of a key, as far as they are plain
  bool auto_increment = false;       ///< of a column
  bool not_null = false;             ///< of a column
  bool without_overlaps = false;     ///< of a key
};

struct CreateTable {
  std::string head;  ///< up to and with the opening parenthesis
  std::vector<TableItem> items;
  std::string tail;    ///< from the closing parenthesis on: options and partitions
  std::string engine;  ///< `InnoDB`
  /// Of a system-versioned table: the column that says until when a row is valid.
  std::optional<std::string> row_end;

  /// The statement.
  std::string text() const;
};

/// Takes it apart. Throws Error(kCheckFailed) when it is no such statement.
CreateTable parse_create_table(std::string_view definition);

/// A table in the order of a restore.
struct TableInParts {
  std::string create;                     ///< the statement before the rows
  std::vector<std::string> indexes;       ///< what `ALTER TABLE x` goes on with, a statement each
  std::vector<std::string> foreign_keys;  ///< the same, or all in one with commas between
  /// `create` with the indexes that cost less with the table than in a statement of their own, as
  /// long as there are few rows; what takes these away again; and those that come later all the
  /// same.
  std::string create_indexed;
  std::string drop_indexes;  ///< empty: there are none
  std::vector<std::string> later_indexes;
};

/// What comes when. Whatever the rows need is there before them: the key that orders them, the one
/// that AUTO_INCREMENT needs, and all before these, because the order of keys is shown; keys that
/// cannot be added later; and every index where the engine builds them best by itself. Throws
/// Error(kCheckFailed) when there is no column.
TableInParts in_parts(const CreateTable& table);

}  // namespace vya::mysql
