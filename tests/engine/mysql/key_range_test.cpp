// Ranges by key, as conditions and as texts.
#include "engine/mysql/key_range.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/world/error_of.h"

namespace vya::mysql {
namespace {

const Key kNumber = {{.name = "id", .form = KeyForm::kNumber}};
const Key kText = {
    {.name = "na`me", .form = KeyForm::kText, .charset = "utf8mb4", .collation = "utf8mb4_bin"}};
const Key kBoth = {{.name = "a", .form = KeyForm::kNumber}, {.name = "b", .form = KeyForm::kBytes}};

TEST(KeyRange, IsHalfOpen) {
  EXPECT_EQ(condition_of(kNumber, {"-5", "10"}), "`id` >= -5 AND `id` < 10");
  EXPECT_EQ(condition_of(kNumber, {"", "10"}), "`id` < 10");
  EXPECT_EQ(condition_of(kNumber, {"-5", ""}), "`id` >= -5");
  EXPECT_EQ(condition_of(kNumber, {}), "");
}

TEST(KeyRange, ComparesTextInItsOwnCharacterSetAndCollation) {
  EXPECT_EQ(condition_of(kText, {to_text(kText, {"o'brien\\"}), ""}),
            "`na``me` >= _utf8mb4 x'6f27627269656e5c' COLLATE utf8mb4_bin");
}

TEST(KeyRange, ComparesSeveralColumnsOneAfterAnother) {
  EXPECT_EQ(condition_of(kBoth, {to_text(kBoth, {"1", "x"}), ""}),
            "(`a` > 1 OR (`a` = 1 AND `b` >= x'78'))");
  EXPECT_EQ(condition_of(kBoth, {"", to_text(kBoth, {"2", ""})}),
            "(`a` < 2 OR (`a` = 2 AND `b` < x''))");
}

TEST(KeyRange, BordersComeBackFromTheirText) {
  for (const KeyBorder& border : {KeyBorder{"-9223372036854775808", ""}, KeyBorder{"0", "a,b"},
                                  KeyBorder{"12.50", std::string("\0\xff", 2)}}) {
    EXPECT_EQ(border_of(kBoth, to_text(kBoth, border)), border);
  }
}

TEST(KeyRange, WhatIsNoBorderIsRefusedAndNeverBecomesAStatement) {
  for (const char* text : {"", "1", "1,", "1,zz", "1 OR 1=1,x00", "1,x00,x00", "x00,x00", ",x00"}) {
    EXPECT_EQ(error_of([&] { border_of(kBoth, text); }).fault(), Fault::kCheckFailed) << text;
  }
}

TEST(KeyRange, RangesMeetAndTheOutermostAreOpen) {
  EXPECT_EQ(ranges_between(kNumber, {{"1"}, {"5"}}),
            (std::vector<Range>{{"", "1"}, {"1", "5"}, {"5", ""}}));
  EXPECT_EQ(ranges_between(kNumber, {}), (std::vector<Range>{{}}));
}

}  // namespace
}  // namespace vya::mysql
