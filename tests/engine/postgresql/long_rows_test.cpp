// Rows that are too long for the server's COPY text: read out of the binary format, and parted for
// an INSERT.
#include "engine/postgresql/long_rows.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/read_rows.h"
#include "engine/postgresql/row_loader.h"
#include "stream/lines.h"
#include "tests/engine/postgresql/memory_backup.h"
#include "tests/engine/postgresql/snapshot_fixture.h"
#include "tests/world/error_of.h"
#include "tests/world/full_run.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using namespace std::string_literals;
using world::PostgresServer;

constexpr FieldForm kText = FieldForm::kText;
constexpr FieldForm kBytes = FieldForm::kBytes;

/// What a splitter does, in order: `copy:` rows, `insert:` fields.
std::vector<std::string> split(const std::string& text, std::vector<FieldForm> forms,
                               std::size_t longest, std::size_t piece) {
  std::vector<std::string> done;
  class Copy final : public Sink {
   public:
    explicit Copy(std::vector<std::string>& to) : to_(to) {}
    void write(Bytes bytes) override {
      if (bytes.empty()) return;
      if (to_.empty() || !to_.back().starts_with("copy:")) to_.emplace_back("copy:");
      to_.back() += as_text(bytes);
    }
    void finish() override { to_.emplace_back("end"); }

   private:
    std::vector<std::string>& to_;
  } copy(done);
  const auto insert = [&](const FieldValues& values) {
    done.emplace_back("insert:");
    for (const auto& value : values) done.back() += value ? "[" + *value + "]" : "null";
  };
  LongRowSplitter splitter(copy, insert, std::move(forms), longest);
  for (std::size_t at = 0; at < text.size(); at += piece)
    splitter.write(as_bytes(std::string_view(text).substr(at, piece)));
  splitter.finish();
  return done;
}

TEST(LongRowSplitter, PartsLongRowsInTheirPlaceHoweverTheTextIsCut) {
  const std::string text =
      "1\tshort\n2\t" + std::string(20, 'x') + "\\\\\\t\n\\N\t\n3\t\\\\x00ff\n";
  const std::vector<std::string> expected = {"copy:1\tshort\n",
                                             "insert:[2][" + std::string(20, 'x') + "\\\t]",
                                             "copy:\\N\t\n3\t\\\\x00ff\n", "end"};
  for (std::size_t piece = 1; piece < 15; ++piece)
    EXPECT_EQ(split(text, {kText, kText}, 15, piece), expected) << piece;
}

TEST(LongRowSplitter, GivesValuesWithoutEscapesAndBytesWithoutDigits) {
  const std::string row = "a\\tb\\nc\\\\d\\re\\b\\f\\v\t\\\\x00ff0a41\t\\N\t\t\\\\x\n";
  const std::string values = "insert:[a\tb\nc\\d\re\b\f\v][\0\xff\nA]null[][]"s;
  for (std::size_t piece = 1; piece < row.size(); ++piece) {
    EXPECT_EQ(split(row, {kText, kBytes, kBytes, kText, kBytes}, 0, piece),
              (std::vector<std::string>{values, "end"}))
        << piece;
  }
}

TEST(LongRowSplitter, RefusesRowsThatAreNone) {
  EXPECT_THROW(split("no end", {kText}, 100, 3), Error);
  EXPECT_THROW(split("no end", {kText}, 2, 3), Error);
  EXPECT_THROW(split("a\tb\n", {kText}, 0, 1), Error) << "two fields";
  EXPECT_THROW(split("a\n", {kText, kText}, 0, 1), Error) << "one field";
  EXPECT_THROW(split("\\\\xf\n", {kBytes}, 0, 1), Error) << "half a byte";
  EXPECT_THROW(split("\\\\xzz\n", {kBytes}, 0, 1), Error) << "no digits";
  EXPECT_THROW(split("ff\n", {kBytes}, 0, 1), Error) << "no prefix";
}

constexpr const char* kOddColumns =
    "CREATE DOMAIN raw AS bytea; CREATE DOMAIN words AS varchar(9);"
    "CREATE TYPE pair AS (a int, b text); CREATE TYPE mood AS ENUM ('so so', 'fine');"
    "CREATE TABLE odd (i int, b bool, c char(9), v varchar(9), n name, q \"char\", t text, y bytea,"
    " r raw, w words, p pair, m mood, a text[], z bytea[], j json, jb jsonb, x xml, f float8,"
    " d numeric, o money, e timestamptz, u interval, l inet, g int4range, k regclass, bits varbit,"
    " s tsvector, \"odd \"\" näme\" text, gone int, id int GENERATED ALWAYS AS IDENTITY,"
    " twice int GENERATED ALWAYS AS (i * 2) STORED);"
    "ALTER TABLE odd DROP COLUMN gone;"
    "INSERT INTO odd VALUES (1, true, 'ab  ', 'ab  ', 'na me', 'c', E'a\\tb\\\\c\\nd', '\\x00ff0a',"
    " '\\x5c', 'a\\b', '(1,\"a\\\\b\")', 'so so', '{a,NULL,\"b\\\\\"}', '{\"\\\\x00ff\"}',"
    " '{\"a\" : 1}', '{\"a\":  \"\\\\\"}', '<a>&lt;</a>', -0.0, 1.50, -3.25, '2001-02-03 04:05+06',"
    " '1 mon -2 days', '10.0.0.1', '[1,3)', 'pg_class', '10101', 'a:1 b:2', 'ä');"
    "INSERT INTO odd (i) VALUES (2); INSERT INTO odd VALUES (3, false, '', '', '', '', '', '', '', "
    "'',"
    " '(,)', 'fine', '{}', '{}', 'null', 'null', '', 'NaN', 'NaN', 0, '-infinity', '0', '::1/0',"
    " 'empty', 'odd', '', '', '\\N')";

Table table_named(const std::string& name, std::vector<std::string> columns) {
  return {.database = 1, .number = 1, .name = {"public", name}, .columns = std::move(columns)};
}

Table odd_table(const PostgresServer& server) {
  Table table = table_named("odd", {});
  for (const world::TextRow& row : server.query(
           "postgres",
           "SELECT attname FROM pg_attribute WHERE attrelid = 'odd'::regclass AND attnum > 0 AND"
           " NOT attisdropped AND attgenerated = '' ORDER BY attnum DESC")) {
    table.columns.push_back(row.front());
  }
  return table;
}

std::string rows_of(Connection& connection, const Table& table, RowFormat format) {
  TextSink rows;
  read_rows(connection, table, {}, "UTF8", format, rows);
  return rows.text();
}

class LongRows : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!world::newest_postgres_bin(GetParam()))
      GTEST_SKIP() << "NOT TESTED: PostgreSQL " << GetParam() << " is not installed";
  }
};
INSTANTIATE_TEST_SUITE_P(Majors, LongRows, testing::Values(13, 15, 18));

TEST_P(LongRows, AreTheSameTextInBothFormats) {
  const PostgresServer server({.major = GetParam()});
  server.query("postgres", kOddColumns);
  const Table table = odd_table(server);
  Connection connection = Server(server.address(), "postgres").connect("postgres");

  const std::string text = rows_of(connection, table, RowFormat::kText);

  EXPECT_EQ(std::ranges::count(text, '\n'), 3);
  EXPECT_EQ(rows_of(connection, table, RowFormat::kBinary), text);
}

TEST_P(LongRows, AreInsertedAmongThoseThatAreCopied) {
  const PostgresServer server({.major = GetParam()});
  server.query("postgres", kOddColumns);
  server.query("postgres",
               "UPDATE odd SET t = repeat(E'\\\\\\t', 5000000), y = decode(repeat('5c00', 5000000),"
               " 'hex'), a = ARRAY[repeat('\\', 3000000)] WHERE i = 3;"
               "INSERT INTO odd (i, c) VALUES (4, 'last')");
  const Table table = odd_table(server);
  const Server reached(server.address(), "postgres");
  const std::string text = [&] {
    Connection connection = reached.connect("postgres");
    return rows_of(connection, table, RowFormat::kText);
  }();
  const MemoryBackup backup;
  Notices notices;
  Restoration restoration{
      .server = reached, .contents = backup, .watcher = notices, .sessions = {reached, 1}};
  restoration.row_ways.set(table, {.parts_long = true});
  const Database database{.number = 1, .name = "postgres", .encoding = "UTF8"};

  const std::unique_ptr<Sink> sink = load_rows(restoration, database, table, Loading::kWhole);
  for (std::size_t at = 0; at < text.size(); at += 262'144)
    sink->write(as_bytes(std::string_view(text).substr(at, 262'144)));
  sink->finish();

  EXPECT_EQ(server.value("postgres", "SELECT string_agg(i::text, ' ' ORDER BY ctid) FROM odd"),
            "1 2 3 4");
  Connection connection = reached.connect("postgres");
  EXPECT_TRUE(rows_of(connection, table, RowFormat::kText) == text);
}

TEST(LongRowsOfServer, AreKnownByTheErrorsThatTheyMayMean) {
  Table table = table_named("t", {"i"});
  EXPECT_TRUE(may_be_too_long(table, "54000"));
  EXPECT_TRUE(may_be_too_long(table, "XX000"));
  EXPECT_FALSE(may_be_too_long(table, "42501"));
  table.kind = TableKind::kLargeObjects;
  EXPECT_FALSE(may_be_too_long(table, "XX000"));
}

using LongRowsOfSnapshot = PgSnapshotTest;

TEST_F(LongRowsOfSnapshot, ThatTheServerGivesInNoFormatAreNamed) {
  if (!world::is_full_run())
    GTEST_SKIP() << "NOT TESTED: a row that the server gives in no format; VYA_FULL=1 tests it";
  // Its text is a digit for each bit.
  server_.query("postgres",
                "CREATE TABLE bits AS SELECT b || b AS b FROM"
                " (SELECT repeat('1', 540000000)::varbit AS b) one");
  const auto snapshot = freeze();
  ASSERT_EQ(snapshot->segments().size(), 1U);
  TextSink rows;

  EXPECT_THROW(snapshot->dump(snapshot->segments().front(), rows), DumpAgain);
  const Error error = error_of([&] { snapshot->dump(snapshot->segments().front(), rows); });

  EXPECT_TRUE(watcher_.heard("rows of table \"public\".\"bits\" of database \"postgres\" as text"));
  EXPECT_EQ(error.fault(), Fault::kSql);
  EXPECT_TRUE(error.message().starts_with(
      "cannot read table \"public\".\"bits\" of database \"postgres\", neither as text nor in "
      "binary: "))
      << error.message();
}

}  // namespace
}  // namespace vya::pg
