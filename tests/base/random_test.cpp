#include "base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace vya {
namespace {

TEST(RandomHex, HasAsManyDigitsAsAskedFor) {
  for (const std::size_t digits : {0u, 1u, 4u, 7u, 32u})
    EXPECT_EQ(random_hex(digits).size(), digits);
}

TEST(RandomHex, UsesEveryLowerCaseDigitAndNothingElse) {
  const std::string text = random_hex(10'000);  // misses a digit once in 10^279 runs

  EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 16u);
  EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(RandomHex, IsAnotherOneEveryTime) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random_hex(32));

  EXPECT_EQ(seen.size(), 1000u);
}

}  // namespace
}  // namespace vya
