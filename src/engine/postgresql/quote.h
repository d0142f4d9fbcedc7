// Names and values inside SQL text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vya::pg {

/// `"name"`, always quoted, quotes doubled: right for every name and every server version's
/// keywords.
std::string quote_name(std::string_view name);

/// `"schema"."name"`.
std::string quote_name(std::string_view schema, std::string_view name);

/// The name that stands in quotes.
std::string unquote_name(std::string_view quoted);

/// `'text'`, or `E'te\\xt'` when it holds a backslash: right whatever standard_conforming_strings
/// says.
std::string quote_text(std::string_view text);

/// `"a", "b"`.
std::string quote_names(const std::vector<std::string>& names);

/// The beginning of a statement on one line, for messages: cut at `most` characters, and where a
/// password may stand.
std::string abbreviated(const std::string& sql, std::size_t most = 60);

}  // namespace vya::pg
