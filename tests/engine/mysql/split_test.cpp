// Whatever a table's key and rows are, its segments hold every row exactly once: with random keys
// on real servers.
#include "engine/mysql/split.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "base/bytes.h"
#include "engine/mysql/row_query.h"
#include "engine/mysql/server.h"
#include "stream/fingerprint.h"
#include "stream/lines.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

/// A kind of key, and how a random value of it is written.
struct KeyCase {
  const char* columns;
  const char* key;
  std::function<std::string(std::mt19937_64&)> value;
};

std::string hex(std::mt19937_64& random, std::string_view letters, std::size_t most) {
  std::string bytes(random() % most + 1, ' ');
  for (char& c : bytes) c = letters[random() % letters.size()];
  return "x'" + to_hex(as_bytes(bytes)) + "'";
}

std::string number(std::mt19937_64& random, int bits) {
  return std::to_string(static_cast<std::int64_t>(random()) >> (64 - bits));
}

const std::vector<KeyCase>& key_cases() {
  static const std::vector<KeyCase> kCases = {
      {"k INT", "k", [](auto& r) { return number(r, 32); }},
      {"k BIGINT", "k", [](auto& r) { return number(r, r() % 2 == 0 ? 64 : 12); }},
      {"k BIGINT UNSIGNED", "k", [](auto& r) { return std::to_string(r() >> (r() % 64)); }},
      {"k INT", "k",
       [](auto& r) { return std::to_string(r() % 100 == 0 ? r() % 2000000000 : r() % 4000); }},
      {"k DECIMAL(30,4)", "k", [](auto& r) { return number(r, 60) + ".0625"; }},
      {"k VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", "k",
       [](auto& r) { return "_utf8mb4 " + hex(r, "abcABC '\\zZ09", 12); }},
      {"k VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german1_ci", "k",
       [](auto& r) { return "_latin1 " + hex(r, "ab\xe4\xc4\xdf sS", 12); }},
      {"k CHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "k",
       [](auto& r) { return "_utf8mb4 " + hex(r, "abAB0%_", 12); }},
      {"k VARCHAR(12) CHARACTER SET ucs2 COLLATE ucs2_general_ci", "k",
       [](auto& r) { return "CONVERT(" + hex(r, "abcdefgh", 12) + " USING latin1)"; }},
      {"k VARBINARY(10)", "k",
       [](auto& r) { return hex(r, std::string_view("\0\x01\x5c\x27\xff\t\n", 7), 10); }},
      {"k BINARY(8)", "k",
       [](auto& r) { return hex(r, std::string_view("\0\x01\x80\xff", 4), 8); }},
      {"k DATETIME(6)", "k",
       [](auto& r) {
         return fmt::format("'2020-{:02}-{:02} 12:00:00.{:06}'", r() % 12 + 1, r() % 28 + 1,
                            r() % 1000000);
       }},
      {"k DATE", "k",
       [](auto& r) {
         return fmt::format("'{:04}-{:02}-{:02}'", r() % 9000 + 1, r() % 13, r() % 29);
       }},
      {"k TIMESTAMP(6) DEFAULT '2020-01-01'", "k",
       [](auto& r) {
         return fmt::format("'2021-{:02}-{:02} 01:30:00.{:06}'", r() % 12 + 1, r() % 28 + 1,
                            r() % 1000000);
       }},
      {"a INT, b VARCHAR(9) CHARACTER SET utf8mb4, c BINARY(2)", "a, b, c",
       [](auto& r) {
         return std::to_string(r() % 7) + ", " + hex(r, "xyXY", 9) + ", " + hex(r, "ab", 2);
       }},
      {"a DATE, k INT", "a, k",
       [](auto& r) { return fmt::format("'2020-01-{:02}', {}", r() % 3 + 1, number(r, 20)); }},
  };
  return kCases;
}

class MysqlSplit : public world::OnMysql {
 protected:
  static Fingerprint rows_of(Connection& session, const Relation& relation, const Range& range) {
    TextSink text;
    FingerprintSink rows(text);
    write_rows(session, row_query("d", relation, range), rows);
    rows.finish();
    return rows.fingerprint();
  }

  static std::vector<Relation> relations(Connection& session) {
    std::vector<Gap> gaps;
    return relations_with_rows(session, {{1, "d", "utf8mb4"}}, gaps);
  }

  /// A session as those that read rows.
  static std::unique_ptr<Connection> row_session(const world::MysqlServer& server) {
    auto session = Server(address_of(server)).connect([] {});
    session->run("SET SESSION character_set_results = binary");
    return session;
  }

  static void make_table(Connection& session, const KeyCase& one, const std::string& table,
                         std::mt19937_64& random) {
    session.run(fmt::format("CREATE TABLE d.{} ({}, v VARCHAR(30), PRIMARY KEY ({}))", table,
                            one.columns, one.key));
    for (int block = 0; block < 8; ++block) {
      std::string sql = "INSERT IGNORE INTO d." + table + " VALUES ";
      for (int i = 0; i < 500; ++i)
        sql += (i == 0 ? "(" : ", (") + one.value(random) + ", 'r" + std::to_string(i) + "')";
      session.run(sql);
    }
    session.query("ANALYZE TABLE d." + table);
  }
};
VYA_ON_EVERY_MYSQL(MysqlSplit);

TEST_P(MysqlSplit, SegmentsHoldEveryRowExactlyOnceWhateverTheKey) {
  const auto server = make_server();
  server->query("CREATE DATABASE d CHARACTER SET utf8mb4");
  const auto session = row_session(*server);
  std::mt19937_64 random(20261122);
  for (std::size_t i = 0; i < key_cases().size(); ++i)
    make_table(*session, key_cases()[i], fmt::format("t{:02}", i), random);
  const auto all = relations(*session);
  ASSERT_EQ(all.size(), key_cases().size());

  for (std::size_t i = 0; i < all.size(); ++i) {
    Relation relation = all[i];
    SCOPED_TRACE(key_cases()[i].columns);
    const auto count = server->value("SELECT COUNT(*) FROM d." + relation.table.name.name);
    relation.rows = std::stoull(count);
    relation.bytes = 10 * kSegmentBytes;  // so that there are several
    relation.rows = std::max<std::uint64_t>(relation.rows, 20'000) / 2;

    const std::vector<Segment> segments = split(*session, "d", relation);

    Fingerprint sum;
    for (const Segment& segment : segments) sum += rows_of(*session, relation, segment.range);
    EXPECT_EQ(sum, rows_of(*session, relation, {}));
    EXPECT_EQ(std::to_string(sum.rows), count);
    EXPECT_GT(segments.size(), 1U);
    EXPECT_EQ(segments.front().range.from, "");
    EXPECT_EQ(segments.back().range.to, "");
  }
}

TEST_P(MysqlSplit, TakesNoKeyThatCouldMissRows) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; USE d;"
      "CREATE TABLE a (k INT, UNIQUE (k));"
      "CREATE TABLE b (k VARCHAR(500) NOT NULL, UNIQUE (k(10)));"
      "CREATE TABLE c (k FLOAT PRIMARY KEY);"
      "CREATE TABLE e (k INT NOT NULL, n INT, UNIQUE (n), UNIQUE (k));"
      "CREATE TABLE f (k INT NOT NULL, KEY (k));"
      "CREATE TABLE g (k ENUM('b', 'a') PRIMARY KEY)");
  const auto session = row_session(*server);
  std::string keys;
  for (const Relation& relation : relations(*session))
    keys += relation.table.name.name + ":" + relation.key_index + " ";

  EXPECT_EQ(keys, "a: b: c: e:k f: g: ");
}

TEST_P(MysqlSplit, KeepsATableInOneSegmentWhereRowsAreOfNoSnapshot) {
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY) ENGINE = MyISAM");
  const auto session = row_session(*server);
  Relation relation = relations(*session).at(0);
  relation.bytes = 10 * kSegmentBytes;
  relation.rows = 1'000'000;

  EXPECT_EQ(split(*session, "d", relation).size(), 1U);
}

}  // namespace
}  // namespace vya::mysql
