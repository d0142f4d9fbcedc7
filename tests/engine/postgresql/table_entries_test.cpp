#include "engine/postgresql/table_entries.h"

#include <gtest/gtest.h>

#include "engine/postgresql/quote.h"

namespace vya::pg {
namespace {

Entry table(int id, const std::string& name, std::vector<int> needs = {}) {
  return {.id = id,
          .section = Section::kPreData,
          .kind = "TABLE",
          .schema = "s",
          .name = name,
          .definition = "CREATE TABLE " + quote_name("s", name) + " (\"id\" integer);",
          .drop = "DROP TABLE " + quote_name("s", name) + ";",
          .dependencies = std::move(needs)};
}

Entry attach(int id, const std::string& partition, std::vector<int> both) {
  Entry entry = table(id, partition, std::move(both));
  entry.kind = "TABLE ATTACH";
  return entry;
}

/// Something with a name of its own, without SQL.
Entry object(int id, const std::string& kind, const std::string& name, std::vector<int> needs) {
  return {.id = id, .kind = kind, .schema = "s", .name = name, .dependencies = std::move(needs)};
}

/// A part of a table, as its drop statement says.
Entry part(int id, const std::string& kind, const std::string& table, const std::string& name,
           std::vector<int> needs, const std::string& definition = "") {
  Entry entry = object(id, kind, table + " " + name, std::move(needs));
  entry.definition = definition;
  entry.drop = "DROP " + kind + " " + quote_name(name) + " ON " + quote_name("s", table) + ";";
  return entry;
}

Entry index(int id, const std::string& table, const std::string& name, std::vector<int> needs) {
  Entry entry = object(id, "INDEX", name, std::move(needs));
  entry.definition =
      "CREATE INDEX " + quote_name(name) + " ON ONLY " + quote_name("s", table) + " (\"id\");";
  entry.drop = "DROP INDEX " + quote_name("s", name) + ";";
  return entry;
}

TableEntries of(const std::vector<Entry>& entries) {
  TableEntries all;
  for (const Entry& entry : entries) all.add(entry);
  return all;
}

using Ids = std::set<int>;

TEST(TableEntries, BelongToATableWithAllThatIsOnIt) {
  const TableEntries all =
      of({table(1, "orders"), table(2, "others"), object(3, "SEQUENCE", "orders_id_seq", {1}),
          object(4, "SEQUENCE OWNED BY", "orders_id_seq", {3}),
          object(5, "SEQUENCE", "others_id_seq", {2}), part(6, "DEFAULT", "orders", "id", {1, 3}),
          part(7, "CONSTRAINT", "orders", "orders_pkey", {1}),
          object(8, "COMMENT", "CONSTRAINT pk", {7}), index(9, "orders", "at", {1}),
          part(10, "RULE", "orders", "r", {1, 2}), part(11, "RULE", "others", "r", {1, 2}),
          object(12, "STATISTICS", "st", {1}), object(13, "COMMENT", "STATISTICS st", {12}),
          object(14, "SECURITY LABEL", "TABLE others", {2}), object(15, "VIEW", "v", {1})});

  const ChosenEntries chosen = all.choose({{"s", "orders"}});

  EXPECT_EQ(chosen.entries, (Ids{1, 3, 4, 6, 7, 8, 9, 10, 12, 13}));
  EXPECT_EQ(chosen.needs, Ids{2}) << "the rule's other table";
}

TEST(TableEntries, BelongToTheTableThatHasTheForeignKey) {
  const TableEntries all =
      of({table(1, "a"), table(2, "a b"), part(3, "CONSTRAINT", "a", "a_pkey", {1}),
          part(4, "FK CONSTRAINT", "a b", "c", {1, 2, 3})});

  EXPECT_EQ(all.choose({{"s", "a"}}).entries, (Ids{1, 3}));

  const ChosenEntries alone = all.choose({{"s", "a b"}});
  EXPECT_EQ(alone.entries, (Ids{2, 4}));
  EXPECT_EQ(alone.references, (std::map<int, Ids>{{4, {1}}}));
  EXPECT_EQ(alone.needs, Ids{}) << "a foreign key can be left out";

  EXPECT_EQ(all.choose({{"s", "a"}, {"s", "a b"}}).references.size(), 0U);
}

Entry identity(int id, const std::string& table, std::vector<int> needs) {
  Entry entry = object(id, "SEQUENCE", table + "_id_seq", std::move(needs));
  entry.definition = "ALTER TABLE " + quote_name("s", table) +
                     " ALTER COLUMN \"id\" ADD GENERATED ALWAYS AS IDENTITY ();";
  return entry;
}

/// `root` over `middle` over `leaf`, with an index on each, a foreign key, two triggers and an
/// identity column at the top.
std::vector<Entry> three_deep() {
  return {
      table(1, "root"),
      table(2, "middle", {1}),
      table(3, "leaf", {2}),
      table(4, "referred"),
      attach(5, "middle", {2, 1}),
      attach(6, "leaf", {3, 2}),
      index(7, "root", "i1", {1}),
      index(8, "middle", "i2", {2, 7}),
      index(9, "leaf", "i3", {3, 8}),
      object(10, "INDEX ATTACH", "i2", {8, 7, 2, 1}),
      object(11, "INDEX ATTACH", "i3", {9, 8, 3, 2}),
      part(12, "FK CONSTRAINT", "root", "fk", {1, 4}),
      part(13, "TRIGGER", "root", "each", {1}, "CREATE TRIGGER \"each\" ... FOR EACH ROW"),
      part(14, "TRIGGER", "root", "once", {1}, "CREATE TRIGGER \"once\" ... FOR EACH STATEMENT"),
      identity(15, "root", {1})};
}

TEST(TableEntries, BringAllPartitionsWithATable) {
  const TableEntries all = of(three_deep());
  EXPECT_EQ(all.choose({{"s", "root"}}).entries,
            (Ids{1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}));
  EXPECT_EQ(all.with_partitions({"s", "root"}),
            (std::set<TableName>{{"s", "root"}, {"s", "middle"}, {"s", "leaf"}}));
  EXPECT_EQ(all.with_partitions({"s", "absent"}), std::set<TableName>{});
}

TEST(TableEntries, MakeATableOfAPartitionByItself) {
  const ChosenEntries chosen = of(three_deep()).choose({{"s", "middle"}});

  EXPECT_EQ(chosen.entries, (Ids{2, 3, 6, 8, 9, 11}));
  EXPECT_EQ(chosen.needs, Ids{}) << "neither the table above nor its index";
  EXPECT_EQ(chosen.parents, (std::map<int, int>{{2, 1}}));
  EXPECT_EQ(chosen.lost, (std::set<std::pair<int, int>>{{12, 2}, {13, 2}, {15, 2}}));
}

TEST(TableEntries, NeedWhatTheyUseAndTheParentsOfInheritance) {
  const TableEntries all =
      of({object(1, "TYPE", "mood", {}), object(2, "SEQUENCE", "free", {}), table(3, "parent"),
          table(4, "child", {1, 2, 3}), object(5, "FUNCTION", "f()", {}),
          part(6, "TRIGGER", "child", "t", {4, 5}), object(7, "PUBLICATION", "pub", {}),
          object(8, "PUBLICATION TABLE", "pub child", {7, 4})});

  const ChosenEntries chosen = all.choose({{"s", "child"}});

  EXPECT_EQ(chosen.entries, (Ids{4, 6}));
  EXPECT_EQ(chosen.needs, (Ids{1, 2, 3, 5}));
  EXPECT_EQ(chosen.publications, Ids{8});
}

TEST(TableEntries, KnowWhichNamesASchemaHas) {
  const TableEntries all = of({object(1, "FUNCTION", "f(integer)", {}), table(2, "t")});
  EXPECT_TRUE(all.has_object("s", "f"));
  EXPECT_TRUE(all.has_object("s", "t"));
  EXPECT_FALSE(all.has_object("t", "s"));
}

}  // namespace
}  // namespace vya::pg
