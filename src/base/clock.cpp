#include "base/clock.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"

namespace vya {

using std::chrono::microseconds;

namespace {

struct Parts {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<microseconds> clock;
};

Parts parts_of(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day(day), std::chrono::hh_mm_ss<microseconds>(time - day)};
}

Error no_time(std::string_view text) {
  return Error(Fault::kInternal, fmt::format("cannot read time '{}'", text));
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = -1;
  if (at + count <= text.size()) {
    const char* end = text.data() + at + count;
    if (std::from_chars(text.data() + at, end, value).ptr != end) value = -1;
  }
  if (value < 0) throw no_time(text);
  return value;
}

}  // namespace

Time now() { return std::chrono::floor<microseconds>(std::chrono::system_clock::now()); }

std::string to_text(Time time) {
  const auto [date, clock] = parts_of(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::string to_compact(Time time) {
  const auto [date, clock] = parts_of(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

Time parse_time(std::string_view text) {
  const bool whole = text.size() == 20;
  if (!whole && text.size() != 27) throw no_time(text);
  const std::chrono::year_month_day date{std::chrono::year(digits(text, 0, 4)),
                                         std::chrono::month(digits(text, 5, 2)),
                                         std::chrono::day(digits(text, 8, 2))};
  if (!date.ok()) throw no_time(text);
  const Time time = std::chrono::sys_days(date) + std::chrono::hours(digits(text, 11, 2)) +
                    std::chrono::minutes(digits(text, 14, 2)) +
                    std::chrono::seconds(digits(text, 17, 2)) +
                    microseconds(whole ? 0 : digits(text, 20, 6));
  // What was not looked at so far: what stands between the numbers, an hour 24, a sign.
  const std::string written = to_text(time);
  if (text != (whole ? written.substr(0, 19) + 'Z' : written)) throw no_time(text);
  return time;
}

std::string human_duration(microseconds duration) {
  const auto total = duration.count() / 1'000'000;
  if (total < 10) return fmt::format("{:.1f} s", static_cast<double>(duration.count()) / 1e6);
  if (total < 60) return fmt::format("{} s", total);
  if (total < 3600) return fmt::format("{} min {:02} s", total / 60, total % 60);
  return fmt::format("{} h {:02} min", total / 3600, total / 60 % 60);
}

}  // namespace vya
