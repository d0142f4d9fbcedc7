#include "engine/mysql/key_range.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

std::string literal(const KeyColumn& column, const std::string& value) {
  switch (column.form) {
    case KeyForm::kNumber:
      return value;
    case KeyForm::kText:
      return fmt::format("_{} x'{}' COLLATE {}", column.charset, to_hex(as_bytes(value)),
                         column.collation);
    case KeyForm::kBytes:
      return fmt::format("x'{}'", to_hex(as_bytes(value)));
    case KeyForm::kQuoted:
      return quote_text(value);
  }
  return "";
}

/// `key OP border`, row by row comparison written out: the servers read less of an index for a row
/// constructor.
std::string compared(const Key& key, const KeyBorder& border, std::string_view beyond,
                     std::string_view last, std::size_t at = 0) {
  const std::string name = quote_name(key[at].name);
  const std::string value = literal(key[at], border[at]);
  if (at + 1 == key.size()) return fmt::format("{} {} {}", name, last, value);
  return fmt::format("({0} {1} {2} OR ({0} = {2} AND {3}))", name, beyond, value,
                     compared(key, border, beyond, last, at + 1));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

}  // namespace

std::string to_text(const Key& key, const KeyBorder& border) {
  std::string text;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0) text += ',';
    text += key[i].form == KeyForm::kNumber ? border[i] : "x" + to_hex(as_bytes(border[i]));
  }
  return text;
}

KeyBorder border_of(const Key& key, const std::string& text) {
  KeyBorder border;
  std::string_view rest = text;
  for (const KeyColumn& column : key) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    const bool number = column.form == KeyForm::kNumber;
    const std::optional<std::string> bytes =
        number ? std::optional<std::string>(part)
               : (part.starts_with('x') ? from_hex(part.substr(1)) : std::nullopt);
    if (!bytes || (number && !is_number(part)) ||
        (comma == std::string_view::npos) != (border.size() + 1 == key.size())) {
      throw Error(Fault::kCheckFailed, fmt::format("'{}' is no border of a key", text));
    }
    border.push_back(*bytes);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return border;
}

std::string condition_of(const Key& key, const Range& range) {
  std::string condition;
  if (!range.from.empty()) condition = compared(key, border_of(key, range.from), ">", ">=");
  if (!range.to.empty()) {
    if (!condition.empty()) condition += " AND ";
    condition += compared(key, border_of(key, range.to), "<", "<");
  }
  return condition;
}

std::vector<Range> ranges_between(const Key& key, const std::vector<KeyBorder>& borders) {
  std::vector<Range> ranges(borders.size() + 1);
  for (std::size_t i = 0; i < borders.size(); ++i) {
    ranges[i].to = to_text(key, borders[i]);
    ranges[i + 1].from = ranges[i].to;
  }
  return ranges;
}

}  // namespace vya::mysql
