#include "operation/doctor.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

using std::chrono::seconds;

constexpr std::uint64_t kGiB = 1ULL << 30;

TEST(Doctor, SaysWhichClockIsAhead) {
  const Time here = parse_time("2026-11-22T03:00:00Z");
  EXPECT_EQ(clock_finding(here, here + seconds(4)), std::nullopt);
  EXPECT_EQ(clock_finding(here, here - seconds(4)), std::nullopt);

  EXPECT_EQ(clock_finding(here, here + seconds(90))->what, "is 1 min 30 s ahead of this machine's");
  EXPECT_EQ(clock_finding(here, here - seconds(90))->what, "is 1 min 30 s behind this machine's");
  EXPECT_EQ(clock_finding(here, here + seconds(90))->severity, Severity::kNotice);
}

TEST(Doctor, ExpectsABackupAsLargeAsTheLastOne) {
  EXPECT_EQ(disk_finding("/b", 2 * kGiB, 2 * kGiB, 100 * kGiB), std::nullopt);
  const auto finding = disk_finding("/b", kGiB, 2 * kGiB, 0);
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->severity, Severity::kFault);
  EXPECT_EQ(finding->where, "repository '/b'");
  EXPECT_EQ(finding->what,
            "has room for 1.0 GiB, and the next backup will take about 2.0 GiB (as the last one "
            "did)");
}

TEST(Doctor, ExpectsAFourthOfTheServerBeforeTheFirstBackup) {
  EXPECT_EQ(disk_finding("/b", 10 * kGiB, std::nullopt, 40 * kGiB), std::nullopt);
  EXPECT_NE(disk_finding("/b", 9 * kGiB, std::nullopt, 40 * kGiB)->what.find("a fourth"),
            std::string::npos);
}

}  // namespace
}  // namespace vya
