// Views of MySQL and MariaDB whose tables are gone: each server keeps them and makes none.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

using world::MysqlServer;

constexpr const char* kViews = R"(
  CREATE DATABASE one; CREATE DATABASE two; CREATE DATABASE lost; USE one;
  CREATE TABLE gone (id INT, name VARCHAR(10) CHARACTER SET latin1, d DECIMAL(10,2), place GEOMETRY,
    day DATE);
  CREATE TABLE changed (id INT, x INT);
  CREATE TABLE lost.t (k INT);
  CREATE FUNCTION f(a INT) RETURNS INT DETERMINISTIC RETURN a + 1;
  CREATE VIEW a_simple AS SELECT id, UPPER(name) AS n, d * 2 AS dd FROM gone WHERE id > 3;
  CREATE VIEW b_joined AS SELECT a.id, b.x, f(b.x) AS fx FROM a_simple a JOIN changed b ON a.id = b.id;
  CREATE VIEW c_column AS SELECT * FROM changed;
  CREATE VIEW two.d_far AS SELECT v.id, COUNT(*) AS c FROM one.b_joined v GROUP BY v.id;
  CREATE VIEW e_checked AS SELECT id, name FROM gone WHERE name = 'x' WITH CASCADED CHECK OPTION;
  CREATE VIEW f_function AS SELECT f(1) AS one;
  CREATE VIEW g_year AS SELECT EXTRACT(YEAR FROM day) AS y, (SELECT MAX(x) FROM changed) AS m FROM gone;
  CREATE ALGORITHM=TEMPTABLE SQL SECURITY INVOKER VIEW h_place AS SELECT ST_AsText(place) AS p FROM gone;
  CREATE VIEW z_fine AS SELECT id FROM changed;
  CREATE VIEW y_lost AS SELECT k FROM lost.t;
  DROP TABLE gone; DROP FUNCTION f; ALTER TABLE changed DROP COLUMN x; DROP DATABASE lost;
)";

class MysqlViews : public world::OnMysql {
 protected:
  /// All views of a server as it shows them within their databases, but for one.
  static std::vector<std::string> shown(const MysqlServer& server) {
    std::vector<std::string> all;
    for (const auto& view : server.query(
             "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA IN "
             "('one', 'two') AND TABLE_NAME <> 'y_lost' ORDER BY 2"))
      all.push_back(
          server.query("USE " + view.at(0) + "; SHOW CREATE VIEW " + view.at(1)).front().at(1));
    return all;
  }

  static std::string tables(const MysqlServer& server) {
    return server.value(
        "SELECT GROUP_CONCAT(TABLE_NAME ORDER BY 1) FROM information_schema.TABLES WHERE "
        "TABLE_SCHEMA IN ('one', 'two', 'lost') AND TABLE_TYPE = 'BASE TABLE'");
  }
};
VYA_ON_EVERY_MYSQL(MysqlViews);

TEST_P(MysqlViews, ComeBackAsTheyWereWhereTheirTablesAreGone) {
  const auto source = make_server();
  const auto target = make_server();
  source->query(kViews);
  Vya vya;
  vya.add("source", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  vya.add("target", "{engine: mysql, socket: " + target->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));

  const world::Ended restored = vya.run({"restore", "source", "--to", "target", "--check"});

  // What is in no database of the backup cannot be put there for a moment.
  EXPECT_TRUE(ended_with(restored, 11, {"view `one`.`b_joined` cannot be used, as on the source"}));
  EXPECT_NE(restored.output.find("gap view:`one`.`y_lost`: it could not be used on the source "
                                 "either"),
            std::string::npos)
      << restored.output;
  EXPECT_NE(restored.output.find("VIEW `y_lost` AS select"), std::string::npos);
  EXPECT_EQ(restored.output.find("gap"), restored.output.rfind("gap")) << restored.output;
  EXPECT_EQ(shown(*target), shown(*source));
  EXPECT_EQ(shown(*target).size(), 9u);
  EXPECT_EQ(tables(*target), "changed");
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA "
                          "= 'one'"),
            "0");
  target->query("USE one; CREATE TABLE gone LIKE changed; ALTER TABLE gone ADD name TEXT");
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM one.e_checked"), "0");
}

}  // namespace
}  // namespace vya::story
