// Parts rows of COPY text into those that the server takes with COPY and those that are too long
// for it: a line of COPY ends at 1 GiB. The values of a long one's fields still fit into a
// statement.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/postgresql/binary_rows.h"
#include "stream/sink.h"

namespace vya::pg {

/// The values of a row's fields: nothing for null, of a bytea its bytes, of all others the text.
using FieldValues = std::vector<std::optional<std::string>>;

/// Takes one row of COPY text apart, in pieces of any size and without its line end, into the
/// values alone: its text is never whole in memory.
class LongRow {
 public:
  explicit LongRow(const std::vector<FieldForm>& forms) : forms_(forms) { begin_field(); }

  void add(std::string_view piece);

  /// Throws Error(kCheckFailed) when the row has not as many fields as there are forms, or one that
  /// is no bytea.
  FieldValues take();

 private:
  void begin_field();
  void put(std::string_view text);
  void put_escaped(char c);
  void put_digit(char digit);
  void end_field();

  const std::vector<FieldForm>& forms_;
  FieldValues values_;
  std::string value_;
  bool is_null_ = false;
  bool is_escape_ = false;  ///< a backslash was the last character
  std::size_t digits_ = 0;  ///< of a bytea, its `\x` counted as two
};

/// Gives rows to a sink as they come and those that are longer than `longest` bytes, in their place
/// among the others, to a function. A row that lies whole in one write is never too long.
class LongRowSplitter final : public Sink {
 public:
  LongRowSplitter(Sink& rows, std::function<void(const FieldValues&)> long_row,
                  std::vector<FieldForm> forms, std::size_t longest)
      : rows_(rows), long_row_(std::move(long_row)), forms_(std::move(forms)), longest_(longest) {}

  void write(Bytes bytes) override;
  void finish() override;

 private:
  void begin_or_continue(std::string_view piece);
  void end_row(std::string_view piece);

  Sink& rows_;
  std::function<void(const FieldValues&)> long_row_;
  std::vector<FieldForm> forms_;
  std::size_t longest_;
  std::string begun_;              ///< a row whose end has not come yet
  std::optional<LongRow> parted_;  ///< that row, once it is too long
};

}  // namespace vya::pg
