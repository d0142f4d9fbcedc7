#include "base/bytes.h"

#include <gtest/gtest.h>

#include <array>

namespace vya {
namespace {

TEST(Bytes, AreAViewOfTheTextAndBack) {
  const std::string text("a\0\xff\n", 4);

  const Bytes bytes = as_bytes(text);

  EXPECT_EQ(static_cast<const void*>(bytes.data()), text.data());
  EXPECT_EQ(bytes.size(), 4u);
  EXPECT_EQ(bytes[2], std::byte{0xff});
  EXPECT_EQ(as_text(bytes), text);
  EXPECT_EQ(static_cast<const void*>(as_text(bytes).data()), text.data());
}

TEST(Bytes, AreWrittenAsTwoLowerCaseDigitsEach) {
  const std::array bytes{std::byte{0x00}, std::byte{0x0f}, std::byte{0xa0}, std::byte{0xff}};

  EXPECT_EQ(to_hex(bytes), "000fa0ff");
  EXPECT_EQ(to_hex({}), "");
}

TEST(Bytes, ComeBackFromTheirDigits) {
  const std::string text("\0\x0f\xa0\xff", 4);

  EXPECT_EQ(from_hex(to_hex(as_bytes(text))), text);
  EXPECT_EQ(from_hex(""), "");
  for (const char* wrong : {"0", "0g", "FF", "0x"})
    EXPECT_EQ(from_hex(wrong), std::nullopt) << wrong;
}

TEST(HumanBytes, SayWholeBytesBelowOneKiB) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(512), "512 B");
  EXPECT_EQ(human_bytes(1023), "1023 B");
}

TEST(HumanBytes, HaveOneDigitAfterThePointBelowTen) {
  EXPECT_EQ(human_bytes(1024), "1.0 KiB");
  EXPECT_EQ(human_bytes(1'468'006), "1.4 MiB");
  EXPECT_EQ(human_bytes(20ull << 30), "20 GiB");
  EXPECT_EQ(human_bytes(5ull << 40), "5.0 TiB");
}

TEST(HumanBytes, StayInTheLargestUnitTheyKnow) {
  EXPECT_EQ(human_bytes(3ull << 50), "3.0 PiB");
  EXPECT_EQ(human_bytes(UINT64_MAX), "16384 PiB");
}

}  // namespace
}  // namespace vya
