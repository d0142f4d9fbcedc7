// Accounts of a MySQL or MariaDB server come back with its databases.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

using world::MysqlServer;

class MysqlAccounts : public world::OnMysql {
 protected:
  void add(const std::string& instance, const MysqlServer& server) {
    vya_.add(instance, "{engine: mysql, socket: " + server.socket() + ", user: root}");
  }

  static std::string shown(const MysqlServer& server, const std::string& account) {
    std::string text;
    for (const char* what : {"SHOW CREATE USER ", "SHOW GRANTS FOR "}) {
      for (const world::TextRow& row : server.query(what + account)) text += row[0] + "\n";
    }
    return text;
  }

  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlAccounts);

TEST_P(MysqlAccounts, OwnTheirObjectsAndMayDoWhatTheyDid) {
  const auto source = make_server();
  source->query(
      "CREATE USER owner@localhost IDENTIFIED BY 'pw-owner'; CREATE USER 'o''brien'@'%';"
      "CREATE DATABASE shop; USE shop; CREATE TABLE orders (id INT PRIMARY KEY, price INT);"
      "INSERT INTO orders VALUES (1, 7); GRANT SELECT ON shop.* TO owner@localhost;"
      "CREATE DEFINER = owner@localhost SQL SECURITY DEFINER VIEW dear AS SELECT * FROM orders;"
      "CREATE ROLE clerk; GRANT SELECT (id) ON shop.orders TO clerk; GRANT clerk TO 'o''brien'@'%';"
      "CREATE PROCEDURE total() SELECT 1; GRANT EXECUTE ON PROCEDURE shop.total TO clerk;"
      "GRANT SELECT ON shop.dear TO 'o''brien'@'%'");
  const auto target = make_server();
  add("source", *source);
  add("target", *target);
  ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya_.run({"backup", "source"}), 0));

  const world::Ended planned = vya_.run({"restore", "source", "--to", "target", "--dry-run"});
  ASSERT_TRUE(ended_with(planned, 0));
  EXPECT_NE(planned.output.find("create user `owner`@`localhost`"), std::string::npos)
      << planned.output;
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM mysql.user WHERE User = 'owner'"), "0");

  ASSERT_TRUE(ended_with(vya_.run({"restore", "source", "--to", "target", "--check"}), 0));
  for (const std::string account : {"owner@localhost", "'o''brien'@'%'"})
    EXPECT_EQ(shown(*target, account), shown(*source, account));
  EXPECT_EQ(target->value("SELECT price FROM shop.dear"), "7");

  const world::Ended again =
      vya_.run({"restore", "source", "--to", "target", "--only", "accounts"});
  ASSERT_TRUE(ended_with(again, 0));
  EXPECT_NE(again.errors.find("nothing to do"), std::string::npos) << again.errors;
}

TEST_P(MysqlAccounts, ComeUnderAnotherNameWithTheirObjects) {
  const auto source = make_server();
  source->query(
      "CREATE USER app IDENTIFIED BY 'pw'; CREATE DATABASE shop; GRANT SELECT ON shop.* TO app;"
      "CREATE DEFINER = app VIEW shop.v AS SELECT 1 AS i");
  const auto target = make_server();
  add("source", *source);
  add("target", *target);
  ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya_.run({"backup", "source"}), 0));

  const world::Ended restored = vya_.run({"restore", "source", "--to", "target", "--map-role",
                                          "app@%=service@%", "--database", "shop=copy"});

  ASSERT_TRUE(ended_with(restored, 0));
  EXPECT_EQ(target->value("SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_SCHEMA = "
                          "'copy'"),
            "service@%");
  EXPECT_NE(shown(*target, "service").find("GRANT SELECT ON `copy`.*"), std::string::npos);
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM mysql.user WHERE User = 'app'"), "0");
}

}  // namespace
}  // namespace vya::story
