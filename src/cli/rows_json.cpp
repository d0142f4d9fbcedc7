#include "cli/rows_json.h"

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "base/error.h"
#include "base/utf8.h"

namespace vya {

namespace {

using Json = nlohmann::ordered_json;

/// A line of JSON is made of the whole row, which then is in memory several times.
constexpr std::size_t kLongestRow = std::size_t{256} << 20;

Json to_json(const std::string& text) {
  if (is_utf8(text)) return text;
  return {{"bytes", to_hex(as_bytes(text))}};
}

std::string line_of(const RowFields& row) {
  Json fields = Json::array();
  for (const std::optional<std::string>& field : row)
    fields.push_back(field ? to_json(*field) : Json());
  return fields.dump() + "\n";
}

}  // namespace

std::string rows_header_to_json(const TablePath& path, const TableRows& rows) {
  Json columns = Json::array();
  for (const std::string& column : rows.columns()) columns.push_back(to_json(column));
  return Json{{"version", 1},
              {"table", to_json(to_text(path))},
              {"columns", std::move(columns)},
              {"rows", rows.fingerprint().rows}}
             .dump() +
         "\n";
}

void RowsToJson::write(Bytes bytes) {
  std::string lines;
  for (std::string_view text = as_text(bytes); !text.empty();) {
    const std::size_t end = text.find('\n');
    row_ += text.substr(0, end);
    if (row_.size() > kLongestRow) {
      throw Error(Fault::kRefused,
                  "cannot write a row as JSON: its text is longer than " + human_bytes(kLongestRow),
                  "Without --json rows are written as they are stored, however long.");
    }
    if (end == std::string_view::npos) break;
    lines += line_of(split_(row_));
    row_.clear();
    text.remove_prefix(end + 1);
  }
  next_.write(as_bytes(lines));
}

void RowsToJson::finish() {
  if (!row_.empty()) throw Error(Fault::kCheckFailed, "the last row has no end");
  next_.finish();
}

}  // namespace vya
