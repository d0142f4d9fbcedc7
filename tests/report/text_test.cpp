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
