#include "engine/postgresql/copy_text.h"

#include <array>
#include <utility>

namespace vya::pg {

namespace {

/// What COPY TO writes; a backslash before anything else stands for that itself.
constexpr std::array kEscapes = {std::pair{'b', '\b'}, std::pair{'f', '\f'}, std::pair{'n', '\n'},
                                 std::pair{'r', '\r'}, std::pair{'t', '\t'}, std::pair{'v', '\v'}};

std::optional<std::string> field_of(std::string_view text) {
  if (text == "\\N") return std::nullopt;
  std::string field;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    field += escape ? unescaped(text[++i]) : text[i];
  }
  return field;
}

}  // namespace

char unescaped(char c) {
  for (const auto& [letter, meant] : kEscapes) {
    if (letter == c) return meant;
  }
  return c;
}

std::vector<std::optional<std::string>> copy_fields(std::string_view row) {
  std::vector<std::optional<std::string>> fields;
  for (;;) {
    const std::size_t tab = row.find('\t');  // a tab inside a field is written as an escape
    fields.push_back(field_of(row.substr(0, tab)));
    if (tab == std::string_view::npos) return fields;
    row.remove_prefix(tab + 1);
  }
}

}  // namespace vya::pg
