#include "operation/table_path.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "base/error.h"

namespace vya {

namespace {

Error unreadable(std::string_view text) {
  return Error(
      Fault::kUsage, fmt::format("cannot read '{}' as the name of a table", text),
      "A table is named DATABASE.SCHEMA.TABLE, as in shop.public.orders; a part that holds "
      "a dot stands in double quotes.");
}

/// Takes a part in quotes, up to its closing quote; nothing when there is none.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string part;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '"') {
      part += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '"') {
      part += text[i++];
    } else {
      text.remove_prefix(i + 1);
      return part;
    }
  }
  return std::nullopt;
}

std::string take_plain(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find('.'));
  text.remove_prefix(part.size());
  return std::string(part);
}

std::string quoted_if_needed(const std::string& name) {
  if (name.find_first_of(".\"") == std::string::npos) return name;
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace

TablePath parse_table_path(std::string_view text) {
  std::vector<std::string> parts;
  for (std::string_view rest = text;;) {
    const std::optional<std::string> part =
        rest.starts_with('"') ? take_quoted(rest) : take_plain(rest);
    if (!part || part->empty()) throw unreadable(text);
    parts.push_back(*part);
    if (rest.empty()) break;
    if (rest.front() != '.') throw unreadable(text);
    rest.remove_prefix(1);
  }
  if (parts.size() != 3) throw unreadable(text);
  return {parts[0], {parts[1], parts[2]}};
}

std::string to_text(const TablePath& path) {
  return quoted_if_needed(path.database) + "." + quoted_if_needed(path.table.schema) + "." +
         quoted_if_needed(path.table.name);
}

}  // namespace vya
