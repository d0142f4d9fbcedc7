// Points in time, always UTC, and how they are written.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace vya {

/// Wall-clock time, UTC, in whole microseconds.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

Time now();

/// `2026-11-22T03:00:00.123456Z` (RFC 3339).
std::string to_text(Time time);

/// The time that to_text() wrote, with or without a fraction. Throws Error(kInternal) on anything
/// else.
Time parse_time(std::string_view text);

/// `20261122T030000Z`, the form of time in names.
std::string to_compact(Time time);

/// A duration for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 05 min`.
std::string human_duration(std::chrono::microseconds duration);

}  // namespace vya
