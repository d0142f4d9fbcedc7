#include "operation/contents.h"

#include <gtest/gtest.h>

#include "engine/postgresql/entry.h"
#include "tests/operation/handmade_backup.h"
#include "tests/repository/samples.h"

namespace vya {
namespace {

const std::string kObject = "db/1/rows/000001/000000.zst";
const std::string kRows = "1\tone\n2\ttwo\n";
const Database kShop{.number = 1, .name = "shop", .encoding = "UTF8"};
const Database kCrm{.number = 2, .name = "crm", .encoding = "LATIN1"};
const Table kOrders{.database = 1, .number = 1, .name = {"public", "orders"}};
const Table kPeople{.database = 2, .number = 1, .name = {"public", "people"}};
const Gap kGap{.kind = "closed-database", .what = "legacy", .why = "why", .cure = "cure"};

StoredSegment segment_of(const Table& table) {
  return {.segment = {.database = table.database, .table = table.number},
          .fingerprint = fingerprint_of(kRows),
          .extents = {{kObject, 0, kRows.size()}}};
}

/// Two databases with a table each; both have the same rows.
void add_all(HandmadeBackup& made) {
  made.add(kShop);
  made.add(kOrders);
  made.add(kCrm);
  made.add(kPeople);
  made.add_object(kObject, kRows);
  made.add(segment_of(kOrders));
  made.add(segment_of(kPeople));
  made.add(kGap);
}

TEST(RepositoryContents, HaveAllThatTheInventorySays) {
  HandmadeBackup made;
  add_all(made);
  const Backup backup = made.publish();

  const RepositoryContents contents(backup);

  EXPECT_EQ(contents.databases(), (std::vector{kShop, kCrm}));
  EXPECT_EQ(contents.tables(), (std::vector{kOrders, kPeople}));
  EXPECT_EQ(contents.segments(), (std::vector{segment_of(kOrders), segment_of(kPeople)}));
  ASSERT_EQ(contents.objects().size(), 1u);
  EXPECT_EQ(contents.objects()[0].path, kObject);
  EXPECT_EQ(contents.gaps(), std::vector{kGap});
  EXPECT_EQ(&contents.backup(), &backup);
}

TEST(RepositoryContents, LeaveOutWhatIsNotSelectedDownToTheObjects) {
  const std::string other = "db/2/rows/000001/000000.zst";
  HandmadeBackup made;
  made.add(kShop);
  made.add(kOrders);
  made.add(kCrm);
  made.add(kPeople);
  made.add_object(kObject, kRows);
  made.add_object(other, kRows + kRows);
  made.add(segment_of(kOrders));
  StoredSegment people = segment_of(kPeople);
  people.extents = {{other, 0, kRows.size()}};
  made.add(people);
  const Backup backup = made.publish();

  const RepositoryContents contents(backup, {.databases = {{"crm", "crm_test"}}});

  EXPECT_EQ(contents.databases(), (std::vector<Database>{{2, "crm_test", "LATIN1"}}));
  EXPECT_EQ(contents.tables(), std::vector{kPeople});
  EXPECT_EQ(contents.segments(), std::vector{people});
  ASSERT_EQ(contents.objects().size(), 1u);
  EXPECT_EQ(contents.objects()[0].path, other);
  EXPECT_EQ(contents.row_bytes(), kRows.size());
  EXPECT_EQ(contents.database_name(2), "crm_test");
}

/// A backup of `shop` with the table `orders` and its partition `part`, and `others`.
Backup with_partition(HandmadeBackup& made) {
  const Table part{.database = 1, .number = 2, .name = {"public", "part"}, .root = kOrders.name};
  const Table others{.database = 1, .number = 3, .name = {"public", "others"}};
  made.add(kShop);
  TextSink schema;
  int number = 0;
  for (const char* name : {"orders", "part", "others"}) {
    pg::write_json({.id = ++number, .kind = "TABLE", .schema = "public", .name = name}, schema);
  }
  pg::write_json(
      {.id = 4, .kind = "TABLE ATTACH", .schema = "public", .name = "part", .dependencies = {2, 1}},
      schema);
  made.add(part);
  made.add(others);
  for (const Table& table : {part, others}) {
    const std::string path = "db/1/rows/00000" + std::to_string(table.number) + "/000000.zst";
    made.add_object(path, kRows);
    StoredSegment segment = segment_of(table);
    segment.extents = {{path, 0, kRows.size()}};
    made.add(segment);
  }
  return made.publish({made.store(layout::document({DocumentKind::kSchema, 1}), schema.text())});
}

TEST(RepositoryContents, HaveTheRowsOfTheChosenTablesAlone) {
  HandmadeBackup made;
  const Backup backup = with_partition(made);
  const RenamedTable kept = {{"shop", {"public", "orders"}}, {"old", "kept"}};

  const RepositoryContents contents(backup, {.databases = {{"shop", "test"}}, .tables = {kept}});

  EXPECT_EQ(contents.databases(), (std::vector<Database>{{1, "test", "UTF8"}}));
  ASSERT_EQ(contents.tables().size(), 1u);
  EXPECT_EQ(contents.tables().front().name.name, "part");
  EXPECT_EQ(contents.segments().size(), 1u);
  ASSERT_EQ(contents.objects().size(), 1u);
  EXPECT_EQ(contents.objects()[0].path, "db/1/rows/000002/000000.zst");
  EXPECT_EQ(contents.row_bytes(), kRows.size());
  EXPECT_EQ(contents.table_choices(),
            (std::vector<TableChoice>{{1, {"public", "orders"}, {"old", "kept"}}}));
}

TEST(RepositoryContents, NameTheNearestTable) {
  HandmadeBackup made;
  const Backup backup = with_partition(made);
  const RenamedTable other = {{"shop", {"public", "other"}}, {"public", "other"}};
  const Error error =
      error_of([&] { const RepositoryContents contents(backup, {.tables = {other}}); });
  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_EQ(error.message(), "the backup has no table 'shop.public.other'");
  EXPECT_EQ(error.hint(), "Did you mean 'shop.public.others'?");
}

TEST(RepositoryContents, HaveTheServerAndTheSizeOfTheManifest) {
  HandmadeBackup made;
  add_all(made);
  const Backup backup = made.publish();

  const RepositoryContents contents(backup);

  EXPECT_EQ(contents.server().product, "PostgreSQL");
  EXPECT_EQ(contents.server().version, "15.18");
  EXPECT_EQ(contents.server().major, 15);
  EXPECT_EQ(contents.server().system_id, "7312345678901234567");
  EXPECT_TRUE(contents.server().standby);
  EXPECT_EQ(contents.row_bytes(), 2 * kRows.size());
}

TEST(RepositoryContents, FindTheTableAndTheDatabaseOfASegment) {
  HandmadeBackup made;
  add_all(made);
  const Backup backup = made.publish();

  const RepositoryContents contents(backup);

  EXPECT_EQ(contents.table_of({.database = 2, .table = 1}), kPeople);
  EXPECT_EQ(contents.table_of({.database = 1, .table = 1, .number = 7}), kOrders);
  EXPECT_EQ(contents.database_name(1), "shop");
  EXPECT_EQ(contents.database_name(2), "crm");
}

TEST(RepositoryContents, DoNotDependOnTheOrderOfTheInventory) {
  HandmadeBackup made;
  made.add(kCrm);
  made.add(kPeople);
  made.add(kShop);
  const Backup backup = made.publish();

  const RepositoryContents contents(backup);

  EXPECT_EQ(contents.database_name(1), "shop");
  EXPECT_EQ(contents.database_name(2), "crm");
}

TEST(RepositoryContents, ReadADocumentOrSayThatThereIsNone) {
  HandmadeBackup made;
  const Document schema{DocumentKind::kSchema, 2};
  const Backup backup = made.publish({made.store(layout::document(schema), "{}\n")});

  const RepositoryContents contents(backup);

  EXPECT_EQ(read_text(*contents.read(schema)), "{}\n");
  EXPECT_EQ(contents.read({DocumentKind::kSchema, 1}), nullptr);
  EXPECT_EQ(contents.read({DocumentKind::kGlobals}), nullptr);
}

/// The Error about a backup's contents.
Error complaint_about(const Backup& backup) {
  return error_of([&] { RepositoryContents contents(backup); });
}

struct WrongSum {
  const char* what;
  std::uint64_t Manifest::Sums::* sum;
};

class ContentsAndManifest : public testing::TestWithParam<WrongSum> {};

TEST_P(ContentsAndManifest, MustAgree) {
  const auto& [what, sum] = GetParam();
  HandmadeBackup made;
  add_all(made);
  const std::string counted = std::to_string(made.sums.*sum);
  made.sums.*sum += 1;
  const std::string wrong = std::to_string(made.sums.*sum);
  const Backup backup = made.publish();

  const Error error = complaint_about(backup);

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_EQ(error.message(), "cannot use backup '" + made.id().text() + "': its manifest counts " +
                                 wrong + " " + what + ", its inventory " + counted);
}

INSTANTIATE_TEST_SUITE_P(RepositoryContents, ContentsAndManifest,
                         testing::Values(WrongSum{"databases", &Manifest::Sums::databases},
                                         WrongSum{"tables", &Manifest::Sums::tables},
                                         WrongSum{"segments", &Manifest::Sums::segments},
                                         WrongSum{"objects", &Manifest::Sums::objects},
                                         WrongSum{"rows", &Manifest::Sums::rows},
                                         WrongSum{"bytes of rows", &Manifest::Sums::row_bytes}));

TEST(RepositoryContents, RefuseASegmentOfNoTable) {
  HandmadeBackup made;
  made.add(kShop);
  made.add_object(kObject, kRows);
  made.add(segment_of(kOrders));
  const Backup backup = made.publish();

  const Error error = complaint_about(backup);

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), "a segment of table 1 in database 1, but no such table"));
}

TEST(RepositoryContents, RefuseATableOfNoDatabase) {
  HandmadeBackup made;
  made.add(kCrm);
  made.add(kOrders);
  const Backup backup = made.publish();

  const Error error = complaint_about(backup);

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), "database 1"));
}

TEST(RepositoryContents, RefuseASegmentWhoseExtentsAreNotItsText) {
  for (const std::vector<Extent>& extents :
       {std::vector<Extent>{}, {{kObject, 0, 1}}, {{kObject, 0, 12}, {kObject, 0, 12}}}) {
    HandmadeBackup made;
    made.add(kShop);
    made.add(kOrders);
    made.add_object(kObject, kRows);
    StoredSegment segment = segment_of(kOrders);
    segment.extents = extents;
    made.add(segment);
    const Backup backup = made.publish();

    const Error error = complaint_about(backup);

    EXPECT_EQ(error.fault(), Fault::kCheckFailed);
    EXPECT_TRUE(has_part(error.message(), "segment 0 of table 1 in database 1"));
  }
}

/// The backup again, in another store in which its inventory is what `change` makes of it.
Error complaint_about_changed(
    const std::function<std::optional<std::string>(const std::string&)>& change) {
  HandmadeBackup made;
  add_all(made);
  const Manifest manifest = made.publish().manifest();
  MemoryStore changed;
  copy_changed(made.memory(), changed,
               layout::full_folder(made.id()) + "/" + layout::kInventoryFile, change);
  return complaint_about(Backup(changed, manifest));
}

TEST(RepositoryContents, RefuseADamagedInventory) {
  for (const Error& error :
       {complaint_about_changed([](const std::string&) { return std::nullopt; }),
        complaint_about_changed([](const std::string& text) { return text + "x"; }),
        complaint_about_changed([](const std::string& text) { return text.substr(0, 40); }),
        complaint_about_changed([](const std::string&) { return compressed(""); }),
        complaint_about_changed([](std::string text) {
          text[text.size() / 2] ^= 1;
          return text;
        })}) {
    EXPECT_EQ(error.fault(), Fault::kCheckFailed);
    EXPECT_TRUE(has_part(error.message(), "inventory.jsonl.zst"));
  }
}

TEST(RepositoryContents, NeedAManifestThatHasAnInventory) {
  HandmadeBackup made;
  Manifest manifest = made.publish().manifest();
  manifest.files.clear();

  const Error error = complaint_about(Backup(made.memory(), manifest));

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_TRUE(has_part(error.message(), "inventory.jsonl.zst"));
}

}  // namespace
}  // namespace vya
