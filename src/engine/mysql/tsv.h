// The form of rows: fields between tabs, a line feed at the end, every byte as the server stores
// it.
//
// Only tab, line feed, backslash and NUL are escaped (\t \n \\ \0), and null is \N: what LOAD DATA
// reads in the character set `binary`. No byte is converted on the way, so none can be lost in
// a character set.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vya::mysql {

/// Appends a field's bytes, escaped. The hot path of every backup.
void append_escaped(std::string& to, std::string_view bytes);

/// The fields of one row, without its line end: nothing for null.
std::vector<std::optional<std::string>> tsv_fields(std::string_view row);

}  // namespace vya::mysql
