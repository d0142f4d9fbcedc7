#include "repository/backup_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "base/error.h"
#include "base/random.h"

namespace vya {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Whether the text looks like the picture, in which 'd' stands for a digit, 'x' for a lower-case
/// hexadecimal digit and any other character for itself.
bool looks_like(std::string_view text, std::string_view picture) {
  return std::ranges::equal(text, picture, [](char c, char wanted) {
    if (wanted == 'd') return is_digit(c);
    if (wanted == 'x') return is_digit(c) || (c >= 'a' && c <= 'f');
    return c == wanted;
  });
}

/// The number in `count` digits at `at`; 0 when the text ends before.
int number_at(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  if (at < text.size()) std::from_chars(text.data() + at, text.data() + at + count, number);
  return number;
}

/// A date and a time of day, of no time zone yet.
struct Moment {
  std::chrono::year_month_day date;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

std::optional<Moment> read_moment(std::string_view text) {
  if (!looks_like(text, "dddd-dd-dd") && !looks_like(text, "dddd-dd-ddTdd:dd") &&
      !looks_like(text, "dddd-dd-ddTdd:dd:dd")) {
    return std::nullopt;
  }
  const Moment moment{.date = {std::chrono::year(number_at(text, 0, 4)),
                               std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
                               std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2)))},
                      .hour = number_at(text, 11, 2),
                      .minute = number_at(text, 14, 2),
                      .second = number_at(text, 17, 2)};
  if (!moment.date.ok() || moment.hour > 23 || moment.minute > 59 || moment.second > 59) {
    return std::nullopt;
  }
  return moment;
}

Time utc(const Moment& moment) {
  return std::chrono::sys_days(moment.date) + std::chrono::hours(moment.hour) +
         std::chrono::minutes(moment.minute) + std::chrono::seconds(moment.second);
}

Time local(const Moment& moment) {
  std::tm parts{};
  parts.tm_year = static_cast<int>(moment.date.year()) - 1900;
  parts.tm_mon = static_cast<int>(static_cast<unsigned>(moment.date.month())) - 1;
  parts.tm_mday = static_cast<int>(static_cast<unsigned>(moment.date.day()));
  parts.tm_hour = moment.hour;
  parts.tm_min = moment.minute;
  parts.tm_sec = moment.second;
  parts.tm_isdst = -1;  // the time zone's rules say
  return Time(std::chrono::seconds(std::mktime(&parts)));
}

/// The second that an epoch names.
Time second_of(std::string_view epoch) {
  return utc({.date = {std::chrono::year(number_at(epoch, 0, 4)),
                       std::chrono::month(static_cast<unsigned>(number_at(epoch, 4, 2))),
                       std::chrono::day(static_cast<unsigned>(number_at(epoch, 6, 2)))},
              .hour = number_at(epoch, 9, 2),
              .minute = number_at(epoch, 11, 2),
              .second = number_at(epoch, 13, 2)});
}

/// A date alone is its last moment: who names a day wants what there was of it.
std::optional<Time> read_time(std::string_view text) {
  const bool is_utc = text.ends_with('Z');
  if (is_utc) text.remove_suffix(1);
  std::optional<Moment> moment = read_moment(text);
  if (!moment) return std::nullopt;
  const bool is_day = looks_like(text, "dddd-dd-dd");
  if (is_day) moment->hour = 24;
  return (is_utc ? utc(*moment) : local(*moment)) - std::chrono::microseconds(is_day ? 1 : 0);
}

Error unreadable(std::string_view text, const std::string& problem) {
  return Error(Fault::kUsage,
               fmt::format("cannot read '{}' as the name of a backup: {}", text, problem),
               "A backup is named INSTANCE (its newest), INSTANCE/EPOCH as in "
               "shop/20261122T030000Z-7f3a, or INSTANCE@TIME as in shop@2026-01-30, "
               "shop@2026-01-30T18:05 or shop@2026-01-30T18:05:00Z.");
}

}  // namespace

BackupId new_backup_id(std::string instance, Time at, std::string_view newest) {
  if (!is_instance_name(instance)) {
    throw Error(
        Fault::kUsage, fmt::format("cannot name a backup: '{}' is no instance name", instance),
        "Instance names are lower-case letters, digits and '._-', a letter or digit first.");
  }
  if (!newest.empty()) at = std::max(at, second_of(newest) + std::chrono::seconds(1));
  return {std::move(instance), to_compact(at) + "-" + random_hex(4)};
}

bool is_instance_name(std::string_view name) {
  if (name.empty() || !(is_small_letter(name[0]) || is_digit(name[0]))) return false;
  return std::ranges::all_of(name, [](char c) {
    return is_small_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

bool is_epoch(std::string_view text) { return looks_like(text, "ddddddddTddddddZ-xxxx"); }

BackupReference parse_backup_reference(std::string_view text) {
  const std::size_t end = text.find_first_of("/@");
  const std::string_view instance = text.substr(0, end);
  if (!is_instance_name(instance)) {
    throw unreadable(text, fmt::format("'{}' is no instance name", instance));
  }
  BackupReference reference{.instance = std::string(instance), .epoch = {}, .at = {}};
  if (end == std::string_view::npos) return reference;

  const std::string_view rest = text.substr(end + 1);
  if (text[end] == '/') {
    if (!is_epoch(rest)) throw unreadable(text, fmt::format("'{}' is no epoch", rest));
    reference.epoch = rest;
  } else {
    reference.at = read_time(rest);
    if (!reference.at) throw unreadable(text, fmt::format("'{}' is no time", rest));
  }
  return reference;
}

}  // namespace vya
