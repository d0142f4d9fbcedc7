#include "engine/postgresql/setting_sql.h"

#include <algorithm>
#include <array>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// Settings whose values are lists of quoted names: marked GUC_LIST_QUOTE in the server's
/// guc_tables.c, 13 to 18. An extension cannot add one.
constexpr std::array<std::string_view, 6> kLists = {
    "local_preload_libraries",  "search_path",      "session_preload_libraries",
    "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories"};

bool is_list(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::ranges::find(kLists, name) != kLists.end();
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

void skip_blanks(std::string_view& rest) {
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
}

std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string name;
  rest.remove_prefix(1);
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') {
      if (!rest.starts_with('"')) return name;
      rest.remove_prefix(1);
    }
    name += c;
  }
  return std::nullopt;
}

std::optional<std::string> take_plain(std::string_view& rest) {
  std::string name;
  while (!rest.empty() && rest.front() != ',' && !is_blank(rest.front())) {
    name += rest.front();
    rest.remove_prefix(1);
  }
  if (name.empty()) return std::nullopt;
  return name;
}

std::string value_of(const RoleSetting& setting) {
  const std::optional<std::vector<std::string>> names =
      is_list(setting.name) ? split_names(setting.value) : std::nullopt;
  if (!names || names->empty()) return quote_text(setting.value);
  std::string list;
  for (const std::string& name : *names) {
    if (!list.empty()) list += ", ";
    list += quote_text(name);
  }
  return list;
}

/// Whose setting it is, as ALTER takes it.
std::string subject(const RoleSetting& setting) {
  if (setting.role.empty() && !setting.database.empty())
    return "DATABASE " + quote_name(setting.database);
  const std::string role = setting.role.empty() ? "ALL" : quote_name(setting.role);
  const std::string in =
      setting.database.empty() ? "" : " IN DATABASE " + quote_name(setting.database);
  return "ROLE " + role + in;
}

/// A name with dots is quoted part by part.
std::string quoted_setting(const std::string& name) {
  std::string text;
  std::size_t begin = 0;
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', begin)) {
    text += quote_name(name.substr(begin, dot - begin)) + ".";
    begin = dot + 1;
  }
  return text + quote_name(name.substr(begin));
}

}  // namespace

std::optional<std::vector<std::string>> split_names(std::string_view list) {
  std::vector<std::string> names;
  skip_blanks(list);
  while (!list.empty()) {
    std::optional<std::string> name = list.starts_with('"') ? take_quoted(list) : take_plain(list);
    if (!name) return std::nullopt;
    names.push_back(std::move(*name));
    skip_blanks(list);
    if (list.empty()) break;
    if (list.front() != ',') return std::nullopt;
    list.remove_prefix(1);
    skip_blanks(list);
    if (list.empty()) return std::nullopt;
  }
  return names;
}

Statement reset_setting(const RoleSetting& setting) {
  const std::string whose = subject(setting);
  return {.what = "reset " + setting.name + " of " + whose,
          .sql = "ALTER " + whose + " RESET " + quoted_setting(setting.name)};
}

Statement alter_setting(const RoleSetting& setting) {
  const std::string whose = subject(setting);
  return {.what = "set " + setting.name + " of " + whose,
          .sql = "ALTER " + whose + " SET " + quoted_setting(setting.name) + " TO " +
                 value_of(setting)};
}

}  // namespace vya::pg
