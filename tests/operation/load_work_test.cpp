#include "operation/load_work.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/operation/handmade_backup.h"

namespace vya {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

/// A backup whose inventory names sizes; the rows themselves are nowhere.
class LoadItems : public testing::Test {
 protected:
  LoadItems() {
    made_.add(Database{1, "shop", "UTF8"});
    made_.add(Database{2, "crm", "UTF8"});
  }

  void add_table(int database, int number, TableKind kind = TableKind::kTable) {
    made_.add(Table{.database = database, .number = number, .name = {"public", "t"}, .kind = kind});
  }

  /// Adds a segment of so many bytes, in an object of its own or at a place in another.
  void add_segment(int database, int table, int number, std::uint64_t bytes,
                   std::string object = {}, std::uint64_t offset = 0) {
    const Segment segment{.database = database, .table = table, .number = number};
    if (object.empty()) object = layout::segment_object(segment, 0);
    made_.add(StoredSegment{.segment = segment,
                            .fingerprint = {.rows = bytes == 0 ? 0u : 1u, .bytes = bytes},
                            .extents = {{object, offset, bytes}}});
  }

  /// A table of several segments of 32 MiB each.
  void add_large_table(int number, int segments) {
    add_table(1, number);
    for (int i = 0; i < segments; ++i) add_segment(1, number, i, 32 * kMiB);
  }

  /// The items; valid until the test ends.
  const std::vector<LoadItem>& items(unsigned jobs) {
    backup_.emplace(made_.publish());
    contents_.emplace(*backup_);
    return items_ = load_items(*contents_, jobs);
  }

  HandmadeBackup made_;
  std::optional<Backup> backup_;
  std::optional<RepositoryContents> contents_;
  std::vector<LoadItem> items_;
};

std::vector<int> numbers_of(const LoadRun& run) {
  std::vector<int> numbers;
  for (const StoredSegment* segment : run.segments) numbers.push_back(segment->segment.number);
  return numbers;
}

std::vector<int> tables_of(const LoadItem& item) {
  std::vector<int> tables;
  for (const LoadRun& run : item.runs) tables.push_back(run.table->number);
  return tables;
}

TEST_F(LoadItems, AreNoneOfABackupWithoutRows) {
  add_table(1, 1);
  add_segment(1, 1, 0, 0);

  EXPECT_TRUE(items(4).empty());
}

TEST_F(LoadItems, LoadATableWholeInTheOrderOfItsSegments) {
  add_table(1, 1);
  for (const int number : {2, 0, 1}) add_segment(1, 1, number, 10);

  ASSERT_EQ(items(4).size(), 1u);
  EXPECT_EQ(items_[0].bytes, 30u);
  ASSERT_EQ(items_[0].runs.size(), 1u);
  EXPECT_EQ(items_[0].runs[0].loading, Loading::kWhole);
  EXPECT_EQ(items_[0].runs[0].table, &contents_->tables()[0]);
  EXPECT_EQ(numbers_of(items_[0].runs[0]), (std::vector{0, 1, 2}));
}

TEST_F(LoadItems, KeepTablesOfTheSameNumberInTwoDatabasesApart) {
  add_table(1, 1);
  add_table(2, 1);
  add_segment(1, 1, 0, 10);
  add_segment(2, 1, 0, 20);

  ASSERT_EQ(items(1).size(), 2u);
  EXPECT_EQ(items_[0].runs[0].table->database, 2);
  EXPECT_EQ(items_[1].runs[0].table->database, 1);
}

TEST_F(LoadItems, ShareATableThatIsLargeBesideTheRest) {
  add_large_table(1, 4);

  ASSERT_EQ(items(2).size(), 4u);
  for (const LoadItem& item : items_) {
    EXPECT_EQ(item.bytes, 32 * kMiB);
    ASSERT_EQ(item.runs.size(), 1u);
    EXPECT_EQ(item.runs[0].loading, Loading::kShared);
    EXPECT_EQ(item.runs[0].segments.size(), 1u);
  }
}

TEST_F(LoadItems, DoNotShareWhatOneThreadLoadsAlone) {
  add_large_table(1, 4);

  ASSERT_EQ(items(1).size(), 1u);
  EXPECT_EQ(items_[0].runs[0].loading, Loading::kWhole);
}

TEST_F(LoadItems, DoNotShareATableThatIsOneOfMany) {
  for (int table = 1; table <= 10; ++table) add_large_table(table, 3);

  ASSERT_EQ(items(2).size(), 10u);
  for (const LoadItem& item : items_) EXPECT_EQ(item.runs[0].loading, Loading::kWhole);
}

TEST_F(LoadItems, DoNotShareATableThatIsSmallByItself) {
  add_large_table(1, 2);

  EXPECT_EQ(items(16).size(), 1u);
}

TEST_F(LoadItems, ShareLargeObjectsHoweverFew) {
  add_table(1, 1, TableKind::kLargeObjects);
  add_segment(1, 1, 0, 10);
  add_segment(1, 1, 1, 10);

  ASSERT_EQ(items(1).size(), 2u);
  EXPECT_EQ(items_[0].runs[0].loading, Loading::kShared);
}

TEST_F(LoadItems, LeaveOutMaterializedViews) {
  add_table(1, 1, TableKind::kMaterializedView);
  add_table(1, 2, TableKind::kConfiguration);
  add_segment(1, 1, 0, 100);
  add_segment(1, 2, 0, 10);

  ASSERT_EQ(items(2).size(), 1u);
  EXPECT_EQ(tables_of(items_[0]), std::vector{2});
}

TEST_F(LoadItems, BeginWithTheLargest) {
  for (int table = 1; table <= 9; ++table) {
    add_table(1, table);
    add_segment(1, table, 0, static_cast<std::uint64_t>(table * 7 % 10));
  }

  ASSERT_EQ(items(2).size(), 9u);
  EXPECT_TRUE(std::ranges::is_sorted(items_, std::greater<>(), &LoadItem::bytes));
}

TEST_F(LoadItems, LoadABundleInTheOrderOfItsPlaces) {
  const std::string bundle = layout::bundle_object(1, 0);
  const std::string next = layout::bundle_object(1, 1);
  for (int table = 1; table <= 4; ++table) add_table(1, table);
  add_segment(1, 1, 0, 10, bundle, 30);
  add_segment(1, 2, 0, 20, bundle, 10);
  add_segment(1, 3, 0, 10, bundle, 0);
  add_segment(1, 4, 0, 5, next, 0);

  ASSERT_EQ(items(4).size(), 2u);
  EXPECT_EQ(tables_of(items_[0]), (std::vector{3, 2, 1}));
  EXPECT_EQ(items_[0].bytes, 40u);
  EXPECT_EQ(tables_of(items_[1]), std::vector{4});
  for (const LoadItem& item : items_)
    for (const LoadRun& run : item.runs) EXPECT_EQ(run.loading, Loading::kSmall);
}

TEST_F(LoadItems, LoadAPieceOfALargeTableWithItAndNotWithTheBundleItIsIn) {
  const std::string bundle = layout::bundle_object(1, 0);
  add_table(1, 1);
  add_table(1, 2);
  add_segment(1, 1, 0, 100, bundle, 0);
  add_segment(1, 1, 1, 32 * kMiB);
  add_segment(1, 2, 0, 10, bundle, 100);

  ASSERT_EQ(items(2).size(), 2u);
  EXPECT_EQ(tables_of(items_[0]), std::vector{1});
  EXPECT_EQ(numbers_of(items_[0].runs[0]), (std::vector{0, 1}));
  EXPECT_EQ(tables_of(items_[1]), std::vector{2});
}

TEST_F(LoadItems, HaveEverySegmentOnceAndATableEitherWholeOrShared) {
  std::mt19937 random(9);
  std::size_t with_rows = 0;
  for (int table = 1; table <= 300; ++table) {
    add_table(1, table);
    const int segments = 1 + static_cast<int>(random() % 5);
    for (int i = 0; i < segments; ++i) {
      const std::uint64_t bytes = random() % 4 == 0 ? 0 : 1ull << (random() % 36);
      const bool bundled = bytes < kMiB && random() % 2 == 0;
      add_segment(1, table, i, bytes, bundled ? layout::bundle_object(1, table / 50) : "",
                  random() % 1000);
      if (bytes > 0) ++with_rows;
    }
  }

  std::set<const StoredSegment*> seen;
  std::map<const Table*, std::vector<Loading>> loadings;
  for (const LoadItem& item : items(4)) {
    for (const LoadRun& run : item.runs) {
      loadings[run.table].push_back(run.loading);
      for (const StoredSegment* segment : run.segments)
        EXPECT_TRUE(seen.insert(segment).second && segment->fingerprint.rows > 0);
    }
  }
  EXPECT_EQ(seen.size(), with_rows);
  for (const auto& [table, how] : loadings) {
    const auto shared = std::ranges::count(how, Loading::kShared);
    EXPECT_TRUE(how.size() == 1 || shared == std::ssize(how)) << "table " << table->number;
  }
}

}  // namespace
}  // namespace vya
