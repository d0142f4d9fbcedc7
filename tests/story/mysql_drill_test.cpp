// Drills of backups of MySQL and MariaDB.
#include <gtest/gtest.h>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

class MysqlDrills : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlDrills);

TEST_P(MysqlDrills, StartNothingThatComesBack) {
  const auto source = make_server();
  source->query(
      "CREATE DATABASE shop; CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO SELECT 1");
  const auto spare = make_server({"--event-scheduler=ON"});
  Vya vya;
  vya.add("shop", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  vya.add("spare", "{engine: mysql, socket: " + spare->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "shop"}), 0));

  const world::Ended drilled = vya.run({"drill", "shop", "--server", "spare"});
  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, "event `shop`.`nightly` would begin to work there");

  spare->query("SET GLOBAL event_scheduler = OFF");
  const world::Ended still = vya.run({"drill", "shop", "--server", "spare"});
  EXPECT_TRUE(ended_with(still, 0)) << still.output;
}

TEST_P(MysqlDrills, AskTheUsersOwnQuestions) {
  const auto source = make_server();
  source->query(
      "CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY);"
      "INSERT INTO shop.orders VALUES (1), (2), (3); CREATE ROLE reader;"
      "GRANT SELECT ON shop.* TO reader; CREATE USER app@'192.0.2.%';"
      "GRANT reader TO app@'192.0.2.%'; SET DEFAULT ROLE reader " +
      std::string(on_mariadb() ? "FOR" : "TO") + " app@'192.0.2.%'");
  Vya vya;
  vya.add("shop",
          "{engine: mysql, socket: " + source->socket() +
              ", user: root, drill: {checks: ["
              "{name: own, database: shop, sql: SELECT count(*) FROM orders, expect: 3},"
              "{name: role, database: shop, as: app, sql: SELECT max(id) FROM orders, expect: 3},"
              "{name: write, database: shop, as: app, sql: DELETE FROM orders, refused: true},"
              "{name: wrong, database: shop, as: app, sql: DELETE FROM orders},"
              "{name: nobody, database: shop, as: intern, sql: SELECT 1}]}}");
  vya.set_drills("{programs: " + source->programs().server.parent_path().string() + "}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "shop"}), 0));

  const world::Ended drilled = vya.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 8)) << drilled.output;
  expect_in(drilled, "passed    check own: gave 3\n");
  expect_in(drilled, "passed    check role: gave 3\n");
  expect_in(drilled, "passed    check write: was refused: ");
  expect_in(drilled, "failed    check wrong: failed: DELETE command denied");
  expect_in(drilled, "failed    check nobody: there is no account 'intern'\n");
}

TEST_P(MysqlDrills, AndWhatNoRuleBacksUpAreInTheStatus) {
  const auto source = make_server();
  source->query("CREATE DATABASE shop; CREATE DATABASE crm; CREATE TABLE shop.orders (id INT)");
  Vya vya;
  vya.add("shop", "{engine: mysql, socket: " + source->socket() + ", user: root, exclude: crm}");
  vya.add("spare", "{engine: mysql, socket: /nowhere, user: root, restore_only: true}");
  vya.set_drills("{programs: " + source->programs().server.parent_path().string() + "}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "--all"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"drill", "shop"}), 0));

  const world::Ended status = vya.run({"status"});

  EXPECT_TRUE(ended_with(status, 0)) << status.output;
  expect_in(status, "OK: 1 instance\n");
  expect_in(status, "instance 'shop' has databases that are not backed up: crm\n");
}

}  // namespace
}  // namespace vya::story
