#include "operation/table_rows.h"

#include <gtest/gtest.h>

#include "tests/operation/handmade_backup.h"
#include "tests/repository/samples.h"

namespace vya {
namespace {

const std::string kObject = "db/1/rows/000001/000000.zst";
const std::string kFirst = "1\tone\n";
const std::string kSecond = "2\ttwo\n3\tthree\n";

Table table(int number, const std::string& name) {
  return {.database = 1, .number = number, .name = {"public", name}, .columns = {"id", "name"}};
}

Table partition(int number, const std::string& name) {
  Table partition = table(number, name);
  partition.root = TableName{"public", "sales"};
  return partition;
}

/// A part of what lies in kObject.
StoredSegment segment(const Table& of, int number, const std::string& rows, std::uint64_t offset) {
  return {.segment = {.database = 1, .table = of.number, .number = number},
          .fingerprint = fingerprint_of(rows),
          .extents = {{kObject, offset, rows.size()}}};
}

/// A table of two segments, the second of which comes first in the inventory; and a partitioned
/// one.
class TableRowsTest : public testing::Test {
 protected:
  TableRowsTest() {
    made_.add(Database{.number = 1, .name = "shop", .encoding = "LATIN1"});
    made_.add(table(1, "orders"));
    made_.add(partition(2, "sales_2025"));
    made_.add(partition(3, "sales_2026"));
    made_.add_object(kObject, kFirst + kSecond);
    made_.add(segment(table(1, "orders"), 1, kSecond, kFirst.size()));
    made_.add(segment(table(1, "orders"), 0, kFirst, 0));
    made_.add(segment(partition(3, ""), 0, kSecond, kFirst.size()));
    made_.add(segment(partition(2, ""), 0, kFirst, 0));
  }

  std::string written(const std::string& name) {
    const Backup backup = made_.publish();
    const TableRows rows(backup, parse_table_path(name));
    TextSink text;
    rows.write(text);
    EXPECT_EQ(rows.fingerprint(), fingerprint_of(text.text()));
    return text.text();
  }

  Error refusal(const std::string& name) {
    return error_of([&] { written(name); });
  }

  HandmadeBackup made_;
};

TEST_F(TableRowsTest, AreASegmentAfterTheOther) {
  EXPECT_EQ(written("shop.public.orders"), kFirst + kSecond);
}

TEST_F(TableRowsTest, OfAPartitionedTableAreThoseOfAllPartitions) {
  EXPECT_EQ(written("shop.public.sales"), kFirst + kSecond);
}

TEST_F(TableRowsTest, OfAPartitionAreItsOwn) {
  EXPECT_EQ(written("shop.public.sales_2026"), kSecond);
}

TEST_F(TableRowsTest, HaveColumnsAndAnEncoding) {
  const Backup backup = made_.publish();
  const TableRows rows(backup, parse_table_path("shop.public.orders"));

  EXPECT_EQ(rows.columns(), (std::vector<std::string>{"id", "name"}));
  EXPECT_EQ(rows.encoding(), "LATIN1");
}

TEST_F(TableRowsTest, OfPartitionsWithOtherColumnOrdersDoNotGoTogether) {
  Table other = partition(4, "sales_2027");
  other.columns = {"name", "id"};
  made_.add(other);

  const Error error = refusal("shop.public.sales");

  EXPECT_EQ(error.fault(), Fault::kRefused);
  EXPECT_EQ(error.message(),
            "cannot write the rows of 'shop.public.sales' as one: partition "
            "'shop.public.sales_2027' has its columns in another order than "
            "'shop.public.sales_2025'");
}

TEST_F(TableRowsTest, HaveFieldsAndNoneWithoutColumns) {
  Table empty = table(4, "empty");
  empty.columns = {};
  made_.add(empty);
  const Backup backup = made_.publish();

  EXPECT_EQ(TableRows(backup, parse_table_path("shop.public.orders")).fields("1\t\\N"),
            (RowFields{"1", std::nullopt}));
  EXPECT_EQ(TableRows(backup, parse_table_path("shop.public.empty")).fields(""), RowFields{});
}

TEST_F(TableRowsTest, NamesTheNearestTable) {
  const Error error = refusal("shop.public.order");

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_EQ(error.hint(), "Did you mean 'shop.public.orders'?");
}

TEST_F(TableRowsTest, NamesTheNearestDatabase) {
  const Error error = refusal("shpo.public.orders");

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_EQ(error.hint(), "Did you mean 'shop'?");
}

TEST_F(TableRowsTest, AreNotTakenForOthers) {
  StoredSegment wrong = segment(table(1, "orders"), 2, kFirst, 0);
  wrong.fingerprint.sum += 1;
  made_.add(wrong);

  const Error error = refusal("shop.public.orders");

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_EQ(
      error.message(),
      "the rows of segment 2 of table 'shop.public.orders' are not those that were backed up");
}

}  // namespace
}  // namespace vya
