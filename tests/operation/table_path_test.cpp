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

TEST(TablePath, HasNoSchemaWhereTheServerHasNone) {
  EXPECT_EQ(parse_table_path("shop.orders"), (TablePath{"shop", {"", "orders"}}));
  EXPECT_EQ(to_text({"shop", {"", "order.s"}}), "shop.\"order.s\"");
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
  for (const char* text : {"", "orders", "a.b.c.d", "a..c", ".b.c", "a.b.", "\"a.b.c", "\"a\"x.b.c",
                           "\"\".b.c", "a.b.c."}) {
    const Error error = error_of([&] { parse_table_path(text); });

    EXPECT_EQ(error.fault(), Fault::kUsage) << text;
    EXPECT_EQ(error.message(), "cannot read '" + std::string(text) + "' as the name of a table");
    EXPECT_NE(error.hint().find("shop.public.orders"), std::string::npos);
  }
}

TEST(RenamedTable, KeepsItsNameOrGetsANewOne) {
  const TablePath path = {"shop", {"public", "orders"}};
  EXPECT_EQ(parse_renamed_table("shop.public.orders"), (RenamedTable{path, path.table}));
  EXPECT_EQ(parse_renamed_table("shop.public.orders=kept"),
            (RenamedTable{path, {"public", "kept"}}));
  EXPECT_EQ(parse_renamed_table("shop.public.orders=old.kept"),
            (RenamedTable{path, {"old", "kept"}}));
}

TEST(RenamedTable, HasNoSchemaWhereTheServerHasNone) {
  const TablePath path = {"shop", {"", "orders"}};
  EXPECT_EQ(parse_renamed_table("shop.orders"), (RenamedTable{path, path.table}));
  EXPECT_EQ(parse_renamed_table("shop.orders=\"a.b\""), (RenamedTable{path, {"", "a.b"}}));
}

TEST(RenamedTable, HasPartsInQuotesWhereTheyHoldDotsOrEqualsSigns) {
  EXPECT_EQ(parse_renamed_table(R"(shop.public."a=b.c"="d.e=""f""")"),
            (RenamedTable{{"shop", {"public", "a=b.c"}}, {"public", "d.e=\"f\""}}));
}

TEST(RenamedTable, SaysWhatANewNameIs) {
  for (const char* text :
       {"a.b.c=", "a.b.c=d.e.f", "a.b.c=d=e", "a.b.c=\"d", "a.b.c=.d", "a.b=c.d"}) {
    const Error error = error_of([&] { parse_renamed_table(text); });

    EXPECT_EQ(error.fault(), Fault::kUsage) << text;
    EXPECT_NE(error.message().find("after '=' in '" + std::string(text)), std::string::npos);
  }
  EXPECT_NE(error_of([] { parse_renamed_table("b=d"); }).message().find("name of a table"),
            std::string::npos);
}

}  // namespace
}  // namespace vya
