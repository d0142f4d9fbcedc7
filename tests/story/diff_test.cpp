// Two servers compared: a backup with its source, with what it was restored to, and with what has
// changed since.
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/mysql_zoo.h"

namespace vya::story {
namespace {

class Diff : public testing::Test {
 protected:
  Diff() {
    make_shop(source_);
    vya_.add("shop", source_);
    vya_.add("fresh", target_);
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
    if (vya_.run({"backup", "shop"}).status != 0) throw Error(Fault::kInternal, "cannot back up");
  }

  /// Whether these are among the differences of the source from its backup.
  void expect_difference(const std::vector<std::string>& words) const {
    const world::Ended ended = vya_.run({"diff", "shop", "live:shop"});
    EXPECT_EQ(ended.status, 8) << ended.errors;
    for (const std::string& word : words)
      EXPECT_NE(ended.output.find("fault: " + word + "\n"), std::string::npos)
          << word << " is not in\n"
          << ended.output;
  }

  world::PostgresServer source_;
  world::PostgresServer target_;
  Vya vya_;
};

TEST_F(Diff, OfABackupAndItsSourceAndWhatWasRestoredIsNothing) {
  const world::Ended same = vya_.run({"diff", "shop", "live:shop"});
  EXPECT_TRUE(ended_with(same, 0));
  EXPECT_NE(same.output.find(" and live:shop: equal, "), std::string::npos) << same.output;
  ASSERT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 0));

  const world::Ended restored = vya_.run({"diff", "shop", "live:fresh"});

  EXPECT_EQ(restored.status, 0) << restored.output;
  EXPECT_EQ(vya_.run({"diff", "live:shop", "live:fresh"}).status, 0);
  ASSERT_EQ(vya_.run({"backup", "fresh"}).status, 0);
  EXPECT_EQ(vya_.run({"diff", "fresh", "shop"}).status, 0);
}

TEST_F(Diff, NamesEverythingThatChanged) {
  source_.query("shop",
                "CREATE ROLE intern; ALTER ROLE shop_app PASSWORD 'fake-other' CONNECTION LIMIT 3;"
                "GRANT intern TO shop_app; ALTER TABLE orders OWNER TO shop_app;"
                "REVOKE SELECT ON orders FROM shop_app; ALTER ROLE shop_app SET work_mem = '1MB';"
                "UPDATE customers SET name = 'else' WHERE id = 7; DELETE FROM orders WHERE id = 9;"
                "DROP TRIGGER checked ON orders; COMMENT ON TABLE customers IS 'who buys';"
                "SELECT lo_unlink(4711); ALTER DATABASE shop CONNECTION LIMIT 9");

  expect_difference({"role \"intern\" was not there",
                     "password of role \"shop_app\" is another one",
                     "connection limit of role \"shop_app\" is \"3\", was \"-1\"",
                     "owner of table shop.public.orders is \"shop_app\", was \"postgres\"",
                     "setting work_mem of role \"shop_app\" is \"1MB\", was nothing",
                     "trigger checked on table shop.public.orders is missing",
                     "large object 4711 of database shop is missing",
                     "connection limit of database shop is \"9\", was \"-1\"",
                     "table shop.public.customers has 100 rows as before, but not the same ones",
                     "table shop.public.orders has 39999 rows, had 40000"});
}

TEST_F(Diff, IsSaidAsJsonTooAndLooksAtSomeDatabases) {
  source_.query("postgres", "CREATE DATABASE crm");

  EXPECT_EQ(vya_.run({"diff", "shop", "live:shop", "--json"}).status, 8);
  const world::Ended some = vya_.run({"diff", "shop", "live:shop", "--database", "shop", "--json"});

  EXPECT_NE(some.output.find("\"findings\": ["), std::string::npos) << some.output;
}

TEST_F(Diff, RefusesWhatCannotBeCompared) {
  EXPECT_TRUE(ended_with(vya_.run({"diff", "shop", "live:shp"}), 7, {"'shp'", "'shop'"}));
  EXPECT_TRUE(ended_with(vya_.run({"diff", "shop"}), 3, {"FOUND is missing"}));
  EXPECT_TRUE(ended_with(vya_.run({"diff", "crm", "shop"}), 7, {"no backup of 'crm'"}));
}

class MysqlDiff : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlDiff);

TEST_P(MysqlDiff, OfTheZooIsNothingUntilSomethingChanges) {
  const auto source = make_server();
  make_mysql_zoo(*source);
  source->query(
      "CREATE USER app@localhost IDENTIFIED BY 'fake-password'; CREATE ROLE reader; GRANT SELECT "
      "ON "
      "zoo.* TO reader; GRANT reader TO app@localhost");
  Vya vya;
  vya.add("zoo", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "zoo"}), 0));
  const world::Ended same = vya.run({"diff", "zoo", "live:zoo"});
  EXPECT_EQ(same.status, 0) << same.output << same.errors;

  source->query(
      "ALTER USER app@localhost IDENTIFIED BY 'fake-other' WITH MAX_USER_CONNECTIONS 3; REVOKE "
      "SELECT ON zoo.* FROM reader; DELETE FROM zoo.numbers WHERE k = 3; DROP VIEW zoo.a_on_z");

  const world::Ended changed = vya.run({"diff", "zoo", "live:zoo"});
  EXPECT_EQ(changed.status, 8);
  const std::string role = on_mariadb() ? "role `reader`" : "user `reader`@`%`";
  for (const std::string& words :
       {std::string("password of user `app`@`localhost` is another one"),
        role + " lacks SELECT ON `zoo`.*", std::string("view `zoo`.`a_on_z` is missing"),
        std::string("table zoo.numbers has 3 rows, had 4")})
    EXPECT_NE(changed.output.find("fault: " + words + "\n"), std::string::npos)
        << words << " is not in\n"
        << changed.output;
}

}  // namespace
}  // namespace vya::story
