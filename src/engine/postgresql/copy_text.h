// COPY text: what a row of it says (PostgreSQL's manual, COPY, "Text Format").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vya::pg {

/// What a character stands for after a backslash. (`N` alone is null's, and no escape.)
char unescaped(char c);

/// The fields of one row, without its line end: nothing for null, else the field's bytes with its
/// escapes undone.
std::vector<std::optional<std::string>> copy_fields(std::string_view row);

}  // namespace vya::pg
