#include "engine/postgresql/binary_rows.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "stream/lines.h"

namespace vya::pg {
namespace {

using namespace std::string_literals;

const std::string kHeader = "PGCOPY\n\377\r\n\0"s + std::string(8, '\0');
const std::string kTrailer = "\377\377";

/// A whole number in so many bytes, the highest first.
std::string number(std::size_t bytes, std::int64_t value) {
  std::string text;
  for (std::size_t i = bytes; i > 0; --i) text += static_cast<char>(value >> (8 * (i - 1)));
  return text;
}

std::string field(const std::string& bytes) {
  return number(4, static_cast<std::int64_t>(bytes.size())) + bytes;
}

const std::string kNull = number(4, -1);

std::string text_of(const std::string& binary, const std::vector<FieldForm>& forms,
                    std::size_t piece) {
  TextSink text;
  TextFromBinary stage(text, forms);
  for (std::size_t at = 0; at < binary.size(); at += piece)
    stage.write(as_bytes(std::string_view(binary).substr(at, piece)));
  stage.end();
  return text.text();
}

TEST(TextFromBinary, WritesWhatCopyWouldHoweverTheBytesAreCut) {
  const std::vector<FieldForm> forms = {FieldForm::kText, FieldForm::kBytes};
  const std::string rows = kHeader + number(2, 2) + field("a\tb\nc\\d\re\b\f\v\x01") +
                           field("\x00\xff\x0a"s) + number(2, 2) + kNull + kNull + number(2, 2) +
                           field("") + field("") + kTrailer;

  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{7}, rows.size()}) {
    EXPECT_EQ(text_of(rows, forms, piece),
              "a\\tb\\nc\\\\d\\re\\b\\f\\v\x01\t\\\\x00ff0a\n\\N\t\\N\n\t\\\\x\n")
        << piece;
  }
}

TEST(TextFromBinary, WritesTablesWithoutRowsOrColumns) {
  EXPECT_EQ(text_of(kHeader + kTrailer, {FieldForm::kText}, 5), "");
  EXPECT_EQ(text_of(kHeader + number(2, 0) + number(2, 0) + kTrailer, {}, 5), "\n\n");
}

TEST(TextFromBinary, WritesAFieldThatIsLongerThanItsBlocks) {
  const std::string bytes(1'000'000, '\\');

  const std::string text =
      text_of(kHeader + number(2, 1) + field(bytes) + kTrailer, {FieldForm::kText}, 999'983);

  EXPECT_EQ(text, std::string(2'000'000, '\\') + "\n");
}

TEST(TextFromBinary, TakesNothingElse) {
  const std::vector<FieldForm> forms = {FieldForm::kText};
  const std::string row = number(2, 1) + field("x");

  EXPECT_THROW(text_of(kHeader + row, forms, 4), Error) << "no end";
  EXPECT_THROW(text_of(kHeader + row + kTrailer + "x", forms, 4), Error) << "more after the end";
  EXPECT_THROW(text_of("PGCOPX" + kHeader.substr(6) + kTrailer, forms, 4), Error) << "no header";
  EXPECT_THROW(text_of(kHeader.substr(0, 14) + "\1" + kHeader.substr(15) + kTrailer, forms, 4),
               Error)
      << "flags that are unknown";
  EXPECT_THROW(text_of(kHeader + number(2, 2) + field("x") + field("y") + kTrailer, forms, 4),
               Error)
      << "more fields than columns";
  EXPECT_THROW(text_of(kHeader + number(2, 1) + number(4, -2) + kTrailer, forms, 4), Error)
      << "no length";
}

}  // namespace
}  // namespace vya::pg
