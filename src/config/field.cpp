#include "config/field.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "config/config.h"

namespace vya {

namespace {

const char* name_of(YamlValue::Kind kind) {
  switch (kind) {
    case YamlValue::Kind::kNothing:
      return "nothing";
    case YamlValue::Kind::kText:
      return "a text";
    case YamlValue::Kind::kList:
      return "a list";
    case YamlValue::Kind::kMap:
      return "a map";
  }
  return "";
}

}  // namespace

bool Field::is(YamlValue::Kind kind, const char* expected) const {
  if (value_.kind == kind) return true;
  if (value_.kind == YamlValue::Kind::kNothing) {
    complain(fmt::format("has no value; write {}, or leave the key out", expected));
  } else {
    complain(fmt::format("is {}; write {}", name_of(value_.kind), expected));
  }
  return false;
}

std::optional<std::string> Field::text() const {
  if (!is(YamlValue::Kind::kText, "a text")) return std::nullopt;
  if (value_.text.empty()) {
    complain("is empty; write a text, or leave the key out");
    return std::nullopt;
  }
  return value_.text;
}

std::vector<std::string> Field::texts() const {
  if (value_.kind == YamlValue::Kind::kText) {
    const std::optional<std::string> single = text();
    return single ? std::vector{*single} : std::vector<std::string>{};
  }
  if (!is(YamlValue::Kind::kList, "a text or a list of texts")) return {};
  std::vector<std::string> all;
  items([&](const Field& item) {
    if (std::optional<std::string> one = item.text()) all.push_back(std::move(*one));
  });
  return all;
}

void Field::items(const std::function<void(const Field& item)>& visit) const {
  if (!is(YamlValue::Kind::kList, "a list")) return;
  for (std::size_t i = 0; i < value_.items.size(); ++i) {
    const YamlValue& item = value_.items[i];
    visit(Field(item, item.line, fmt::format("{}[{}]", path_, i), around_));
  }
}

std::optional<std::size_t> Field::one_of(const std::vector<std::string>& values) const {
  const std::optional<std::string> word = text();
  if (!word) return std::nullopt;
  const auto found = std::ranges::find(values, *word);
  if (found != values.end()) return static_cast<std::size_t>(found - values.begin());
  complain(fmt::format("'{}' is not known; write one of: {}", *word, fmt::join(values, ", ")));
  return std::nullopt;
}

std::optional<bool> Field::truth() const {
  const std::optional<std::size_t> index = one_of({"false", "true"});
  if (!index) return std::nullopt;
  return *index == 1;
}

std::optional<std::string> Field::file_path() const {
  const std::optional<std::string> written = text();
  return written ? file_path(*written) : std::nullopt;
}

std::optional<std::string> Field::file_path(const std::string& written) const {
  if (written.empty()) {
    complain("no path is given; write one");
    return std::nullopt;
  }
  if (written.starts_with('~')) {
    complain("'~' is not expanded; write the whole path");
    return std::nullopt;
  }
  return (around_.folder / written).lexically_normal().string();
}

bool Field::each(
    const std::function<void(const std::string& key, const Field& field)>& visit) const {
  if (!is(YamlValue::Kind::kMap, "keys with values")) return false;
  std::map<std::string, int> first_lines;
  for (const YamlEntry& entry : value_.entries) {
    const Field field(entry.value, entry.line, path_.empty() ? entry.key : path_ + "." + entry.key,
                      around_);
    const auto [first, is_new] = first_lines.try_emplace(entry.key, entry.line);
    if (is_new) {
      visit(entry.key, field);
    } else {
      field.complain(
          fmt::format("is given twice, first in line {}; keep one of them", first->second));
    }
  }
  return true;
}

void Field::unknown_key(const Field& entry, const std::string& key,
                        const std::vector<std::string>& known) const {
  if (entry.value_.kind == YamlValue::Kind::kNothing || key.find(':') != std::string::npos) {
    // The word is not shown: it may be the rest of a password without quotes, `{password:
    // one,two}`, or all of it,
    // `{password:two}`.
    around_.problems.add(entry.line_, path_,
                         "an entry is not 'KEY: VALUE'; write a space after the colon, and quotes "
                         "around a value with "
                         "special characters");
    return;
  }
  const std::optional<std::string> meant = nearest(key, known);
  const std::string right = meant ? fmt::format("did you mean '{}'?", *meant)
                                  : fmt::format("the keys here are: {}", fmt::join(known, ", "));
  around_.problems.add(entry.line_, path_, fmt::format("unknown key '{}'; {}", key, right));
}

}  // namespace vya
