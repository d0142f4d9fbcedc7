// Rows as text: what the server stores and not what it prints, loaded again by the server's own
// LOAD DATA.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "engine/mysql/row_query.h"
#include "engine/mysql/server.h"
#include "engine/mysql/tsv.h"
#include "stream/lines.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

class MysqlRows : public world::OnMysql {
 protected:
  static std::string text_of(const world::MysqlServer& server, const std::string& table) {
    const auto session = Server(address_of(server)).connect([] {});
    session->run("SET SESSION character_set_results = binary");
    std::vector<Gap> gaps;
    const auto relations = relations_with_rows(*session, {{1, "d", "utf8mb4"}}, gaps);
    const auto found = std::ranges::find(
        relations, table, [](const Relation& relation) { return relation.table.name.name; });
    TextSink text;
    write_rows(*session, row_query("d", *found, {}), text);
    return text.text();
  }
};
VYA_ON_EVERY_MYSQL(MysqlRows);

TEST_P(MysqlRows, AreTheStoredBytesOfEveryCharacterSet) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; USE d; SET sql_mode = '';"
      "CREATE TABLE t (k INT PRIMARY KEY, g VARCHAR(9) CHARACTER SET gbk, s VARCHAR(9) CHARACTER "
      "SET cp932, l VARCHAR(9) CHARACTER SET latin1, u VARCHAR(9) CHARACTER SET ucs2, b BLOB);"
      "INSERT INTO t VALUES (1, x'fefe', x'8790', x'e4', x'00e4', x'00090a5c1aff')");

  EXPECT_EQ(text_of(*server, "t"),
            std::string("1\t\xfe\xfe\t\x87\x90\t\xe4\t\\0\xe4\t\\0\\t\\n\\\\\x1a\xff\n"));
}

TEST_P(MysqlRows, HaveAllDigitsOfAFloat) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY, f FLOAT);"
      "INSERT INTO d.t VALUES (1, 16777216), (2, 0.1), (3, -3.4e38), (4, 1e-45), (5, NULL)");
  const std::string text = text_of(*server, "t");

  std::vector<float> floats;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const auto fields = tsv_fields(text.substr(at, text.find('\n', at) - at));
    if (fields[1]) floats.push_back(static_cast<float>(std::stod(*fields[1])));
  }
  EXPECT_EQ(floats, (std::vector<float>{16777216.0F, 0.1F, -3.4e38F, 1e-45F})) << text;
  EXPECT_NE(text.find("16777216"), std::string::npos) << text;
}

TEST_P(MysqlRows, LeaveOutGeneratedColumnsAndHaveInvisibleOnes) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY, v INT AS (k + 1) VIRTUAL, s INT AS "
      "(k + 2) STORED, hidden INT INVISIBLE);"
      "INSERT INTO d.t (k, hidden) VALUES (1, 9)");

  EXPECT_EQ(text_of(*server, "t"), "1\t9\n");
}

TEST_P(MysqlRows, HaveZeroDatesBitsAndTimesInUtc) {
  const auto server = make_server({"--default-time-zone=+05:00"});
  server->query(
      "CREATE DATABASE d; USE d; SET sql_mode = '';"
      "CREATE TABLE t (k INT PRIMARY KEY, d DATE, dt DATETIME, ts TIMESTAMP NULL, b BIT(10));"
      "INSERT INTO t VALUES (1, '0000-00-00', '2020-02-00', '2020-01-01 05:00:00', b'1000001001')");

  EXPECT_EQ(text_of(*server, "t"),
            "1\t0000-00-00\t2020-02-00 00:00:00\t2020-01-01 00:00:00\t\x02\\t\n");
}

TEST_P(MysqlRows, HavePastRowsOfSystemVersionedTables) {
  if (!on_mariadb()) GTEST_SKIP() << "MySQL has none";
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; USE d;"
      "CREATE TABLE t (k INT PRIMARY KEY) WITH SYSTEM VERSIONING; INSERT INTO t VALUES (1);"
      "UPDATE t SET k = 2;"
      "CREATE TABLE named (k INT PRIMARY KEY, since TIMESTAMP(6) GENERATED ALWAYS AS ROW START, "
      "until TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH "
      "SYSTEM VERSIONING; INSERT INTO named VALUES (1, DEFAULT, DEFAULT); DELETE FROM named");

  const std::string text = text_of(*server, "t");
  EXPECT_EQ(std::ranges::count(text, '\n'), 2) << text;
  EXPECT_EQ(std::ranges::count(text, '\t'), 4) << text;
  const std::string named = text_of(*server, "named");
  EXPECT_EQ(std::ranges::count(named, '\n'), 1) << named;
  EXPECT_EQ(std::ranges::count(named, '\t'), 2) << named;
}

}  // namespace
}  // namespace vya::mysql
