#include "engine/mysql/quote.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace vya::mysql {

std::string quote_name(std::string_view name) {
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted += '`';
    quoted += c;
  }
  return quoted + '`';
}

std::string quote_name(std::string_view schema, std::string_view name) {
  return quote_name(schema) + '.' + quote_name(name);
}

std::string quote_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    if (c == '\0') {
      quoted += "\\0";
    } else {
      quoted += c;
    }
  }
  return quoted + '\'';
}

std::string abbreviated(const std::string& sql) {
  constexpr std::size_t kMost = 100;
  std::string lower = sql.substr(0, kMost);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  std::size_t length = lower.size();
  for (const char* word : {"password", "identified"}) length = std::min(length, lower.find(word));
  std::string text = sql.substr(0, length);
  std::ranges::replace(text, '\n', ' ');
  return "'" + text + (sql.size() > length ? "..." : "") + "'";
}

}  // namespace vya::mysql
