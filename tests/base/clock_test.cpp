#include "base/clock.h"

#include <gtest/gtest.h>

#include <random>

#include "base/error.h"

namespace vya {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// The third of November 2026, 04:05:06.000789.
Time sample() {
  return std::chrono::sys_days(std::chrono::year(2026) / 11 / 3) + hours(4) + minutes(5) +
         seconds(6) + microseconds(789);
}

TEST(Clock, WritesATimeWithEveryDigit) {
  EXPECT_EQ(to_text(sample()), "2026-11-03T04:05:06.000789Z");
  EXPECT_EQ(to_text(Time()), "1970-01-01T00:00:00.000000Z");
}

TEST(Clock, WritesATimeBeforeTheEpochAsTheDayItWas) {
  EXPECT_EQ(to_text(Time(microseconds(-1))), "1969-12-31T23:59:59.999999Z");
}

TEST(Clock, WritesTheCompactFormWithoutAFraction) {
  EXPECT_EQ(to_compact(sample()), "20261103T040506Z");
}

TEST(Clock, ReadsATimeWithOrWithoutAFraction) {
  EXPECT_EQ(parse_time("2026-11-03T04:05:06.000789Z"), sample());
  EXPECT_EQ(parse_time("2026-11-03T04:05:06Z"), sample() - microseconds(789));
  EXPECT_EQ(to_text(parse_time("2028-02-29T23:59:59Z")), "2028-02-29T23:59:59.000000Z");
}

TEST(Clock, ReadsEveryTimeItWrites) {
  std::mt19937_64 random(3);
  std::uniform_int_distribution<std::int64_t> any(-62'135'596'800'000'000, 253'402'300'799'999'999);
  for (int i = 0; i < 2000; ++i) {
    const Time time{microseconds(any(random))};
    ASSERT_EQ(parse_time(to_text(time)), time) << to_text(time);
  }
}

TEST(Clock, IsNowInWholeMicrosecondsOfUtc) {
  const auto before = std::chrono::system_clock::now();
  const Time time = now();
  const auto after = std::chrono::system_clock::now();

  EXPECT_GE(time, std::chrono::floor<microseconds>(before));
  EXPECT_LE(time, after);
}

class NoTime : public testing::TestWithParam<const char*> {};

TEST_P(NoTime, IsRefusedAndQuoted) {
  try {
    parse_time(GetParam());
    FAIL() << "'" << GetParam() << "' was taken for a time";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kInternal);
    EXPECT_EQ(error.message(), "cannot read time '" + std::string(GetParam()) + "'");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Clock, NoTime,
    testing::Values("", "Z", "yesterday", "2026-11-03", "2026-11-03T04:05:06",
                    "2026-11-03T04:05:06z", "2026-11-03 04:05:06Z", "2026-11-03T04:05:06+00:00",
                    "2026-11-03T04:05:06.1Z", "2026-11-03T04:05:06.000789123Z",
                    "2026-11-03T04:05:06,000789Z", "2026-02-29T04:05:06Z", "2026-13-01T04:05:06Z",
                    "2026-00-10T04:05:06Z", "2026-11-00T04:05:06Z", "2026-11-03T24:00:00Z",
                    "2026-11-03T04:60:06Z", "2026-11-03T04:05:60Z", "2026/11/03T04:05:06Z",
                    "2026-11-03T04.05.06Z", "2026-11-03T-0:05:06Z", "2026-11-03T04:05:06.-00789Z",
                    "2026-11-03T 4:05:06Z", "2026-1a-03T04:05:06Z", "-026-11-03T04:05:06Z",
                    " 2026-11-03T04:05:06", "2026-11-03T04:05:06Z "));

TEST(HumanDuration, HasTheTwoLargestUnits) {
  EXPECT_EQ(human_duration(microseconds(400'000)), "0.4 s");
  EXPECT_EQ(human_duration(seconds(12)), "12 s");
  EXPECT_EQ(human_duration(seconds(59)), "59 s");
  EXPECT_EQ(human_duration(minutes(1)), "1 min 00 s");
  EXPECT_EQ(human_duration(minutes(3) + seconds(20)), "3 min 20 s");
  EXPECT_EQ(human_duration(minutes(60)), "1 h 00 min");
  EXPECT_EQ(human_duration(hours(2) + minutes(5) + seconds(59)), "2 h 05 min");
  EXPECT_EQ(human_duration(hours(50)), "50 h 00 min");
}

}  // namespace
}  // namespace vya
