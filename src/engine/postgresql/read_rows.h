// Reads a table's rows as COPY text: as the server writes it, or where a row's text is too long for
// that, out of its binary format.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/postgresql/binary_rows.h"
#include "engine/postgresql/connection.h"
#include "stream/contents.h"

namespace vya::pg {

/// How the server is asked for rows.
enum class RowFormat {
  kText,
  kBinary,  ///< for rows whose text is longer than the server can write, 1 GiB
};

/// Writes the rows of a table in a range as COPY text, the same in both formats, and does not
/// finish the sink. Throws SqlError.
void read_rows(Connection& connection, const Table& table, const Range& range,
               const std::string& encoding, RowFormat format, Sink& sink);

/// Whether an error of reading a table may mean that a row's text is too long for the server. The
/// codes are those of other troubles too, which then are met again in the other format.
bool may_be_too_long(const Table& table, const std::string& state);

/// Throws what the server said of rows that it gives in no format.
[[noreturn]] void fail_to_read(const Table& table, const std::string& database,
                               const SqlError& error);

/// A table as messages name it: `table "public"."orders" of database "shop"`.
std::string in_words(const Table& table, const std::string& database);

/// Of the table's columns, in the order of `table.columns`: those that are plain bytea give their
/// bytes.
std::vector<FieldForm> field_forms(Connection& connection, const Table& table);

/// Which segments' rows the server could not write as text. Safe from several threads.
class BinarySegments {
 public:
  RowFormat format_of(const Table& table, int segment) {
    const std::lock_guard lock(mutex_);
    const bool is_binary = all_.contains({table.database, table.number, segment});
    return is_binary ? RowFormat::kBinary : RowFormat::kText;
  }

  void add(const Table& table, int segment) {
    const std::lock_guard lock(mutex_);
    all_.emplace(table.database, table.number, segment);
  }

 private:
  std::mutex mutex_;
  std::set<std::tuple<int, int, int>> all_;  ///< database, table, segment
};

}  // namespace vya::pg
