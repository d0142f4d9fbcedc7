#include "engine/postgresql/chosen_tables.h"

#include <gtest/gtest.h>

#include "engine/postgresql/backup_model.h"
#include "tests/engine/postgresql/memory_backup.h"
#include "tests/world/error_of.h"

namespace vya::pg {
namespace {

const Database kShop = {1, "shop", "UTF8"};
const TableName kLog = {"s", "log"};
const TableName kPart = {"s", "part"};

Entry table(int id, const TableName& name, const std::string& end = "") {
  return {.id = id,
          .section = Section::kPreData,
          .kind = "TABLE",
          .schema = name.schema,
          .name = name.name,
          .owner = "app",
          .definition = "CREATE TABLE \"s\".\"" + name.name + "\" (\"log\" integer)" + end + ";",
          .drop = "DROP TABLE \"s\".\"" + name.name + "\";"};
}

/// The partitioned table `log` with its partition `part` and the sequence `log_seq`, and `other`.
MemoryBackup backup() {
  MemoryBackup made;
  Catalog catalog;
  catalog.extensions = {{"pg_trgm", "1.6", "s"}};
  catalog.sequences = {{"s", "log_seq", 7, true}, {"s", "free", 8, true}};
  catalog.acls = {{.kind = "TABLE", .object = "\"s\".\"log\"", .owner = "app"},
                  {.kind = "TABLE", .object = "\"s\".\"other\"", .owner = "app"},
                  {.kind = "FUNCTION", .object = "\"s\".\"log\"", .owner = "app"}};
  const Entry attach = {.id = 4,
                        .section = Section::kPreData,
                        .kind = "TABLE ATTACH",
                        .schema = "s",
                        .name = "part",
                        .definition =
                            "ALTER TABLE ONLY \"s\".\"log\" ATTACH PARTITION "
                            "\"s\".\"part\" DEFAULT;",
                        .dependencies = {1, 2}};
  const Entry sequence = {.id = 5,
                          .section = Section::kPreData,
                          .kind = "SEQUENCE",
                          .schema = "s",
                          .name = "log_seq",
                          .definition = "CREATE SEQUENCE \"s\".\"log_seq\";",
                          .dependencies = {1}};
  made.add(kShop, catalog,
           {table(1, kLog, " PARTITION BY LIST (\"log\")"), table(2, kPart),
            table(3, {"s", "other"}), attach, sequence});
  made.add({.database = 1, .number = 1, .name = kPart, .columns = {"log"}, .root = kLog}, "1\n");
  made.add({.database = 1, .number = 2, .name = {"s", "other"}, .columns = {"log"}}, "2\n");
  return made;
}

std::vector<Entry> entries_of(const BackupContents& contents) {
  std::vector<Entry> entries;
  visit_entries(contents, {}, 1, [&](Stage, Entry entry) { entries.push_back(std::move(entry)); });
  return entries;
}

TEST(ChosenTables, AreABackupOfWhatBelongsToThem) {
  const MemoryBackup all = backup();
  const ChosenTables chosen(all, {{1, kLog, {"old", "kept"}}});

  const std::vector<Entry> entries = entries_of(chosen);
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].definition,
            "CREATE TABLE \"old\".\"kept\" (\"log\" integer) PARTITION BY LIST (\"log\");");
  EXPECT_EQ(entries[2].definition,
            "ALTER TABLE ONLY \"old\".\"kept\" ATTACH PARTITION \"old\".\"part\" DEFAULT;");
  const Catalog catalog = read_catalog_json(*chosen.read({DocumentKind::kCatalog, 1}));
  EXPECT_EQ(catalog.sequences, (std::vector<SequenceValue>{{"old", "kept_seq", 7, true}}));
  ASSERT_EQ(catalog.acls.size(), 1U);
  EXPECT_EQ(catalog.acls.front().object, "\"old\".\"kept\"");
  EXPECT_TRUE(catalog.extensions.empty());
  ASSERT_EQ(chosen.tables().size(), 1U);
  EXPECT_EQ(chosen.tables().front().name, (TableName{"old", "part"}));
  EXPECT_EQ(chosen.tables().front().root, (TableName{"old", "kept"}));
  EXPECT_EQ(chosen.chosen().front().lost, std::vector<Gap>{});
}

TEST(ChosenTables, HaveNoRootWhereAPartitionIsChosen) {
  const MemoryBackup all = backup();
  const ChosenTables chosen(all, {{1, kPart, kPart}});
  EXPECT_EQ(entries_of(chosen), std::vector<Entry>{table(2, kPart)});
  EXPECT_EQ(chosen.on_target(all.all_tables.front()).root, std::nullopt);
  EXPECT_EQ(chosen.chosen().front().tables.front().above, kLog);
}

TEST(ChosenTables, NameRowsAndValuesThatTheBackupDoesNotHave) {
  MemoryBackup all = backup();
  all.all_tables.erase(all.all_tables.begin());
  all.documents[{DocumentKind::kCatalog, 1}].clear();
  const ChosenTables chosen(all, {{1, kLog, kLog}});
  std::vector<std::string> lost;
  for (const Gap& gap : chosen.chosen().front().lost) lost.push_back(gap.id());
  EXPECT_EQ(lost, (std::vector<std::string>{"rows:TABLE \"s\".\"part\"",
                                            "sequence:SEQUENCE \"s\".\"log_seq\""}));
}

TEST(ChosenTables, LeaveOutAnEntryWithWhatIsSaidOfIt) {
  const MemoryBackup all = backup();
  ChosenTables chosen(all, {{1, kLog, kLog}});
  EXPECT_EQ(chosen.leave_out(1, 2).name, "part");
  std::vector<int> ids;
  for (const Entry& entry : entries_of(chosen)) ids.push_back(entry.id);
  EXPECT_EQ(ids, (std::vector<int>{1, 5}));
}

TEST(ChosenTables, RefuseWhatIsAbsentTwiceOrTooLong) {
  const MemoryBackup all = backup();
  const auto fault = [&](const std::vector<TableChoice>& choices) {
    return error_of([&] { const ChosenTables chosen(all, choices); }).fault();
  };
  EXPECT_EQ(fault({{1, {"s", "absent"}, {"s", "absent"}}}), Fault::kNotFound);
  EXPECT_EQ(fault({{1, kLog, kLog}, {1, kPart, {"s", "x"}}}), Fault::kUsage);
  EXPECT_EQ(fault({{1, kLog, {"s", std::string(64, 'x')}}}), Fault::kUsage);
}

}  // namespace
}  // namespace vya::pg
