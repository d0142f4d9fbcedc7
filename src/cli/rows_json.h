// Rows as JSON lines, for `vya cat --json`: a table may be larger than any one document should be.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "operation/table_rows.h"
#include "stream/sink.h"

namespace vya {

/// The first line: `{"version":1,"table":"shop.public.orders","columns":[...],"rows":2}`.
std::string rows_header_to_json(const TablePath& path, const TableRows& rows);

/// Turns rows into lines, an array of texts and nulls for each row; a text that is no UTF-8 is
/// `{"bytes":"<hex>"}`. Writes may cut rows anywhere.
class RowsToJson final : public Sink {
 public:
  /// `split` gives the fields of a row without its line end.
  RowsToJson(std::function<RowFields(std::string_view)> split, Sink& next)
      : split_(std::move(split)), next_(next) {}

  void write(Bytes bytes) override;
  /// Finishes the next too. Throws Error(kCheckFailed) when the last row has no end.
  void finish() override;

 private:
  std::function<RowFields(std::string_view)> split_;
  Sink& next_;
  std::string row_;  ///< that has begun and not ended
};

}  // namespace vya
