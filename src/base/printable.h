// Text that others chose, for a terminal: the name of a table may hold anything but a zero byte.
#pragma once

#include <string>
#include <string_view>

namespace vya {

/// The text with its control characters as `\x1b`, so that a terminal obeys nothing in it; line
/// ends and tabulators stay. Of UTF-8 also U+0080 to U+009F, which some terminals obey.
std::string printable(std::string_view text);

/// The same on one line: line ends and tabulators are `\x0a` and `\x09`, so that nothing in it can
/// look like a line of ours.
std::string printable_line(std::string_view text);

}  // namespace vya
