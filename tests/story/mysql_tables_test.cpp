// Single tables of MySQL and MariaDB, brought back into a database that somebody uses.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

using world::MysqlServer;
using Lines = std::vector<std::string>;

constexpr const char* kShop = R"(
  CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;
  CREATE TABLE customers (id INT PRIMARY KEY);
  INSERT INTO customers VALUES (1), (2), (3);
  CREATE TABLE log (what TEXT);
  CREATE TABLE orders (
    id INT AUTO_INCREMENT, day DATE NOT NULL, customer INT, up INT, total DECIMAL(10,2) DEFAULT 1,
    name VARCHAR(40) CHARACTER SET latin1, twice DECIMAL(12,2) AS (total * 2) STORED, PRIMARY KEY
    (id), KEY by_total (total DESC), FULLTEXT KEY words (name), CONSTRAINT positive CHECK (total >
    0), FOREIGN KEY (customer) REFERENCES customers (id), CONSTRAINT fk_up FOREIGN KEY (up)
    REFERENCES shop.orders (id)) COMMENT 'what customers want';
  INSERT INTO orders (id, day, customer, up, total, name) VALUES (1, '2026-01-01', 1, 1, 2, 'one'),
    (2, '2026-01-02', 2, 1, 3, 'two'), (3, '2026-01-03', 3, 2, 4, 'three');
  CREATE TRIGGER orders_first BEFORE INSERT ON orders FOR EACH ROW SET NEW.name = 'a';
  CREATE TRIGGER touch AFTER UPDATE ON orders FOR EACH ROW INSERT INTO log VALUES ('x');
  CREATE VIEW big AS SELECT * FROM orders;
)";

class MysqlTables : public world::OnMysql {
 protected:
  void add(const std::string& instance, const MysqlServer& server) {
    vya_.add(instance, "{engine: mysql, socket: " + server.socket() + ", user: root}");
  }

  void back_up(const MysqlServer& source, const MysqlServer& target) {
    add("source", source);
    add("target", target);
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
    ASSERT_TRUE(ended_with(vya_.run({"backup", "source"}), 0));
  }

  world::Ended restore(const Lines& more) {
    Lines line = {"restore", "source", "--to", "target"};
    line.insert(line.end(), more.begin(), more.end());
    return vya_.run(line);
  }

  /// How the server shows a table, with other words in the place of some.
  static std::string shown(const MysqlServer& server, const std::string& table,
                           const std::vector<std::pair<std::string, std::string>>& words = {}) {
    std::string text = server.query("SHOW CREATE TABLE " + table).front().at(1) + " " +
                       server.query("CHECKSUM TABLE " + table).front().at(1);
    for (const auto& [from, to] : words) {
      for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    }
    return text;
  }

  static std::string triggers(const MysqlServer& server, const std::string& table) {
    return server.value(
        "SELECT COALESCE(GROUP_CONCAT(CONCAT(TRIGGER_NAME, ': ', ACTION_TIMING, ' ', "
        "EVENT_MANIPULATION, ' ', TRIM(TRAILING ';' FROM ACTION_STATEMENT), ' ', DEFINER) ORDER BY "
        "1 "
        "SEPARATOR '; '), '') "
        "FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_TABLE = '" +
        table + "'");
  }

  static std::string names(const MysqlServer& server) {
    return server.value(
        "SELECT GROUP_CONCAT(TABLE_NAME ORDER BY 1) FROM information_schema.TABLES WHERE "
        "TABLE_SCHEMA = 'shop'");
  }

  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlTables);

TEST_P(MysqlTables, ComeBackWithAllThatIsOnThemAndNothingElse) {
  const auto source = make_server();
  const auto target = make_server({"--log-bin=log", "--server-id=1"});
  source->query(std::string(kShop) +
                "CREATE USER app; GRANT SELECT, INSERT ON shop.orders TO app; GRANT UPDATE (total) "
                "ON shop.orders TO app; GRANT SELECT ON shop.log TO app");
  target->query(
      "CREATE DATABASE shop CHARACTER SET latin1; CREATE TABLE shop.customers (id INT PRIMARY "
      "KEY); INSERT INTO shop.customers VALUES (1), (2), (3); CREATE TABLE shop.log (k INT); "
      "CREATE USER app");
  const std::string collation =
      "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA "
      "WHERE SCHEMA_NAME = 'shop'";
  const std::string before = target->value(collation);
  back_up(*source, *target);

  const world::Ended restored = restore({"--table", "shop.orders", "--check"});

  // Its triggers were defined under another collation of the database.
  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap trigger:`shop`.`touch`: its texts"), std::string::npos)
      << restored.output;
  EXPECT_EQ(shown(*target, "shop.orders"), shown(*source, "shop.orders"));
  EXPECT_EQ(triggers(*target, "orders"), triggers(*source, "orders"));
  EXPECT_EQ(names(*target), "customers,log,orders");
  EXPECT_EQ(target->value(collation), before);
  const auto grants = target->query("SHOW GRANTS FOR app");
  ASSERT_EQ(grants.size(), 2u);
  EXPECT_EQ(grants[1][0], "GRANT SELECT, INSERT, UPDATE (`total`) ON `shop`.`orders` TO `app`@`%`");
  // What becomes of a table in use has to be in the log of its server.
  EXPECT_FALSE(target->query("SHOW BINLOG EVENTS LIMIT 4, 1").empty());
}

TEST_P(MysqlTables, GetANewNameBesideTheOriginal) {
  const auto server = make_server();
  server->query(std::string(kShop) +
                "CREATE TRIGGER names_it BEFORE DELETE ON orders FOR EACH ROW SET @n = "
                "(SELECT COUNT(*) FROM orders)");
  back_up(*server, *server);
  const std::string before = shown(*server, "shop.orders") + triggers(*server, "orders");

  const world::Ended restored = restore({"--table", "shop.orders=orders_kept", "--check"});

  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap reference:trigger `shop`.`names_it`: its text names the "
                                 "table `orders`"),
            std::string::npos)
      << restored.output;
  EXPECT_EQ(restored.output.find("gap"), restored.output.rfind("gap")) << restored.output;
  EXPECT_NE(restored.errors.find("foreign key `fk_up` of table `shop`.`orders_kept` gets the name "
                                 "`orders_kept_fk_up`, because its own is taken"),
            std::string::npos)
      << restored.errors;
  EXPECT_NE(restored.errors.find("trigger `touch` of table"), std::string::npos);
  const std::string positive = on_mariadb() ? "`positive`" : "`orders_kept_positive`";
  EXPECT_EQ(shown(*server, "shop.orders",
                  {{"`orders", "`orders_kept"},
                   {"CONSTRAINT `fk_up`", "CONSTRAINT `orders_kept_fk_up`"},
                   {"`positive`", positive}}),
            shown(*server, "shop.orders_kept"));
  EXPECT_EQ(triggers(*server, "orders_kept"),
            "orders_kept_first: BEFORE INSERT SET NEW.name = 'a' root@localhost; "
            "orders_kept_touch: AFTER UPDATE INSERT INTO log VALUES ('x') root@localhost");
  EXPECT_EQ(shown(*server, "shop.orders") + triggers(*server, "orders"), before);
}

TEST_P(MysqlTables, AreNotPutWhereTheirNameIsTaken) {
  const auto server = make_server();
  server->query(kShop);
  back_up(*server, *server);

  EXPECT_TRUE(ended_with(restore({"--table", "shop.orders"}), 12,
                         {"`shop`.`orders` is there already (base table)",
                          "--table shop.orders=NEW", "Nothing was changed"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.orders=big"}), 12, {"already (view)"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.orders=o", "--database", "shop=nowhere"}), 12,
                         {"database `nowhere` is not there"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.order"}), 7, {"Did you mean 'shop.orders'?"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.big"}), 7, {"'shop.big' is no table"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.public.orders"}), 3, {"DATABASE.TABLE"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.orders=x", "--table", "shop.log=x"}), 3,
                         {"two tables"}));
  EXPECT_TRUE(ended_with(restore({"--table", "shop.orders=" + std::string(65, 'a')}), 3, {"65"}));
  EXPECT_EQ(names(*server), "big,customers,log,orders");
}

TEST_P(MysqlTables, GoToAnotherDatabaseWithoutAForeignKeyToWhatIsNotThere) {
  const auto server = make_server();
  server->query(std::string(kShop) + "CREATE DATABASE rescue");
  back_up(*server, *server);

  const world::Ended restored =
      restore({"--table", "shop.orders", "--database", "shop=rescue", "--check"});

  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap foreign-key:`rescue`.`orders`.`orders_ibfk_1`: it refers to "
                                 "table `rescue`.`customers`, which is not there"),
            std::string::npos)
      << restored.output;
  EXPECT_NE(restored.output.find("ALTER TABLE `rescue`.`orders` ADD CONSTRAINT `orders_ibfk_1` "
                                 "FOREIGN KEY (`customer`) REFERENCES `customers` (`id`)"),
            std::string::npos)
      << restored.output;
  EXPECT_EQ(server->value("SELECT GROUP_CONCAT(CONSTRAINT_NAME) FROM "
                          "information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = "
                          "'rescue' AND CONSTRAINT_TYPE = 'FOREIGN KEY'"),
            "fk_up");
  EXPECT_EQ(server->value("SELECT COUNT(*) FROM rescue.orders"), "3");
}

TEST_P(MysqlTables, GoWithoutAForeignKeyThatRowsDoNotHoldThere) {
  const auto source = make_server();
  const auto target = make_server();
  source->query(kShop);
  target->query(
      "CREATE DATABASE shop; CREATE TABLE shop.customers (id INT PRIMARY KEY); INSERT INTO "
      "shop.customers VALUES (1)");
  back_up(*source, *target);

  const world::Ended restored = restore({"--table", "shop.orders", "--check"});

  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap foreign-key:`shop`.`orders`: the target refuses it: "),
            std::string::npos)
      << restored.output;
  EXPECT_EQ(target->value("SELECT GROUP_CONCAT(CONSTRAINT_NAME) FROM "
                          "information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = 'shop' "
                          "AND CONSTRAINT_TYPE = 'FOREIGN KEY'"),
            "fk_up");
}

TEST_P(MysqlTables, BringPartitionsAndReferToEachOtherUnderTheirNewNames) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; USE shop; CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (a INT, "
      "CONSTRAINT b_a FOREIGN KEY (a) REFERENCES a (id)); CREATE TABLE c (k INT PRIMARY KEY, v "
      "INT) "
      "PARTITION BY RANGE (k) (PARTITION p1 VALUES LESS THAN (5), PARTITION p2 VALUES LESS THAN "
      "MAXVALUE); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); INSERT INTO c VALUES (1, 1), "
      "(7, 7)");
  back_up(*server, *server);

  ASSERT_TRUE(ended_with(
      restore({"--table", "shop.a=x", "--table", "shop.b=y", "--table", "shop.c=z", "--check"}),
      0));

  // Names of keys are the table's own, and stay.
  EXPECT_EQ(
      shown(
          *server, "shop.b",
          {{"`b`", "`y`"}, {"CONSTRAINT `b_a`", "CONSTRAINT `y_a`"}, {"`a` (`id`)", "`x` (`id`)"}}),
      shown(*server, "shop.y"));
  EXPECT_EQ(shown(*server, "shop.c", {{"`c`", "`z`"}}), shown(*server, "shop.z"));
  EXPECT_EQ(server->value("SELECT GROUP_CONCAT(k) FROM shop.z PARTITION (p2)"), "7");
}

TEST_P(MysqlTables, BringSequencesAndHistory) {
  if (!on_mariadb()) GTEST_SKIP() << "of MariaDB alone";
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; USE shop; CREATE SEQUENCE numbers; DO NEXTVAL(numbers), "
      "NEXTVAL(numbers); CREATE TABLE t (k INT DEFAULT NEXTVAL(numbers), v INT) WITH SYSTEM "
      "VERSIONING; INSERT INTO t (v) VALUES (1); UPDATE t SET v = 2; CREATE DATABASE rescue");
  back_up(*server, *server);

  EXPECT_TRUE(ended_with(restore({"--table", "shop.t", "--database", "shop=rescue"}), 12,
                         {"needs the sequence `rescue`.`numbers`"}));
  ASSERT_TRUE(
      ended_with(restore({"--table", "shop.t=u", "--table", "shop.numbers=more", "--check"}), 0));

  EXPECT_NE(shown(*server, "shop.u").find("nextval(`shop`.`more`)"), std::string::npos);
  const std::string history = " FOR SYSTEM_TIME ALL ORDER BY v";
  EXPECT_EQ(server->query("SELECT k, v, row_start, row_end FROM shop.u" + history),
            server->query("SELECT k, v, row_start, row_end FROM shop.t" + history));
  EXPECT_EQ(server->value("SELECT next_not_cached_value FROM shop.more"),
            server->value("SELECT next_not_cached_value FROM shop.numbers"));
}

TEST_P(MysqlTables, NameGrantsThatCannotBeAsTheyWere) {
  const auto source = make_server();
  const auto target = make_server();
  source->query(
      "CREATE DATABASE shop; CREATE TABLE shop.t (k INT); CREATE USER app, gone; GRANT "
      "SELECT ON shop.t TO app; GRANT SELECT ON shop.t TO gone");
  target->query(
      "CREATE DATABASE shop; CREATE TABLE shop.t (k INT); CREATE USER app, old; GRANT "
      "DELETE, SELECT ON shop.t TO app; GRANT UPDATE (k) ON shop.t TO old; DROP TABLE "
      "shop.t");
  back_up(*source, *target);

  const world::Ended restored = restore({"--table", "shop.t"});

  EXPECT_TRUE(ended_with(restored, 11));
  for (const char* words :
       {"gap grant:gone@% on `shop`.`t`: the target has no such account",
        "gap grant:app@% on `shop`.`t`: the target grants it on a table of this name from before",
        "REVOKE DELETE ON `shop`.`t` FROM `app`@`%`",
        "gap grant:old@% on `shop`.`t`: the target grants it on a table of this name from before"})
    EXPECT_NE(restored.output.find(words), std::string::npos) << words << restored.output;
}

TEST_P(MysqlTables, GiveDefinitionsAndRowsApartAndAPlanBefore) {
  const auto source = make_server();
  const auto target = make_server();
  source->query(kShop);
  target->query("CREATE DATABASE shop; CREATE TABLE shop.customers (id INT PRIMARY KEY)");
  back_up(*source, *target);

  const world::Ended plan = restore({"--table", "shop.log=copy", "--dry-run"});
  EXPECT_TRUE(ended_with(plan, 0));
  EXPECT_NE(plan.output.find("create table `shop`.`copy`, in the backup `log`"), std::string::npos)
      << plan.output;
  EXPECT_EQ(names(*target), "customers");

  ASSERT_TRUE(ended_with(restore({"--table", "shop.customers=c", "--only", "schema"}), 0));
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM shop.c"), "0");
  ASSERT_TRUE(ended_with(restore({"--table", "shop.customers=c", "--only", "data", "--check"}), 0));
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM shop.c"), "3");
  EXPECT_TRUE(ended_with(restore({"--table", "shop.customers=c", "--only", "data"}), 12,
                         {"table `shop`.`c` has rows"}));
}

TEST_P(MysqlTables, AreNamedWithTheStatementThatTakesThemAwayWhereARestoreFails) {
  const auto source = make_server();
  const auto target = make_server();
  source->query("CREATE DATABASE shop; CREATE TABLE shop.t (k INT); INSERT INTO shop.t VALUES (1)");
  target->query("CREATE DATABASE shop; CREATE TABLE shop.other (k INT)");
  back_up(*source, *target);
  target->query("CREATE USER app; GRANT SELECT ON *.* TO app; GRANT CREATE ON shop.* TO app");
  if (!on_mariadb()) target->query("GRANT SESSION_VARIABLES_ADMIN ON *.* TO app");
  vya_.add("target", "{engine: mysql, socket: " + target->socket() + ", user: app}");

  const world::Ended failed = restore({"--table", "shop.t"});

  EXPECT_TRUE(ended_with(failed, 13, {"DROP TABLE `shop`.`t`;"}));
  EXPECT_EQ(names(*target), "other,t");
}

}  // namespace
}  // namespace vya::story
