#include "base/utf8.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(Utf8, IsWhatEveryCharacterOfUnicodeIsWrittenIn) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\x7f"));
  EXPECT_TRUE(is_utf8("\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
}

TEST(Utf8, IsNotWhatIsCutOrOverlongOrNoCharacter) {
  for (const char* text :
       {"\x80", "\xff", "\xc3", "\xc3(", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xe2\x82", "ok \xe9"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

}  // namespace
}  // namespace vya
