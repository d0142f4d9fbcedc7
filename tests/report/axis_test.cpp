#include "report/axis.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

/// The labels, with `|` between them.
std::string labels(const std::vector<AxisMark>& marks) {
  std::string text;
  for (const AxisMark& mark : marks) text += (text.empty() ? "" : "|") + mark.label;
  return text;
}

std::string days(const std::string& from, const std::string& to) {
  return labels(time_axis(parse_time(from), parse_time(to)));
}

constexpr double kMebibyte = 1024.0 * 1024;

TEST(ByteAxis, HasRoundNumbersOfBytes) {
  EXPECT_EQ(labels(byte_axis(0)), "0|1 B");
  EXPECT_EQ(labels(byte_axis(5)), "0|1 B|2 B|3 B|4 B|5 B");
  EXPECT_EQ(labels(byte_axis(700 * kMebibyte)), "0|200 MiB|400 MiB|600 MiB|800 MiB");
  EXPECT_EQ(labels(byte_axis(1023 * kMebibyte)), "0|500 MiB|1000 MiB|1500 MiB");
  EXPECT_EQ(labels(byte_axis(1.2 * 1024 * kMebibyte)), "0|0.5 GiB|1 GiB|1.5 GiB");
  EXPECT_EQ(byte_axis(1.8e19).back().label, "20000 PiB");
}

TEST(DurationAxis, HasRoundTimes) {
  EXPECT_EQ(labels(duration_axis(0)), "0|0.1 s");
  EXPECT_EQ(labels(duration_axis(0.3)), "0|0.1 s|0.2 s|0.3 s");
  EXPECT_EQ(labels(duration_axis(41)), "0|10 s|20 s|30 s|40 s|50 s");
  EXPECT_EQ(labels(duration_axis(1800)), "0|10 min|20 min|30 min");
  EXPECT_EQ(labels(duration_axis(5000)), "0|30 min|1 h|1 h 30 min");
  EXPECT_EQ(labels(duration_axis(400 * 86400.0)), "0|80 d|160 d|240 d|320 d|400 d");
}

TEST(TimeAxis, HasRoundMoments) {
  EXPECT_EQ(days("2026-11-22T03:00:00Z", "2026-11-22T09:30:00Z"),
            "11-22 03:00|11-22 06:00|11-22 09:00");
  EXPECT_EQ(days("2026-10-01T03:00:00Z", "2026-10-05T09:30:00Z"),
            "2026-10-02|2026-10-03|2026-10-04|2026-10-05");
  EXPECT_EQ(days("2025-11-20T00:00:00Z", "2026-04-20T00:00:00Z"),
            "2025-12|2026-01|2026-02|2026-03|2026-04");
  EXPECT_EQ(days("2020-02-01T00:00:00Z", "2026-11-20T00:00:00Z"), "2022-01|2024-01|2026-01");
}

TEST(TimeAxis, MarksTheMomentThatItNames) {
  const Time from = parse_time("2025-11-20T00:00:00Z");
  const auto marks = time_axis(from, from + std::chrono::days(150));
  EXPECT_EQ(Time(std::chrono::seconds(static_cast<std::int64_t>(marks.at(1).at))),
            parse_time("2026-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace vya
