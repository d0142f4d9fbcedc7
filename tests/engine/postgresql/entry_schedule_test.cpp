#include "engine/postgresql/entry_schedule.h"

#include <gtest/gtest.h>

#include <random>

namespace vya::pg {
namespace {

Entry entry(int id, const std::string& kind, std::vector<int> dependencies,
            const std::string& definition = "") {
  return {.id = id,
          .section = Section::kPostData,
          .kind = kind,
          .schema = "s",
          .name = std::to_string(id),
          .definition = definition,
          .dependencies = std::move(dependencies)};
}

/// Tables 1 (the root) with partitions 2 and 3, and 4 by itself.
TableMap tables() {
  TableMap map;
  for (const int id : {1, 2, 3, 4}) map.add(entry(id, "TABLE", {}));
  Entry attach = entry(5, "TABLE ATTACH", {1, 2});
  attach.name = "2";
  map.add(attach);
  attach = entry(6, "TABLE ATTACH", {3, 1});
  attach.name = "3";
  map.add(attach);
  return map;
}

/// How many of the entries may run together from the start.
std::size_t together(const std::vector<Entry>& entries) {
  EntrySchedule schedule(entries, tables());
  std::size_t number = 0;
  while (schedule.begin()) ++number;
  return number;
}

TEST(TableMap, KnowsWhichIsThePartition) {
  EXPECT_EQ(tables().with_ancestors(2), (std::set{1, 2}));
  EXPECT_EQ(tables().with_ancestors(3), (std::set{1, 3}));
  EXPECT_EQ(tables().with_ancestors(1), std::set{1});
}

TEST(EntrySchedule, BuildsIndexesOfOneTableTogether) {
  EXPECT_EQ(together({entry(10, "INDEX", {1}), entry(11, "INDEX", {1}), entry(12, "INDEX", {2})}),
            3U);
}

TEST(EntrySchedule, KeepsAConstraintAloneOnItsTables) {
  EXPECT_EQ(together({entry(10, "INDEX", {1}), entry(11, "CONSTRAINT", {1})}), 1U);
  EXPECT_EQ(together({entry(10, "FK CONSTRAINT", {1, 4}), entry(11, "INDEX", {4})}), 1U);
  EXPECT_EQ(together({entry(10, "FK CONSTRAINT", {1}), entry(11, "INDEX", {4})}), 2U);
}

TEST(EntrySchedule, BuildsAnIndexThatIsMoreAlone) {
  EXPECT_EQ(together({entry(10, "INDEX", {1}, "CREATE INDEX;\nALTER TABLE t CLUSTER ON i;"),
                      entry(11, "INDEX", {1})}),
            1U);
}

TEST(EntrySchedule, AddsKeysToPartitionsTogetherButTriggersAlone) {
  EXPECT_EQ(together({entry(10, "CONSTRAINT", {2}), entry(11, "CONSTRAINT", {3})}), 2U);
  EXPECT_EQ(together({entry(10, "CONSTRAINT", {2}), entry(11, "TRIGGER", {1})}), 1U);
  EXPECT_EQ(together({entry(10, "CONSTRAINT", {2}), entry(11, "CONSTRAINT", {1})}), 1U);
}

TEST(EntrySchedule, FindsTheTableOfACommentOnAnIndex) {
  EntrySchedule schedule(
      {entry(10, "INDEX", {1}), entry(11, "COMMENT", {10}), entry(12, "INDEX", {1})}, tables());
  EXPECT_EQ(schedule.begin(), 0U);
  EXPECT_EQ(schedule.begin(), 2U);
  schedule.end(0);
  EXPECT_EQ(schedule.begin(), std::nullopt);  // the other index holds the table
  schedule.end(2);
  EXPECT_EQ(schedule.begin(), 1U);
}

TEST(EntrySchedule, WaitsForWhatAnEntryDependsOn) {
  EntrySchedule schedule(
      {entry(10, "INDEX", {1}), entry(11, "INDEX ATTACH", {10}), entry(12, "INDEX", {4})},
      tables());
  EXPECT_EQ(schedule.begin(), 0U);
  EXPECT_EQ(schedule.begin(), 2U);
  EXPECT_EQ(schedule.begin(), std::nullopt);
  schedule.end(0);
  EXPECT_EQ(schedule.begin(), 1U);
  schedule.end(1);
  EXPECT_FALSE(schedule.finished());
  schedule.end(2);
  EXPECT_TRUE(schedule.finished());
}

/// Entries of random kinds on random tables, depending on earlier ones.
std::vector<Entry> random_entries(std::mt19937& random) {
  const std::vector<std::string> kinds = {"INDEX",   "CONSTRAINT", "FK CONSTRAINT",
                                          "TRIGGER", "COMMENT",    "INDEX ATTACH"};
  std::vector<Entry> entries;
  for (int id = 100; id < 140; ++id) {
    std::vector<int> dependencies = {static_cast<int>(1 + random() % 4)};
    if (random() % 2 == 0) dependencies.push_back(static_cast<int>(1 + random() % 4));
    if (id > 100 && random() % 3 == 0)
      dependencies.push_back(static_cast<int>(100 + random() % (id - 100)));
    entries.push_back(entry(id, kinds[random() % kinds.size()], dependencies));
  }
  return entries;
}

TEST(EntrySchedule, AlwaysGoesOnAndKeepsTheOrderOfDependencies) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Entry> entries = random_entries(random);
    EntrySchedule schedule(entries, tables());
    std::vector<std::size_t> running;
    std::set<int> ended;
    while (!schedule.finished()) {
      const std::optional<std::size_t> begun = running.size() < 4 ? schedule.begin() : std::nullopt;
      if (begun) {
        for (const int id : entries[*begun].dependencies)
          ASSERT_TRUE(id < 100 || ended.contains(id));
        running.push_back(*begun);
        continue;
      }
      ASSERT_FALSE(running.empty()) << "nothing runs and nothing may begin";
      const std::size_t place = random() % running.size();
      ended.insert(entries[running[place]].id);
      schedule.end(running[place]);
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(place));
    }
    EXPECT_EQ(ended.size(), entries.size());
  }
}

}  // namespace
}  // namespace vya::pg
