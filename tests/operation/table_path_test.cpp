#include "operation/table_path.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/repository/samples.h"

namespace vya {
namespace {

TEST(TablePath, IsDatabaseSchemaAndTable) {
  EXPECT_EQ(parse_table_path("shop.public.orders"), (TablePath{"shop", {"public", "orders"}}));
  EXPECT_EQ(parse_table_path("Crm Data.Ä.5 nails"), (TablePath{"Crm Data", {"Ä", "5 nails"}}));
}

TEST(TablePath, HasPartsInQuotesWhereTheyHoldDots) {
  EXPECT_EQ(parse_table_path(R"("my.shop".public."5"" nails")"),
            (TablePath{"my.shop", {"public", "5\" nails"}}));
}

TEST(TablePath, IsReadAgainAsItIsWritten) {
  for (const TablePath& path :
       {TablePath{"shop", {"public", "orders"}}, TablePath{"a.b", {"\"", "c\"d"}},
        TablePath{".", {"..", "\"\""}}, TablePath{"a\nb", {"'", " "}}}) {
    EXPECT_EQ(parse_table_path(to_text(path)), path) << to_text(path);
  }
}

TEST(TablePath, SaysHowATableIsNamed) {
  for (const char* text : {"", "orders", "public.orders", "a.b.c.d", "a..c", ".b.c", "a.b.",
                           "\"a.b.c", "\"a\"x.b.c", "\"\".b.c", "a.b.c."}) {
    const Error error = error_of([&] { parse_table_path(text); });

    EXPECT_EQ(error.fault(), Fault::kUsage) << text;
    EXPECT_EQ(error.message(), "cannot read '" + std::string(text) + "' as the name of a table");
    EXPECT_NE(error.hint().find("shop.public.orders"), std::string::npos);
  }
}

}  // namespace
}  // namespace vya
