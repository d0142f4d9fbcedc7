#include "engine/postgresql/copy_text.h"

#include <gtest/gtest.h>

#include "stream/lines.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using Fields = std::vector<std::optional<std::string>>;

TEST(CopyText, HasNullsAndEmptyTexts) {
  EXPECT_EQ(copy_fields("1\t\\N\t\t\\\\N"), (Fields{"1", std::nullopt, "", "\\N"}));
  EXPECT_EQ(copy_fields(""), (Fields{""}));
}

TEST(CopyText, IsReadAsTheServerWritesIt) {
  const world::PostgresServer server;
  Connection connection(server.address(), "postgres", {});
  std::string all;
  for (int c = 1; c < 128; ++c) all += static_cast<char>(c);
  TextSink row;

  connection.copy_out(
      "COPY (SELECT string_agg(chr(i), '' ORDER BY i), null, '\\N' FROM generate_series(1, 127) i) "
      "TO STDOUT",
      row);

  EXPECT_EQ(copy_fields(row.text().substr(0, row.text().size() - 1)),
            (Fields{all, std::nullopt, "\\N"}));
}

}  // namespace
}  // namespace vya::pg
