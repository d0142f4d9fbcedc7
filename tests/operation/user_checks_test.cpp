#include "operation/user_checks.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

UserCheck range(std::optional<double> least, std::optional<double> most) {
  return {.name = "n", .sql = "s", .at_least = least, .at_most = most};
}

Answer gave(const std::string& value) { return {.value = value, .error = "", .refused = false}; }

TEST(UserCheck, WantsTheValueItExpects) {
  const UserCheck check{.name = "n", .sql = "s", .expect = "42"};

  EXPECT_TRUE(judge(check, gave("42")).passed);
  EXPECT_EQ(judge(check, gave("43")).what, "gave 43, expected 42");
  EXPECT_EQ(judge(check, {}).what, "gave nothing, expected 42");
  EXPECT_FALSE(judge(check, {}).passed);
}

TEST(UserCheck, WantsANumberInItsRange) {
  EXPECT_TRUE(judge(range(1, 3), gave("3")).passed);
  EXPECT_TRUE(judge(range(1, {}), gave("1e3")).passed);
  EXPECT_TRUE(judge(range({}, 1), gave("-5.5")).passed);
  EXPECT_EQ(judge(range(1, 3), gave("4")).what, "gave 4, expected 1 to 3");
  EXPECT_EQ(judge(range(1, {}), gave("0")).what, "gave 0, expected at least 1");
  EXPECT_EQ(judge(range({}, 1), gave("2")).what, "gave 2, expected at most 1");
  EXPECT_FALSE(judge(range(1, 3), gave("2 rows")).passed);
  EXPECT_FALSE(judge(range(1, 3), {}).passed);
}

TEST(UserCheck, ThatWantsNothingWantsToBeRun) {
  EXPECT_TRUE(judge({.name = "n", .sql = "s"}, {}).passed);
  EXPECT_EQ(judge({.name = "n", .sql = "s"}, {.value = {}, .error = "no table"}).what,
            "failed: no table");
}

TEST(UserCheck, OfARefusalWantsNoOtherError) {
  const UserCheck check{.name = "n", .account = "app", .sql = "s", .refused = true};

  EXPECT_TRUE(judge(check, {.value = {}, .error = "denied", .refused = true}).passed);
  EXPECT_FALSE(judge(check, {.value = {}, .error = "no table", .refused = false}).passed);
  EXPECT_EQ(judge(check, gave("1")).what, "was run, and should be refused");
}

TEST(UserCheck, ShowsTheBeginningOfALongAnswer) {
  const UserCheck check{.name = "n", .sql = "s", .expect = "1"};

  const std::string what = judge(check, gave(std::string(1000, 'x'))).what;

  EXPECT_LT(what.size(), 250U);
  EXPECT_NE(what.find("xxx..., expected 1"), std::string::npos);
}

}  // namespace
}  // namespace vya
