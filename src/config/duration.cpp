// Durations as people write them, in the configuration and on the command line.
#include <charconv>

#include "config/config.h"

namespace vya {

namespace {

std::chrono::seconds times(unsigned number, char unit) {
  if (unit == 's') return std::chrono::seconds(number);
  if (unit == 'm') return std::chrono::minutes(number);
  if (unit == 'h') return std::chrono::hours(number);
  if (unit == 'd') return std::chrono::days(number);
  return std::chrono::seconds(0);
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text,
                                                   std::chrono::seconds longest) {
  unsigned number = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || end - stop != 1) return std::nullopt;
  const std::chrono::seconds duration = times(number, *stop);
  if (duration.count() == 0 || duration > longest) return std::nullopt;
  return duration;
}

}  // namespace vya
