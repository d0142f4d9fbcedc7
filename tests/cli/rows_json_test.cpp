#include "cli/rows_json.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "engine/postgresql/copy_text.h"
#include "stream/lines.h"

namespace vya {
namespace {

std::string json_of(const std::vector<std::string>& writes) {
  TextSink text;
  RowsToJson rows(pg::copy_fields, text);
  for (const std::string& write : writes) rows.write(as_bytes(write));
  rows.finish();
  EXPECT_TRUE(text.finished());
  return text.text();
}

TEST(RowsToJson, HasALineForEachRow) {
  EXPECT_EQ(json_of({"1\tone\n2\t\\N\n"}), "[\"1\",\"one\"]\n[\"2\",null]\n");
}

TEST(RowsToJson, TakesRowsThatAreCutAnywhere) {
  EXPECT_EQ(json_of({"1\to", "", "ne", "\n2\t", "two\n"}), "[\"1\",\"one\"]\n[\"2\",\"two\"]\n");
}

TEST(RowsToJson, ShowsBytesThatAreNoText) {
  EXPECT_EQ(json_of({"a\xff\t\xc3\xa4\\n\"\n"}), "[{\"bytes\":\"61ff\"},\"ä\\n\\\"\"]\n");
}

TEST(RowsToJson, RefusesARowThatIsTooLongForALine) {
  EXPECT_THROW(json_of(std::vector<std::string>(257, std::string(1 << 20, 'x'))), Error);
}

TEST(RowsToJson, RefusesARowWithoutEnd) { EXPECT_THROW(json_of({"1\tone"}), Error); }

}  // namespace
}  // namespace vya
