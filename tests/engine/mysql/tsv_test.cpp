// The form of rows: every byte comes back, and only four are escaped.
#include "engine/mysql/tsv.h"

#include <gtest/gtest.h>

#include <random>

namespace vya::mysql {
namespace {

std::string escaped(std::string_view bytes) {
  std::string text;
  append_escaped(text, bytes);
  return text;
}

TEST(Tsv, EscapesTabLineFeedBackslashAndNulAndNothingElse) {
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const std::string around = "0123456" + std::string(1, c) + "89abcdef";
    const bool special = c == '\t' || c == '\n' || c == '\\' || c == '\0';
    EXPECT_EQ(escaped(around).size(), around.size() + (special ? 1 : 0)) << i;
  }
  EXPECT_EQ(escaped(std::string_view("\t\n\\\0", 4)), "\\t\\n\\\\\\0");
}

TEST(Tsv, TellsNullFromTheTextThatLooksLikeIt) {
  EXPECT_EQ(tsv_fields("\\N\t\\\\N\t"),
            (std::vector<std::optional<std::string>>{std::nullopt, "\\N", ""}));
}

TEST(Tsv, GivesBackAnyBytesAtAnyPlace) {
  std::mt19937 random(7);
  const std::string_view often("\t\n\\\0N0tn\x0b\x08\xff", 11);
  for (int round = 0; round < 5000; ++round) {
    std::string row;
    std::vector<std::optional<std::string>> fields(random() % 4 + 1);
    for (auto& field : fields) {
      field.emplace(random() % 40, ' ');
      for (char& c : *field)
        c = random() % 3 == 0 ? often[random() % often.size()] : static_cast<char>(random());
      if (!row.empty() || &field != &fields.front()) row += '\t';
      append_escaped(row, *field);
    }

    EXPECT_EQ(row.find('\n'), std::string::npos);
    EXPECT_EQ(tsv_fields(row), fields);
  }
}

}  // namespace
}  // namespace vya::mysql
