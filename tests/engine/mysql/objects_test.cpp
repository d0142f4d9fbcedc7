// Documents of a snapshot: every object with its definition and what its meaning depends on.
#include "engine/mysql/objects.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/engine/mysql/snapshot_fixture.h"

namespace vya::mysql {
namespace {

class MysqlObjects : public MysqlSnapshotTest {
 protected:
  /// All objects of the database `d`, by type and name.
  std::map<std::string, SchemaObject> objects_of(const Address& address) {
    const auto snapshot = freeze(address);
    const std::string text = document_of(*snapshot, DocumentKind::kSchema, 1);
    gaps_ = snapshot->gaps();
    TextSource source(text);
    std::map<std::string, SchemaObject> objects;
    read_objects_json(source, [&](const SchemaObject& object) {
      order_ += object.type + " ";
      objects[object.type + " " + object.name] = object;
    });
    return objects;
  }

  std::string order_;
  std::vector<Gap> gaps_;
};
VYA_ON_EVERY_MYSQL(MysqlObjects);

TEST_P(MysqlObjects, AreAllThereWithTheirSurroundings) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d CHARACTER SET latin1; USE d;"
      "CREATE TABLE t (k INT PRIMARY KEY, g INT AS (k + 1), n VARCHAR(9) CHARACTER SET gbk);"
      "CREATE VIEW v AS SELECT k FROM t;"
      "SET sql_mode = 'ANSI_QUOTES';"
      "CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.n = \"n\";"
      "CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW PRECEDES one SET @x = 1;"
      "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1; CREATE PROCEDURE p() SELECT 1;"
      "SET time_zone = '+03:00'; CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1");

  auto objects = objects_of(address_of(*server));

  EXPECT_EQ(order_, "database table function procedure view trigger trigger event ");
  EXPECT_EQ(objects["database d"].charset, "latin1");
  const SchemaObject& table = objects["table t"];
  EXPECT_EQ(table.columns,
            (std::vector<ObjectColumn>{{"k", on_mariadb() ? "int(11)" : "int", std::nullopt, false},
                                       {"g", on_mariadb() ? "int(11)" : "int", std::nullopt, true},
                                       {"n", "varchar(9)", "gbk", false}}));
  EXPECT_TRUE(table.definition.starts_with("CREATE TABLE `t` ("));
  EXPECT_EQ(objects["trigger one"].sql_mode, "ANSI_QUOTES");
  EXPECT_EQ(objects["trigger one"].definer, "root@localhost");
  EXPECT_EQ(objects["trigger one"].charset, "utf8mb4");
  EXPECT_TRUE(objects["trigger one"].database_collation->starts_with("latin1"));
  EXPECT_EQ(objects["event e"].time_zone, "+03:00");
  EXPECT_NE(objects["function f"].definition.find("RETURN 1"), std::string::npos);
  EXPECT_EQ(gaps_, (std::vector<Gap>{}));
}

TEST_P(MysqlObjects, KeepAViewWhoseTableIsGone) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; USE d; CREATE TABLE gone (i INT); CREATE VIEW v AS SELECT i FROM gone;"
      "DROP TABLE gone");

  const SchemaObject view = objects_of(address_of(*server))["view v"];

  EXPECT_NE(view.definition.find("`gone`"), std::string::npos) << view.definition;
  ASSERT_TRUE(view.broken);
  EXPECT_NE(view.broken->find("1356"), std::string::npos) << *view.broken;
}

TEST_P(MysqlObjects, KeepAViewWhoseDefinerIsGone) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE DEFINER = nobody@localhost SQL SECURITY DEFINER VIEW d.v AS "
      "SELECT 1 AS i");

  const SchemaObject view = objects_of(address_of(*server))["view v"];

  EXPECT_EQ(view.definer, "nobody@localhost");
  ASSERT_TRUE(view.broken);
  EXPECT_NE(view.broken->find("1449"), std::string::npos) << *view.broken;
}

TEST_P(MysqlObjects, OfTheMergeEngineHaveNoRowsOfTheirOwn) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; USE d; CREATE TABLE part (i INT) ENGINE = MyISAM; INSERT INTO part "
      "VALUES (1); CREATE TABLE whole (i INT) ENGINE = MERGE UNION = (part)");

  EXPECT_TRUE(objects_of(address_of(*server)).contains("table whole"));
  const auto snapshot = freeze(address_of(*server));
  ASSERT_EQ(snapshot->tables().size(), 1u);
  EXPECT_EQ(snapshot->tables()[0].name.name, "part");
}

TEST_P(MysqlObjects, AreGapsWhereTheUserMayNotSeeThem) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; CREATE VIEW d.v AS SELECT 1 AS i; CREATE USER app IDENTIFIED BY 'right';"
      "GRANT SELECT, RELOAD ON *.* TO app");

  EXPECT_FALSE(objects_of(address_of(*server, "app", "right")).contains("view v"));

  EXPECT_TRUE(
      std::ranges::any_of(gaps_, [](const Gap& gap) { return gap.id() == "definition:d.v"; }));
}

TEST_P(MysqlObjects, HaveTheNextValueOfASequenceAndPackages) {
  if (!on_mariadb()) GTEST_SKIP() << "MySQL has no sequences";
  const auto server = make_server();
  server->query(
      "CREATE DATABASE d; USE d; CREATE SEQUENCE s START WITH 5 NOCACHE; SELECT NEXT VALUE FOR s;"
      "SET sql_mode = 'ORACLE'; CREATE PACKAGE p AS FUNCTION f RETURN INT; END;");

  auto objects = objects_of(address_of(*server));

  EXPECT_EQ(objects["sequence s"].value, "6");
  EXPECT_TRUE(objects.contains("package p"));
}

TEST_P(MysqlObjects, SettingsHoldNoSecret) {
  const auto server = make_server({"--report-password=hunter2", "--server-id=1"});
  server->query(
      "CREATE DATABASE d; CREATE SERVER far FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'h', "
      "PASSWORD 'hunter3', USER 'u')");
  const auto snapshot = freeze(address_of(*server));
  const std::string all = document_of(*snapshot, DocumentKind::kGlobals) +
                          document_of(*snapshot, DocumentKind::kSettings);

  EXPECT_EQ(all.find("hunter"), std::string::npos);
  EXPECT_NE(all.find("{\"kind\":\"foreign server\",\"name\":\"far\",\"Host\":\"h\""),
            std::string::npos);
  EXPECT_NE(all.find("{\"kind\":\"setting\",\"name\":\"max_connections\""), std::string::npos);
}

}  // namespace
}  // namespace vya::mysql
