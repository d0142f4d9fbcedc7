// Tables taken apart: byte for byte the statement again, and on a server the same table again.
#include "engine/mysql/create_table.h"

#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "engine/mysql/quote.h"
#include "tests/world/error_of.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/mysql_zoo.h"

namespace vya::mysql {
namespace {

TableInParts parts_of(const std::string& definition) {
  return in_parts(parse_create_table(definition));
}

TEST(CreateTable, LeavesIndexesAndForeignKeysForLater) {
  const TableInParts parts = parts_of(
      "CREATE TABLE `t` (\n  `a` int NOT NULL,\n  `b` text DEFAULT 'KEY `x` (`y`), (',\n  PRIMARY "
      "KEY (`a`),\n  UNIQUE KEY `u` (`b`(10)),\n  KEY `k` (`b`,`a` DESC),\n  FULLTEXT KEY `f` "
      "(`b`),\n  FULLTEXT KEY `g` (`b`),\n  CONSTRAINT `c` FOREIGN KEY (`a`) REFERENCES `p` "
      "(`a`),\n  CONSTRAINT `d` CHECK (`a` > 0)\n) ENGINE=InnoDB COMMENT='x'");

  EXPECT_EQ(parts.create,
            "CREATE TABLE `t` (\n  `a` int NOT NULL,\n  `b` text DEFAULT 'KEY `x` (`y`), (',\n  "
            "PRIMARY KEY (`a`),\n  CONSTRAINT `d` CHECK (`a` > 0)\n) ENGINE=InnoDB COMMENT='x'");
  EXPECT_EQ(parts.indexes, (std::vector<std::string>{
                               " ADD UNIQUE KEY `u` (`b`(10)), ADD KEY `k` (`b`,`a` DESC)",
                               " ADD FULLTEXT KEY `f` (`b`)", " ADD FULLTEXT KEY `g` (`b`)"}));
  EXPECT_EQ(parts.create_indexed,
            "CREATE TABLE `t` (\n  `a` int NOT NULL,\n  `b` text DEFAULT 'KEY `x` (`y`), (',\n  "
            "PRIMARY KEY (`a`),\n  UNIQUE KEY `u` (`b`(10)),\n  KEY `k` (`b`,`a` DESC),\n  "
            "CONSTRAINT `d` CHECK (`a` > 0)\n) ENGINE=InnoDB COMMENT='x'");
  EXPECT_EQ(parts.drop_indexes, " DROP KEY `u`, DROP KEY `k`");
  EXPECT_EQ(parts.later_indexes, (std::vector<std::string>{" ADD FULLTEXT KEY `f` (`b`)",
                                                           " ADD FULLTEXT KEY `g` (`b`)"}));
  EXPECT_EQ(
      parts.foreign_keys,
      (std::vector<std::string>{" ADD CONSTRAINT `c` FOREIGN KEY (`a`) REFERENCES `p` (`a`)"}));
}

TEST(CreateTable, KeepsTheKeyThatCountsUpAndThoseBeforeIt) {
  const TableInParts parts = parts_of(
      "CREATE TABLE `t` (\n  `a` int,\n  `k` int NOT NULL AUTO_INCREMENT,\n  KEY `first` (`a`),\n  "
      "KEY `counts` (`k`),\n  KEY `last` (`a`,`k`)\n) ENGINE=InnoDB");

  EXPECT_NE(parts.create.find("KEY `first` (`a`),\n  KEY `counts` (`k`)\n) ENGINE"),
            std::string::npos)
      << parts.create;
  EXPECT_EQ(parts.indexes, std::vector<std::string>{" ADD KEY `last` (`a`,`k`)"});
}

TEST(CreateTable, KeepsTheKeyThatOrdersTheRows) {
  const TableInParts parts = parts_of(
      "CREATE TABLE `t` (\n  `a` int NOT NULL,\n  `b` int,\n  UNIQUE KEY `u` (`a`),\n  UNIQUE KEY "
      "`n` (`b`)\n) ENGINE=InnoDB");

  EXPECT_NE(parts.create.find("UNIQUE KEY `u`"), std::string::npos);
  EXPECT_EQ(parts.indexes, std::vector<std::string>{" ADD UNIQUE KEY `n` (`b`)"});
}

TEST(CreateTable, KeepsAllKeysWhereTheEngineIsAnother) {
  const std::string definition =
      "CREATE TABLE `t` (\n  `a` int,\n  KEY `k` (`a`)\n) ENGINE=MyISAM DEFAULT CHARSET=latin1";

  EXPECT_EQ(parts_of(definition).create, definition);
  EXPECT_TRUE(parts_of(definition).indexes.empty());
}

TEST(CreateTable, KnowsUntilWhenARowIsValid) {
  EXPECT_EQ(parse_create_table("CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB").row_end,
            std::nullopt);
  EXPECT_EQ(parse_create_table("CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB WITH SYSTEM "
                               "VERSIONING")
                .row_end,
            "row_end");
  EXPECT_EQ(parse_create_table("CREATE TABLE `t` (\n  `until` timestamp(6) GENERATED ALWAYS AS ROW "
                               "END\n) ENGINE=InnoDB WITH SYSTEM VERSIONING")
                .row_end,
            "until");
}

TEST(CreateTable, SaysWhatIsNoDefinition) {
  EXPECT_EQ(error_of([] { parse_create_table("CREATE VIEW `v` AS SELECT 1"); }).fault(),
            Fault::kCheckFailed);
}

std::string without(std::string text, const std::string& words) {
  for (std::size_t at = 0; (at = text.find(words)) != std::string::npos;)
    text.erase(at, words.size());
  return text;
}

class CreateTableOn : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(CreateTableOn);

TEST_P(CreateTableOn, AServerShowsTheSameTableAgain) {
  const auto server = make_server();
  make_mysql_zoo(*server);
  server->query("CREATE DATABASE again");
  const auto shown = [&](const std::string& in, const std::string& table) {
    return server->query("USE " + quote_name(in) + "; SHOW CREATE TABLE " +
                         quote_name(table))[0][1];
  };
  std::map<std::string, std::string> definitions;
  const std::string begin = "USE again; SET sql_mode = '', foreign_key_checks = 0";
  std::string foreign_keys = begin;  // the key that one refers to has to be there

  for (const char* database : {"zoo", "zoo_two", "odd `base. é"}) {
    for (const auto& row : server->query(
             "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', "
             "'SYSTEM VERSIONED') AND TABLE_SCHEMA = " +
             quote_text(database))) {
      const std::string definition = shown(database, row[0]);
      ASSERT_EQ(parse_create_table(definition).text(), definition);
      definitions[row[0]] = definition;
      const TableInParts parts = parts_of(definition);
      std::string sql = begin + "; " + parts.create;
      const std::string alter = "; ALTER TABLE " + quote_name(row[0]);
      for (const std::string& index : parts.indexes) sql += alter + index;
      for (const std::string& key : parts.foreign_keys) foreign_keys += alter + key;
      server->query(sql);
    }
  }
  server->query(foreign_keys);

  EXPECT_GE(definitions.size(), 30);
  for (const auto& [table, definition] : definitions) {
    // MySQL remembers whether a column's character set was written out, which its own text does.
    EXPECT_EQ(without(shown("again", table), " CHARACTER SET utf8mb4"),
              without(definition, " CHARACTER SET utf8mb4"));
  }
}

}  // namespace
}  // namespace vya::mysql
