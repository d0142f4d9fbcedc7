#include "repository/inventory.h"

#include <gtest/gtest.h>

#include "tests/repository/samples.h"

namespace vya {
namespace {

const Database kShop{.number = 1, .name = "shöp \"x\"\n", .encoding = "UTF8"};
const Table kOrders{.database = 1,
                    .number = 3,
                    .name = {"public", "orders"},
                    .kind = TableKind::kConfiguration,
                    .columns = {"id", "total, net"},
                    .condition = "WHERE id > 7",
                    .root = TableName{"archive", "all_orders"},
                    .definition = std::string(64, 'd'),
                    .file_node = 16412};
const ObjectRecord kObject{.path = "db/1/rows/000003/000000.zst",
                           .row_bytes = 120,
                           .size = 40,
                           .sha256 = std::string(64, 'e')};
const StoredSegment kSegment{
    .segment =
        {.database = 1, .table = 3, .number = 2, .range = {"4096", "8192"}, .weight = 33554432},
    .fingerprint = {.rows = 10, .bytes = 120, .sum = 255},
    .extents = {{"db/1/rows/000003/000000.zst", 0, 100}, {"db/1/rows/000003/000000-1.zst", 5, 20}}};
const Gap kGap{.kind = "closed-database",
               .what = "legacy",
               .why = "it takes no connections",
               .cure = "ALTER DATABASE \"legacy\" ALLOW_CONNECTIONS true;"};

template <typename... Things>
std::string written(const Things&... things) {
  TextSink sink;
  InventoryWriter writer(sink);
  (writer.add(things), ...);
  return sink.text();
}

void read(const std::string& text, const InventoryVisitor& visit) {
  TextSource source(text);
  read_inventory(source, visit);
}

Error complaint_about(const std::string& text) {
  return error_of([&] {
    read(text, {.database = [](const Database&) {},
                .table = [](const Table&) {},
                .object = [](const ObjectRecord&) {},
                .segment = [](const StoredSegment&) {},
                .gap = [](const Gap&) {}});
  });
}

TEST(Inventory, KeepsNamesThatAreNoUtf8) {
  const Database database{.number = 1, .name = "gr\xfcn", .encoding = "SQL_ASCII"};
  Table table = kOrders;
  table.name = {"s\xff", "caf\xe9"};
  table.columns = {"\xe9", "plain"};
  table.root = TableName{"s\xff", "root\xe9"};
  table.condition = "WHERE t = '\xe9'";
  const Gap gap{.kind = "closed-database", .what = "gr\xfcn", .why = "\xff", .cure = "\xfe"};
  std::string seen;

  read(written(database, table, gap), {.database = [&](const Database& d) { seen += d.name; },
                                       .table = [&](const Table& t) { EXPECT_EQ(t, table); },
                                       .gap = [&](const Gap& g) { EXPECT_EQ(g, gap); }});

  EXPECT_EQ(seen, database.name);
  EXPECT_NE(written(database).find(R"("name":{"bytes":"6772fc6e"})"), std::string::npos);
}

TEST(Inventory, RefusesBytesThatAreNoHexadecimal) {
  EXPECT_EQ(
      complaint_about(R"({"line":"database","database":1,"name":{"bytes":"6G"},"encoding":"UTF8"})")
          .message(),
      "cannot read line 1 of the inventory: key 'name.bytes' is not hexadecimal");
}

TEST(Inventory, ComesBackWithEveryFieldInOrder) {
  std::string order;
  read(written(kShop, kOrders, kObject, kSegment, kGap), {.database =
                                                              [&](const Database& database) {
                                                                EXPECT_EQ(database, kShop);
                                                                order += 'd';
                                                              },
                                                          .table =
                                                              [&](const Table& table) {
                                                                EXPECT_EQ(table, kOrders);
                                                                order += 't';
                                                              },
                                                          .object =
                                                              [&](const ObjectRecord& object) {
                                                                EXPECT_EQ(object, kObject);
                                                                order += 'o';
                                                              },
                                                          .segment =
                                                              [&](const StoredSegment& segment) {
                                                                EXPECT_EQ(segment, kSegment);
                                                                order += 's';
                                                              },
                                                          .gap =
                                                              [&](const Gap& gap) {
                                                                EXPECT_EQ(gap, kGap);
                                                                order += 'g';
                                                              }});

  EXPECT_EQ(order, "dtosg");
}

TEST(Inventory, IsOneLineAThing) {
  EXPECT_EQ(written(kSegment),
            "{\"line\":\"segment\",\"database\":1,\"table\":3,\"segment\":2,\"from\":\"4096\","
            "\"to\":\"8192\",\"weight\":33554432,\"form\":\"copy-text\",\"rows\":10,\"bytes\":120,"
            "\"fp1\":\"000000000000000000000000000000ff\",\"extents\":[{\"object\":"
            "\"db/1/rows/000003/000000.zst\",\"offset\":0,\"bytes\":100},{\"object\":"
            "\"db/1/rows/000003/000000-1.zst\",\"offset\":5,\"bytes\":20}]}\n");
}

TEST(Inventory, KeepsEveryKindOfTable) {
  for (const TableKind kind : {TableKind::kTable, TableKind::kMaterializedView,
                               TableKind::kConfiguration, TableKind::kLargeObjects}) {
    Table table = kOrders;
    table.kind = kind;
    table.root.reset();
    std::optional<Table> back;
    read(written(table), {.table = [&](Table read) { back = std::move(read); }});
    EXPECT_EQ(back, table);
  }
}

TEST(Inventory, MayBeEmpty) { EXPECT_NO_THROW(read("", {})); }

TEST(Inventory, SkipsWhatNobodyAsksFor) {
  int gaps = 0;

  read(written(kShop, kOrders, kObject, kSegment, kGap), {.gap = [&](const Gap&) { ++gaps; }});

  EXPECT_EQ(gaps, 1);
}

TEST(Inventory, IgnoresLinesAndKeysItDoesNotKnow) {
  std::vector<Database> databases;

  read(
      "{\"line\":\"weather\",\"database\":false}\n"
      "{\"line\":\"database\",\"database\":1,\"name\":\"a\",\"encoding\":\"b\",\"c\":{}}\n",
      {.database = [&](Database database) { databases.push_back(std::move(database)); }});

  EXPECT_EQ(databases, (std::vector<Database>{{.number = 1, .name = "a", .encoding = "b"}}));
}

TEST(Inventory, NamesLineAndKeyOfWhatIsWrong) {
  const std::vector<std::array<std::string, 3>> cases = {
      {"\"line\":\"segment\"", "\"type\":\"segment\"", "key 'line' is missing"},
      {"\"database\":1", "\"database\":0", "key 'database' is out of range"},
      {"\"from\":\"4096\"", "\"from\":4096", "key 'from' is no text"},
      {"\"weight\":", "\"wait\":", "key 'weight' is missing"},
      {"copy-text", "copy-binary", "key 'form' is unknown to this program: 'copy-binary'"},
      {"00ff\"", "0ff\"", "key 'fp1' is not 32"},
      {"\"offset\":5", "\"offset\":-5", "key 'extents[1].offset' is no whole number"},
      {"\"object\":\"db/", "\"object\":\"../", "key 'extents[0].object' is no path"},
      {"}]}", "}]", "it is no JSON object"},
  };
  for (const auto& [part, by, problem] : cases) {
    std::string line = written(kSegment);
    const std::size_t at = line.find(part);
    ASSERT_NE(at, std::string::npos) << part;
    const Error error =
        complaint_about(written(kShop, kOrders) + line.replace(at, part.size(), by));
    EXPECT_EQ(error.fault(), Fault::kCheckFailed) << problem;
    EXPECT_TRUE(has_part(error.message(), "line 3 of the inventory: " + problem));
  }
}

TEST(Inventory, RefusesAKindOfTableItDoesNotKnow) {
  std::string line = written(kOrders);
  line.replace(line.find("configuration"), 13, "teapot");

  EXPECT_TRUE(has_part(complaint_about(line).message(), "key 'kind' is unknown: 'teapot'"));
}

TEST(Inventory, LeavesTheSinkUnfinished) {
  TextSink sink;
  InventoryWriter(sink).add(kGap);

  EXPECT_FALSE(sink.finished());
}

}  // namespace
}  // namespace vya
