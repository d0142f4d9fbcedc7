#include "engine/postgresql/table_names.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

const NewNames kNew({"public", "orders"}, {"old", "kept"});

/// `public.orders` becomes `old.kept`; a schema `orders` has a type `mood`.
std::string renamed(const std::string& sql) {
  TableNames names([](const std::string& schema, const std::string& name) {
    return schema == "orders" && name == "mood";
  });
  names.add_table({"public", "orders"}, {"old", "kept"});
  names.add_relation({"public", "orders_id_seq"}, {"old", "kept_id_seq"});
  names.add_relation({"public", "back\\slash"}, {"old", "back\\slash"});
  names.add_relation({"public", "orders_pkey"}, {"old", "kept_pkey"});
  return names.in(sql, kNew);
}

TEST(NewNames, FollowTheTable) {
  EXPECT_EQ(kNew.name("orders"), "kept");
  EXPECT_EQ(kNew.name("orders_pkey"), "kept_pkey");
  EXPECT_EQ(kNew.name("orders2024"), "kept2024");
  EXPECT_EQ(kNew.name("my_orders"), "my_orders");
}

TEST(NewNames, LeaveALongerWordAlone) {
  EXPECT_EQ(kNew.name("ordersbook"), "ordersbook");
  EXPECT_EQ(kNew.name("ordersä"), "ordersä");
}

TEST(NewNames, AreNoLongerThanANameMayBe) {
  const NewNames to_long({"s", "t"}, {"s", std::string(60, 'x') + "ä"});
  EXPECT_EQ(to_long.name("t"), std::string(60, 'x') + "ä");
  EXPECT_EQ(to_long.name("t_k"), std::string(60, 'x') + "_k") << "not half a character";
  EXPECT_EQ(to_long.name("t_id_seq"), std::string(56, 'x') + "_id_seq");
}

TEST(NewNames, MoveOnlyWhatIsInTheTablesSchema) {
  EXPECT_EQ(kNew.relation({"public", "orders_1"}), (TableName{"old", "kept_1"}));
  EXPECT_EQ(kNew.relation({"archive", "orders_1"}), (TableName{"archive", "kept_1"}));
}

TEST(TableNames, ChangePairsOfNames) {
  EXPECT_EQ(
      renamed(
          R"(ALTER TABLE ONLY "public"."orders" ADD CONSTRAINT "orders_pkey" PRIMARY KEY ("orders");)"),
      R"(ALTER TABLE ONLY "old"."kept" ADD CONSTRAINT "kept_pkey" PRIMARY KEY ("orders");)");
  EXPECT_EQ(renamed(R"(ALTER INDEX "public"."orders_pkey" ATTACH PARTITION "public"."other";)"),
            R"(ALTER INDEX "old"."kept_pkey" ATTACH PARTITION "public"."other";)");
  EXPECT_EQ(renamed(R"(COMMENT ON COLUMN "public"."orders"."total" IS '"public"."orders"';)"),
            R"(COMMENT ON COLUMN "old"."kept"."total" IS '"public"."orders"';)");
}

TEST(TableNames, ChangeTheNamesOfPartsWhereTheyStandAlone) {
  EXPECT_EQ(renamed(R"(CREATE UNIQUE INDEX "orders_at" ON "public"."orders" ("orders_at");)"),
            R"(CREATE UNIQUE INDEX "kept_at" ON "old"."kept" ("orders_at");)");
  EXPECT_EQ(renamed(R"(ALTER TABLE "public"."orders" CLUSTER ON "orders_at";)"),
            R"(ALTER TABLE "old"."kept" CLUSTER ON "kept_at";)");
  EXPECT_EQ(renamed(R"(REPLICA IDENTITY USING INDEX "orders_pkey";)"),
            R"(REPLICA IDENTITY USING INDEX "kept_pkey";)");
  EXPECT_EQ(renamed(R"(COMMENT ON CONSTRAINT "orders_pkey" ON "public"."orders" IS 'orders';)"),
            R"(COMMENT ON CONSTRAINT "kept_pkey" ON "old"."kept" IS 'orders';)");
  EXPECT_EQ(renamed(R"(CREATE TRIGGER "orders_t" ON "public"."orders")"),
            R"(CREATE TRIGGER "orders_t" ON "old"."kept")");
}

TEST(TableNames, ChangeSequencesInDefaults) {
  EXPECT_EQ(renamed(R"("nextval"('"public"."orders_id_seq"'::"regclass"))"),
            R"("nextval"('"old"."kept_id_seq"'::"regclass"))");
  EXPECT_EQ(renamed(R"('"public"."orders_id_seq"'::"text")"),
            R"('"public"."orders_id_seq"'::"text")");
  EXPECT_EQ(renamed(R"(E'"public"."back\\slash"'::"pg_catalog"."regclass")"),
            R"(E'"old"."back\\slash"'::"pg_catalog"."regclass")");
  EXPECT_EQ(renamed(R"('"public"."free"'::"regclass")"), R"('"public"."free"'::"regclass")");
}

TEST(TableNames, ChangeColumnsThatAreQualifiedByTheTable) {
  EXPECT_EQ(
      renamed(
          R"(USING ((EXISTS ( SELECT 1 FROM "public"."o" WHERE ("o"."id" = "orders"."ref")))))"),
      R"(USING ((EXISTS ( SELECT 1 FROM "public"."o" WHERE ("o"."id" = "kept"."ref")))))");
  EXPECT_EQ(renamed(R"(CHECK (("orders".* IS NOT NULL)))"), R"(CHECK (("kept".* IS NOT NULL)))");
}

TEST(TableNames, KeepASchemaThatIsNamedLikeTheTable) {
  EXPECT_EQ(renamed(R"("m" "orders"."mood")"), R"("m" "orders"."mood")");
}

TEST(TableNames, KeepAFunctionThatIsNamedLikeTheTable) {
  EXPECT_EQ(renamed(R"(EXECUTE FUNCTION "public"."orders"())"),
            R"(EXECUTE FUNCTION "public"."orders"())");
  EXPECT_EQ(renamed(R"(REFERENCES "public"."orders"("id"))"), R"(REFERENCES "old"."kept"("id"))");
  EXPECT_EQ(renamed(R"(INSERT INTO "public"."orders" ("id"))"),
            R"(INSERT INTO "old"."kept" ("id"))");
}

TEST(TableNames, KeepTheBodiesOfFunctionsAndAllOtherBytes) {
  const std::string body = R"($$ SELECT "public"."orders"; $$ /* "public"."orders" */ -- "x")";
  EXPECT_EQ(renamed(body), body);
}

TEST(TableNames, ChangeEntriesAndTheCatalog) {
  TableNames names([](const auto&, const auto&) { return false; });
  names.add_table({"public", "orders"}, {"old", "kept"});
  names.add_relation({"public", "orders_id_seq"}, {"old", "kept_id_seq"});
  Entry entry = {.kind = "SEQUENCE", .schema = "public", .name = "orders_id_seq"};
  names.rename(entry, kNew);
  EXPECT_EQ(entry.schema + "." + entry.name, "old.kept_id_seq");

  Catalog catalog;
  catalog.sequences = {{"public", "orders_id_seq", 7, true}};
  catalog.acls = {{.kind = "TABLE", .object = R"("public"."orders")", .column = "orders"}};
  catalog.column_orders = {{"public", "orders", {"a"}}};
  names.rename(catalog);
  EXPECT_EQ(catalog.sequences.front(), (SequenceValue{"old", "kept_id_seq", 7, true}));
  EXPECT_EQ(catalog.acls.front().object, R"("old"."kept")");
  EXPECT_EQ(catalog.acls.front().column, "orders");
  EXPECT_EQ(catalog.column_orders.front().schema, "old");
}

}  // namespace
}  // namespace vya::pg
