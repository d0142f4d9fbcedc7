#include "base/version.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(Version, IsTheOneOfTheBuild) { EXPECT_STREQ(kVersion, VYA_PROJECT_VERSION); }

}  // namespace
}  // namespace vya
