#include "base/printable.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(Printable, LeavesTextAsItIs) {
  for (const char* text : {"", "orders", "jürgen's \"Bücher\" 🐘", "\xff\xfe no UTF-8", "\xc2"})
    EXPECT_EQ(printable(text), text);
  EXPECT_EQ(printable("one\n\ttwo\n"), "one\n\ttwo\n");
}

TEST(Printable, HasNothingThatATerminalObeys) {
  EXPECT_EQ(printable("\x1b[2J\x07\r\x7f"), "\\x1b[2J\\x07\\x0d\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"
                      "2J\xc2\xa0"),
            "\\x9b2J\xc2\xa0");
}

TEST(Printable, IsOneLineWhereOneIsAskedFor) {
  EXPECT_EQ(printable_line("orders\n[5/5] publish\t"), "orders\\x0a[5/5] publish\\x09");
}

}  // namespace
}  // namespace vya
