#include "report/text.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(Text, PutsACommaBetweenThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(18446744073709551615U), "18,446,744,073,709,551,615");
}

TEST(Text, CountsOneAndMany) {
  EXPECT_EQ(counted(0, "file"), "0 files");
  EXPECT_EQ(counted(1, "file"), "1 file");
  EXPECT_EQ(counted(2000, "file"), "2,000 files");
}

TEST(Text, WritesATimeToTheSecond) {
  EXPECT_EQ(second_of(parse_time("2026-11-22T03:00:59.999999Z")), "2026-11-22 03:00:59 UTC");
}

TEST(Text, WritesADurationInTwoUnitsAtMost) {
  using std::chrono::seconds;
  EXPECT_EQ(brief(std::chrono::milliseconds(340)), "0.3 s");
  EXPECT_EQ(brief(seconds(59)), "59 s");
  EXPECT_EQ(brief(seconds(60)), "1 min");
  EXPECT_EQ(brief(seconds(3599)), "59 min 59 s");
  EXPECT_EQ(brief(seconds(3600)), "1 h");
  EXPECT_EQ(brief(seconds(7 * 3600 + 12 * 60 + 5)), "7 h 12 min");
  EXPECT_EQ(brief(seconds(48 * 3600 - 1)), "47 h 59 min");
  EXPECT_EQ(brief(seconds(48 * 3600)), "2 d");
  EXPECT_EQ(brief(seconds(100 * 86400 + 3 * 3600)), "100 d 3 h");
}

TEST(Text, AlignsTheColumnsOfATable) {
  EXPECT_EQ(table_to_text({{"NAME"}, {"ROWS", Align::kRight}, {"NOTE"}},
                          {{"a", "1", "x"}, {"größer", "12,345", ""}}),
            "NAME      ROWS  NOTE\n"
            "a            1  x\n"
            "größer  12,345\n");
}

TEST(Text, AlignsTheValuesOfPairs) {
  EXPECT_EQ(pairs_to_text({{"id", "a/b"}, {"verdict", "COMPLETE"}, {"note", ""}}, 2),
            "  id       a/b\n"
            "  verdict  COMPLETE\n"
            "  note\n");
}

}  // namespace
}  // namespace vya
