#include "config/drill_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace vya {

namespace {

void read_text(const Field& field, std::string& to) {
  if (std::optional<std::string> text = field.text()) to = std::move(*text);
}

/// A check can be answered in one way only.
void look_at_check(const Field& field, const UserCheck& check) {
  if (check.sql.empty()) field.complain("the key 'sql' is missing; write the statement to run");
  const bool has_range = check.at_least || check.at_most;
  if (check.expect && has_range) field.complain("has both 'expect' and a range; keep one of them");
  if (check.refused && (check.expect || has_range))
    field.complain("is to be refused, and then has no answer; remove 'expect' and the range");
  if (check.refused && check.account.empty())
    field.complain("is to be refused, but not to whom; write the account in the key 'as'");
  if (check.at_least && check.at_most && *check.at_least > *check.at_most)
    field.complain("has an empty range; exchange 'at_least' and 'at_most'");
}

UserCheck read_check(const Field& field) {
  static const std::vector<std::string> kKeys = {"name",   "database", "as",      "sql",
                                                 "expect", "at_least", "at_most", "refused"};
  UserCheck check;
  const bool is_map = field.each([&](const std::string& key, const Field& value) {
    if (key == "name") return read_text(value, check.name);
    if (key == "database") return read_text(value, check.database);
    if (key == "as") return read_text(value, check.account);
    if (key == "sql") return read_text(value, check.sql);
    if (key == "expect") {
      check.expect = value.text();
    } else if (key == "at_least") {
      check.at_least = read_number(value);
    } else if (key == "at_most") {
      check.at_most = read_number(value);
    } else if (key == "refused") {
      check.refused = value.truth().value_or(false);
    } else {
      field.unknown_key(value, key, kKeys);
    }
  });
  if (is_map) look_at_check(field, check);
  if (check.name.empty()) check.name = check.sql;
  return check;
}

void read_checks(const Field& field, std::vector<UserCheck>& to) {
  std::set<std::string> names;
  field.items([&](const Field& item) {
    to.push_back(read_check(item));
    if (!names.insert(to.back().name).second)
      item.complain("another check has this name; give it one of its own in the key 'name'");
  });
}

void read_options(const Field& field, std::vector<std::string>& to) {
  to = field.texts();
  for (const std::string& option : to) {
    const std::size_t sign = option.find('=');
    if (sign == std::string::npos || sign == 0 || option.starts_with('-'))
      field.complain(fmt::format("'{}' is no option of a server; write NAME=VALUE", option));
  }
}

}  // namespace

std::optional<std::chrono::seconds> read_target(const Field& field) {
  constexpr std::chrono::days kLongest{366};
  const std::optional<std::string> text = field.text();
  if (!text) return std::nullopt;
  const std::optional<std::chrono::seconds> duration = parse_duration(*text, kLongest);
  if (!duration) {
    field.complain(fmt::format(
        "'{}' is no duration; write a number with s, m, h or d, such as 30m or 7d, at most 366d",
        *text));
  }
  return duration;
}

std::optional<double> read_number(const Field& field) {
  const std::optional<std::string> text = field.text();
  if (!text) return std::nullopt;
  double number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc() && stop == end) return number;
  field.complain(fmt::format("'{}' is no number; write one, such as 1000", *text));
  return std::nullopt;
}

DrillSettings read_drill(const Field& field) {
  DrillSettings settings;
  field.each([&](const std::string& key, const Field& value) {
    if (key == "server") return read_text(value, settings.server);
    if (key == "options") return read_options(value, settings.options);
    if (key == "checks") return read_checks(value, settings.checks);
    if (key == "every") {
      settings.every = read_target(value);
    } else if (key == "databases") {
      settings.databases = value.texts();
    } else {
      field.unknown_key(value, key, {"server", "databases", "options", "checks", "every"});
    }
  });
  if (!settings.server.empty() && !settings.options.empty())
    field.complain("'options' are of a server that is started; remove them or the key 'server'");
  return settings;
}

DrillPlace read_drill_place(const Field& field) {
  DrillPlace place;
  field.each([&](const std::string& key, const Field& value) {
    if (key == "folder") {
      place.folder = value.file_path().value_or("");
    } else if (key == "programs") {
      for (const std::string& folder : value.texts()) {
        if (std::optional<std::string> path = value.file_path(folder))
          place.programs.push_back(std::move(*path));
      }
    } else {
      field.unknown_key(value, key, {"folder", "programs"});
    }
  });
  return place;
}

}  // namespace vya
