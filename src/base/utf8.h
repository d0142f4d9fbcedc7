// Whether a text is UTF-8: what a server in SQL_ASCII gives need not be, and JSON takes nothing
// else.
#pragma once

#include <cstddef>
#include <string_view>

namespace vya {

/// RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// How many bytes the character at the start of a text that is not empty takes; 0 when it is none.
std::size_t utf8_length(std::string_view text);

}  // namespace vya
