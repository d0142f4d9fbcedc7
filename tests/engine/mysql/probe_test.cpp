// What a drill asks a restored MySQL or MariaDB server.
#include "engine/mysql/probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/world/error_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

class ProbeTest : public world::OnMysql {
 protected:
  void SetUp() override {
    world::OnMysql::SetUp();
    if (IsSkipped()) return;
    server_ = make_server();
    server_->query(
        "CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20));"
        "INSERT INTO shop.orders VALUES (1, 'a'), (2, 'b'); CREATE VIEW shop.v AS SELECT 1 AS one");
  }

  std::unique_ptr<Probe> probe() const {
    Address address;
    address.socket = server_->socket();
    address.user = "root";
    return make_probe(address);
  }

  std::unique_ptr<world::MysqlServer> server_;
};

VYA_ON_EVERY_MYSQL(ProbeTest);

TEST_P(ProbeTest, FindsNothingWhereNothingIsWrong) {
  const Validation found = probe()->validate({{1, "shop", "utf8mb4"}}, 2);

  EXPECT_TRUE(found.remarks.empty()) << found.remarks[0].where << found.remarks[0].what;
  EXPECT_EQ(found.tables, 1U);
}

TEST_P(ProbeTest, FindsATableThatIsDamaged) {
  server_->query(
      "CREATE TABLE shop.old (id INT PRIMARY KEY, note VARCHAR(20)) ENGINE=MyISAM;"
      "INSERT INTO shop.old VALUES (1, 'a'), (2, 'b'); FLUSH TABLES");
  server_->stop();
  std::ofstream(server_->data() / "shop/old.MYD", std::ios::trunc) << "x";
  server_->start();

  const Validation found = probe()->validate({{1, "shop", "utf8mb4"}}, 2);

  ASSERT_FALSE(found.remarks.empty());
  EXPECT_EQ(found.remarks[0].where, "table `shop`.`old`");
  EXPECT_EQ(std::ranges::count(found.remarks, Remark::Weight::kFault, &Remark::weight) > 0, true);
}

TEST_P(ProbeTest, AsksWithTheRightsOfAnAccountThatNobodyCanLogInAs) {
  server_->query(
      "CREATE USER app@'192.0.2.%' IDENTIFIED BY 'fake-app' ACCOUNT LOCK; GRANT SELECT ON shop.* "
      "TO "
      "app@'192.0.2.%'; CREATE USER two@a; CREATE USER two@b");
  const auto ask = [&](const std::string& account, const std::string& sql) {
    return probe()->ask({.database = "shop", .account = account, .sql = sql});
  };

  EXPECT_EQ(ask("app@192.0.2.%", "SELECT count(*) FROM orders").value, "2");
  EXPECT_EQ(ask("app", "SELECT CONCAT(note, '''x\\\\n') FROM orders ORDER BY id DESC").value,
            "b'x\\n");
  EXPECT_TRUE(ask("app", "DELETE FROM orders").refused);
  EXPECT_FALSE(ask("app", "SELECT * FROM nowhere_at_all").error.empty());
  EXPECT_EQ(ask("", "DELETE FROM orders").error, "");
  EXPECT_EQ(server_->value("SELECT count(*) FROM shop.orders"), "2") << "it was rolled back";
  EXPECT_EQ(
      server_->value("SELECT count(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = "
                     "'shop'"),
      "0");
  EXPECT_EQ(error_of([&] { (void)ask("two", "SELECT 1"); }).message(),
            "there are several accounts 'two'; write USER@HOST");
  EXPECT_EQ(error_of([&] { (void)ask("gone", "SELECT 1"); }).message(),
            "there is no account 'gone'");
}

}  // namespace
}  // namespace vya::mysql
