// MySQL and MariaDB through the program: a backup while others write, looked at and read.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

class MysqlStory : public world::OnMysql {
 protected:
  void add(const world::MysqlServer& server, const std::string& user = "root") {
    vya_.add("shop", "{engine: mysql, socket: " + server.socket() + ", user: " + user + "}");
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  }

  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlStory);

TEST_P(MysqlStory, AServerIsBackedUpShownVerifiedAndRead) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; USE shop; CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(20));"
      "INSERT INTO orders VALUES (1, 'one\ttwo'), (2, NULL); CREATE VIEW v AS SELECT id FROM "
      "orders;"
      "CREATE DATABASE `odd ``name`; CREATE TABLE `odd ``name`.`t.1` (k INT)");
  add(*server);

  const world::Ended backup = vya_.run({"backup", "shop"});

  ASSERT_TRUE(ended_with(backup, 0));
  EXPECT_NE(backup.output.find(": COMPLETE\n"), std::string::npos) << backup.output;
  EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 0));
  EXPECT_EQ(vya_.run({"cat", "shop", "shop.orders"}).output, "1\tone\\ttwo\n2\t\\N\n");
  EXPECT_NE(vya_.run({"cat", "shop", "shop.orders", "--json"}).output.find("[\"1\",\"one\\ttwo\"]"),
            std::string::npos);
  EXPECT_EQ(vya_.run({"cat", "shop", "odd `name.\"t.1\""}).output, "");
  EXPECT_NE(vya_.run({"show", "shop"}).output.find("exact"), std::string::npos);
  EXPECT_TRUE(ended_with(vya_.run({"doctor", "shop"}), 0));
}

/// The scheduler can be disabled when the server starts, and then it cannot be asked about events.
TEST_P(MysqlStory, AServerWhoseEventsAreDisabledIsBackedUp) {
  const auto server = make_server({"--event-scheduler=DISABLED"});
  server->query("CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY)");
  add(*server);
  EXPECT_TRUE(ended_with(vya_.run({"doctor", "shop"}), 0));
  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0)) << "there are no events";
  const auto target = make_server({"--event-scheduler=DISABLED"});
  vya_.add("spare", "{engine: mysql, socket: " + target->socket() + ", user: root}");
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "spare", "--check"}), 0));
}

TEST_P(MysqlStory, EventsThatAreHiddenAreAGap) {
  if (!on_mariadb()) GTEST_SKIP() << "MySQL shows events all the same";
  const auto disabled = make_server({"--event-scheduler=DISABLED"});
  disabled->query(
      "CREATE DATABASE shop; CREATE DATABASE crm; INSERT INTO mysql.event (db, name, body, "
      "definer, execute_at, sql_mode, comment, time_zone, body_utf8, originator) VALUES "
      "('shop', 'nightly', 'SELECT 1', 'root@localhost', NULL, '', '', 'SYSTEM', "
      "'SELECT 1', 1)");
  add(*disabled);

  const world::Ended backup = vya_.run({"backup", "shop"});

  EXPECT_TRUE(ended_with(backup, 11));
  EXPECT_NE(backup.output.find("gap event:`shop`: the server shows no events while"),
            std::string::npos)
      << backup.output;
  EXPECT_EQ(backup.output.find("event:`crm`"), std::string::npos);
}

TEST_P(MysqlStory, WithoutRightsTheBackupHasGapsAsDoctorSays) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; CREATE TABLE shop.t (k INT PRIMARY KEY); CREATE USER app; GRANT "
      "SELECT "
      "ON *.* TO app");
  add(*server, "app");

  EXPECT_TRUE(ended_with(vya_.run({"doctor", "shop"}), 11));
  const world::Ended backup = vya_.run({"backup", "shop"});

  ASSERT_TRUE(ended_with(backup, 11));
  EXPECT_NE(backup.output.find("gap privilege:RELOAD: "), std::string::npos) << backup.output;
}

TEST_P(MysqlStory, ASelectionIsTakenAndAnEmptyOneRefused) {
  const auto server = make_server();
  server->query("CREATE DATABASE shop; CREATE DATABASE crm; CREATE TABLE crm.t (k INT)");
  add(*server);

  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop", "--database", "c*"}), 0));
  EXPECT_EQ(vya_.run({"cat", "shop", "crm.t"}).status, 0);
  EXPECT_EQ(vya_.run({"cat", "shop", "shop.t"}).status, 7);
  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop", "--database", "nothing"}), 7));
}

}  // namespace
}  // namespace vya::story
