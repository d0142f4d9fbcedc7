#include "operation/table_path.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "base/error.h"

namespace vya {

namespace {

Error unreadable(std::string_view text) {
  return Error(Fault::kUsage, fmt::format("cannot read '{}' as the name of a table", text),
               "A table is named DATABASE.SCHEMA.TABLE, as in shop.public.orders, or on MySQL "
               "DATABASE.TABLE; a part that holds a dot stands in double quotes.");
}

Error unreadable_name(std::string_view text) {
  return Error(
      Fault::kUsage,
      fmt::format("cannot read what comes after '=' in '{}' as a table's new name", text),
      "The new name is TABLE or, on PostgreSQL, SCHEMA.TABLE, in the same database; a part "
      "that holds a dot or an equals sign stands in double quotes.");
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

/// Takes a part without quotes, up to one of `ends`.
std::string take_plain(std::string_view& text, const char* ends) {
  const std::string_view part = text.substr(0, text.find_first_of(ends));
  text.remove_prefix(part.size());
  return std::string(part);
}

/// Takes parts with dots between them, up to one of `ends` or the text's end; nothing where they
/// are none.
std::optional<std::vector<std::string>> take_parts(std::string_view& text, const char* ends) {
  std::vector<std::string> parts;
  for (;;) {
    const std::optional<std::string> part =
        text.starts_with('"') ? take_quoted(text) : take_plain(text, ends);
    if (!part || part->empty()) return std::nullopt;
    parts.push_back(*part);
    if (!text.starts_with('.')) return parts;
    text.remove_prefix(1);
  }
}

constexpr const char* kDot = ".";
constexpr const char* kDotOrEquals = ".=";

std::string quoted_if_needed(const std::string& name) {
  if (name.find_first_of(".\"") == std::string::npos) return name;
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace

TablePath parse_table_path(std::string_view text) {
  std::string_view rest = text;
  const auto parts = take_parts(rest, kDot);
  if (!parts || !rest.empty()) throw unreadable(text);
  if (parts->size() == 2) return {(*parts)[0], {"", (*parts)[1]}};
  if (parts->size() != 3) throw unreadable(text);
  return {(*parts)[0], {(*parts)[1], (*parts)[2]}};
}

RenamedTable parse_renamed_table(std::string_view text) {
  std::string_view rest = text;
  const auto parts = take_parts(rest, kDotOrEquals);
  if (!parts || parts->size() < 2 || parts->size() > 3) throw unreadable(text);
  const TableName name = {parts->size() == 3 ? (*parts)[1] : "", parts->back()};
  if (rest.empty()) return {{(*parts)[0], name}, name};
  if (!rest.starts_with('=')) throw unreadable(text);
  rest.remove_prefix(1);
  const auto renamed = take_parts(rest, kDotOrEquals);
  if (!renamed || renamed->size() >= parts->size() || !rest.empty()) throw unreadable_name(text);
  const std::string& schema = renamed->size() == 2 ? renamed->front() : name.schema;
  return {{(*parts)[0], name}, {schema, renamed->back()}};
}

std::string to_text(const TablePath& path) {
  const std::string& schema = path.table.schema;
  return quoted_if_needed(path.database) + "." +
         (schema.empty() ? "" : quoted_if_needed(schema) + ".") + quoted_if_needed(path.table.name);
}

}  // namespace vya
