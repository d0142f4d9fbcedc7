#include "engine/postgresql/quote.h"

#include <algorithm>
#include <cctype>

namespace vya::pg {

std::string quote_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string quote_name(std::string_view schema, std::string_view name) {
  return quote_name(schema) + "." + quote_name(name);
}

std::string unquote_name(std::string_view quoted) {
  std::string name;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '"') ++i;
    name += quoted[i];
  }
  return name;
}

std::string quote_text(std::string_view text) {
  std::string quoted = text.find('\\') == std::string_view::npos ? "'" : "E'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += c;
    quoted += c;
  }
  return quoted + '\'';
}

std::string quote_names(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!list.empty()) list += ", ";
    list += quote_name(name);
  }
  return list;
}

std::string abbreviated(const std::string& sql, std::size_t most) {
  static constexpr std::string_view kPassword = "password";
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  const auto found = std::search(sql.begin(), sql.end(), kPassword.begin(), kPassword.end(), same);
  const auto length = std::min(most, static_cast<std::size_t>(found - sql.begin()));
  std::string text = sql.substr(0, length);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return sql.size() > length ? text + "..." : text;
}

}  // namespace vya::pg
