// Durations as people write them, in the configuration and on the command line.
#include <charconv>

#include "config/config.h"

namespace vya {

namespace {

// A lock timeout is given to PostgreSQL in milliseconds as a 32 bit number; nobody waits for a day.
constexpr std::chrono::hours kLongest{24};

std::chrono::seconds times(unsigned number, char unit) {
  if (unit == 's') return std::chrono::seconds(number);
  if (unit == 'm') return std::chrono::minutes(number);
  if (unit == 'h') return std::chrono::hours(number);
  return std::chrono::seconds(0);
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  unsigned number = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || end - stop != 1) return std::nullopt;
  const std::chrono::seconds duration = times(number, *stop);
  if (duration.count() == 0 || duration > kLongest) return std::nullopt;
  return duration;
}

}  // namespace vya
