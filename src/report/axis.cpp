#include "report/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/bytes.h"
#include "report/text.h"

namespace vya {

namespace {

constexpr double kMostSteps = 5;
constexpr double kMostTimeSteps = 6;
constexpr double kDay = 86400;
constexpr double kMonth = 30 * kDay;  // near enough to choose a step
constexpr double kPebibyte = 1125899906842624;
constexpr int kMonthsOfYear = 12;

/// 1, 2 or 5 times a power of ten, so that `most` takes at the most five of them.
double decimal_step(double most) {
  const double power = std::pow(10, std::floor(std::log10(most / kMostSteps)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (most <= factor * power * kMostSteps) return factor * power;
  }
  return 10 * power;
}

template <typename Label>
std::vector<AxisMark> marks_to(double most, double step, Label label) {
  std::vector<AxisMark> marks = {{0, "0"}};
  do {
    const double at = step * static_cast<double>(marks.size());
    marks.push_back({at, label(at)});
  } while (marks.back().at < most);
  return marks;
}

std::string label_of_day(double at) {
  return second_of(Time(std::chrono::seconds(static_cast<std::int64_t>(at)))).substr(0, 10);
}

/// `11-22 06:00`
std::string label_of_hour(double at) {
  return minute_of(Time(std::chrono::seconds(static_cast<std::int64_t>(at)))).substr(5);
}

/// The first days of months, every so many of them.
std::vector<AxisMark> month_marks(Time from, Time to, int step) {
  std::vector<AxisMark> marks;
  const std::chrono::year_month_day first(std::chrono::floor<std::chrono::days>(from));
  std::chrono::year_month month(first.year(), std::chrono::January);
  for (;; month += std::chrono::months(step)) {
    const Time at = std::chrono::sys_days(month / 1);
    if (at > to) return marks;
    if (at < from) continue;
    const double seconds = std::chrono::duration<double>(at.time_since_epoch()).count();
    marks.push_back({seconds, label_of_day(seconds).substr(0, 7)});
  }
}

}  // namespace

std::vector<AxisMark> byte_axis(double most) {
  double unit = 1;
  while (most >= unit * 1024 && unit < kPebibyte) unit *= 1024;
  const std::string word = human_bytes(static_cast<std::uint64_t>(unit));
  const double step = std::max(decimal_step(std::max(most, 1.0) / unit) * unit, 1.0);
  return marks_to(most, step, [&](double at) {
    return fmt::format("{:g}{}", at / unit, word.substr(word.find(' ')));
  });
}

std::vector<AxisMark> duration_axis(double most) {
  constexpr std::array<double, 19> kSteps = {
      10,   15,    30,    60,    120,  300,      600,      900,       1800,     3600,
      7200, 10800, 21600, 43200, kDay, 2 * kDay, 5 * kDay, 10 * kDay, 30 * kDay};
  double step = decimal_step(std::max(most, 0.5));
  if (step >= 10) {
    const auto* const found = std::ranges::find_if(
        kSteps, [&](double candidate) { return most <= candidate * kMostSteps; });
    step = found != kSteps.end() ? *found : std::ceil(most / kMostSteps / kDay) * kDay;
  }
  return marks_to(most, step, [&](double at) {
    if (step < 10) return fmt::format("{:g} s", at);
    return brief(std::chrono::seconds(static_cast<std::int64_t>(at)));
  });
}

std::vector<AxisMark> time_axis(Time from, Time to) {
  constexpr std::array<double, 11> kSteps = {60,    600,  1800,     3600,     10800,    21600,
                                             43200, kDay, 2 * kDay, 7 * kDay, 14 * kDay};
  const double first = std::chrono::duration<double>(from.time_since_epoch()).count();
  const double last = std::chrono::duration<double>(to.time_since_epoch()).count();
  const double span = last - first;
  for (const double step : kSteps) {
    if (span > step * kMostTimeSteps) continue;
    std::vector<AxisMark> marks;
    for (double at = std::ceil(first / step) * step; at <= last; at += step)
      marks.push_back({at, step < kDay ? label_of_hour(at) : label_of_day(at)});
    return marks;
  }
  for (const int months : {1, 2, 3, 6}) {
    if (span <= months * kMonth * kMostTimeSteps) return month_marks(from, to, months);
  }
  const int years = static_cast<int>(std::ceil(span / (kMonthsOfYear * kMonth) / kMostTimeSteps));
  return month_marks(from, to, years * kMonthsOfYear);
}

}  // namespace vya
