// How tables of MySQL and MariaDB are made by a restore: with their indexes or before them, and
// where the server lets them be.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/postgres_data.h"

namespace vya::story {
namespace {

using world::MysqlServer;

class MysqlTablesMade : public world::OnMysql {
 protected:
  void add(const std::string& instance, const MysqlServer& server) {
    vya_.add(instance, "{engine: mysql, socket: " + server.socket() + ", user: root}");
  }

  world::Ended go_round(const MysqlServer& source, const MysqlServer& target) {
    add("source", source);
    add("target", target);
    vya_.run({"init"});  // there is one the second time
    EXPECT_TRUE(ended_with(vya_.run({"backup", "source"}), 0));
    return vya_.run({"restore", "source", "--to", "target", "--jobs", "2", "--check"});
  }

  static std::string definition(const MysqlServer& server, const std::string& table) {
    return server.query("SHOW CREATE TABLE " + table).front().at(1);
  }

  /// How many times tables were changed on the server.
  static std::string changes(const MysqlServer& server) {
    return server.query("SHOW GLOBAL STATUS LIKE 'Com_alter_table'").front().at(1);
  }

  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlTablesMade);

constexpr const char* kColumns =
    " (id INT PRIMARY KEY, a INT, b VARCHAR(20) NOT NULL, filler LONGTEXT, place GEOMETRY NOT "
    "NULL, "
    "KEY by_a (a), UNIQUE KEY by_b (b), SPATIAL KEY by_place (place), KEY last (a, b))";

TEST_P(MysqlTablesMade, SmallOnesInOneStatementAndLargeOnesBeforeTheirIndexes) {
  const auto source = make_server();
  const auto small = make_server();
  const auto large = make_server();
  source->query(std::string("CREATE DATABASE shop; USE shop; CREATE TABLE t") + kColumns +
                "; CREATE TABLE u LIKE t; INSERT INTO t VALUES (1, 1, 'b', '', POINT(1, 2))");
  const std::string shown = definition(*source, "shop.t");

  EXPECT_TRUE(ended_with(go_round(*source, *small), 0));
  EXPECT_EQ(changes(*small), "0");
  EXPECT_EQ(definition(*small, "shop.t"), shown);

  for (int i = 2; i < 900; ++i) {
    const std::string number = std::to_string(i);
    source->query("INSERT INTO shop.t VALUES (" + number + ", 1, 'b" + number +
                  "', REPEAT(SHA2(RAND(), 512), 80), POINT(1, 2))");
  }
  source->query("ANALYZE TABLE shop.t");
  EXPECT_TRUE(ended_with(go_round(*source, *large), 0));
  EXPECT_EQ(changes(*large), "2");  // its indexes are dropped and made
  EXPECT_EQ(definition(*large, "shop.t"), shown);
  EXPECT_EQ(large->value("SELECT COUNT(*) FROM shop.t FORCE INDEX (last) WHERE a = 1"), "899");
}

TEST_P(MysqlTablesMade, WithoutAUniqueIndexThatRowsBreak) {
  if (on_mariadb()) GTEST_SKIP() << "MariaDB has the same values on both servers";
  const auto source = make_server();
  const auto target = make_server();
  source->query(
      "SET GLOBAL div_precision_increment = 10; SET div_precision_increment = 10; CREATE DATABASE "
      "shop; USE shop; CREATE TABLE t (id INT PRIMARY KEY, a INT, part DECIMAL(20,10) AS (a / "
      "10000000) VIRTUAL, KEY by_a (a), UNIQUE KEY by_part (part)); INSERT INTO t (id, a) VALUES "
      "(1, 1), (2, 2)");

  const world::Ended restored = go_round(*source, *target);

  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap index:`shop`.`t`: the target refuses it: Duplicate"),
            std::string::npos)
      << restored.output;
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM shop.t"), "2");
}

TEST_P(MysqlTablesMade, WhereTheServerPutsOthersWhenTheirPlaceCannotBeHad) {
  world::Folder folder;
  world::give_to_server_user(folder.path());
  const std::string place = folder.path().string();
  const auto source = on_mariadb() ? make_server() : make_server({"--innodb-directories=" + place});
  const auto target = make_server();
  source->query("CREATE DATABASE shop; USE shop");
  source->query("CREATE TABLE shop.t (k INT PRIMARY KEY, v INT, KEY (v)) DATA DIRECTORY = '" +
                place +
                "'; INSERT INTO shop.t VALUES (1, 1); CREATE TABLE shop.p (k INT PRIMARY KEY) "
                "PARTITION BY RANGE (k) (PARTITION a VALUES LESS THAN (5) DATA DIRECTORY = '" +
                place + "', PARTITION b VALUES LESS THAN MAXVALUE); INSERT INTO shop.p VALUES (1)");
  if (!on_mariadb()) {
    source->query(
        "CREATE TABLESPACE space ADD DATAFILE 'space.ibd'; CREATE TABLE shop.s (k INT) "
        "TABLESPACE space; INSERT INTO shop.s VALUES (1)");
  }
  // MySQL does not know the folder there, and MariaDB finds the source's files in it.

  const world::Ended restored = go_round(*source, *target);

  EXPECT_TRUE(ended_with(restored, 11));
  for (const char* name :
       {"`shop`.`t`", "`shop`.`p`", on_mariadb() ? "`shop`.`t`" : "`shop`.`s`"}) {
    EXPECT_NE(restored.output.find(std::string("gap table-place:") + name), std::string::npos)
        << restored.output;
    EXPECT_EQ(target->value(std::string("SELECT COUNT(*) FROM ") + name), "1");
  }
  EXPECT_NE(restored.output.find("DATA DIRECTORY='" + place), std::string::npos) << restored.output;
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = "
                          "'shop' AND INDEX_NAME = 'v'"),
            "1");
}

}  // namespace
}  // namespace vya::story
