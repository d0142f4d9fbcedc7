// Accounts by themselves: listed, written as SQL, restored one by one.
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"
#include "tests/story/zoo.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

class AccountsOfPostgres : public testing::Test {
 protected:
  AccountsOfPostgres() {
    make_shop(source_);
    source_.query("postgres",
                  "CREATE ROLE reader; CREATE ROLE \"odd \"\"role\" LOGIN CONNECTION LIMIT 3;"
                  "GRANT reader TO shop_app WITH ADMIN OPTION;"
                  "ALTER ROLE shop_app SET work_mem = '1MB';"
                  "ALTER ROLE shop_app IN DATABASE shop SET search_path = 'a, b'");
    vya_.add("shop", source_);
    vya_.add("fresh", target_);
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
    if (vya_.run({"backup", "shop"}).status != 0) throw Error(Fault::kInternal, "cannot back up");
  }

  world::PostgresServer source_;
  world::PostgresServer target_;
  Vya vya_;
};

void expect_in(const std::string& words, const std::string& text) {
  EXPECT_NE(text.find(words), std::string::npos) << words << " is not in\n" << text;
}

TEST_F(AccountsOfPostgres, AreListedWithoutVerifiers) {
  const world::Ended of_backup = vya_.run({"accounts", "list", "shop"});
  const world::Ended of_server = vya_.run({"accounts", "list", "live:shop"});

  EXPECT_TRUE(ended_with(of_backup, 0));
  expect_in(
      "role \"shop_app\"\n  INHERIT\n  LOGIN\n  setting search_path in database shop: \"a, b\"\n"
      "  setting work_mem: 1MB\n  MEMBER OF \"reader\" WITH ADMIN OPTION\n",
      of_backup.output);
  expect_in("role \"reader\", without a password\n", of_backup.output);
  EXPECT_EQ(of_backup.output, of_server.output);
  EXPECT_EQ(
      (vya_.run({"accounts", "list", "shop", "--json"}).output + of_backup.output).find("SCRAM"),
      std::string::npos);
}

TEST_F(AccountsOfPostgres, AreWrittenAsSqlThatMakesThem) {
  const world::Ended script = vya_.run({"accounts", "export", "shop", "--verifiers"});
  ASSERT_TRUE(ended_with(script, 0));

  target_.query("postgres", "CREATE DATABASE shop");
  target_.query("postgres", script.output);

  const auto list = [&](const std::string& of) {
    return vya_.run({"accounts", "list", of, "--account", "*[!s]"}).output;
  };
  EXPECT_EQ(list("live:fresh"), list("shop"));
  pg::Connection session(target_.address("shop_app", kShopPassword), "shop", {});
  EXPECT_EQ(session.value("SHOW search_path"), "\"a, b\"");
}

TEST_F(AccountsOfPostgres, HaveNoHashesInSqlUnlessTheyAreAskedFor) {
  const world::Ended script = vya_.run({"accounts", "export", "shop"});

  EXPECT_TRUE(ended_with(script, 0));
  expect_in("-- accounts of shop, without the hashes of passwords\n", script.output);
  expect_in("CREATE ROLE \"shop_app\"", script.output);
  EXPECT_EQ(script.output.find("SCRAM"), std::string::npos);
  EXPECT_EQ(script.output.find("PASSWORD '"), std::string::npos);
}

TEST_F(AccountsOfPostgres, AreRestoredOneByOne) {
  const world::Ended dry =
      vya_.run({"accounts", "restore", "shop", "--to", "fresh", "--account", "odd*", "--dry-run"});
  EXPECT_TRUE(ended_with(dry, 0));
  expect_in("create role \"odd \"\"role\"", dry.output);
  EXPECT_EQ(dry.output.find("shop_app"), std::string::npos);

  EXPECT_TRUE(ended_with(
      vya_.run({"accounts", "restore", "shop", "--to", "fresh", "--account", "odd*"}), 0));

  EXPECT_EQ(
      target_.value("postgres", "SELECT string_agg(rolname, ',') FROM pg_roles WHERE oid > 16000"),
      "odd \"role");
  EXPECT_EQ(target_.value("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'shop'"),
            "0");
  EXPECT_TRUE(
      ended_with(vya_.run({"accounts", "restore", "shop", "--to", "fresh", "--account", "gone"}), 7,
                 {"there is no account 'gone'", "odd \"role, postgres, reader, shop_app"}));
  EXPECT_TRUE(ended_with(vya_.run({"accounts", "restore", "shop", "--to", "fresh"}), 0));
  EXPECT_EQ(target_.value("postgres", "SELECT count(*) FROM pg_roles WHERE oid > 16000"), "3");
}

TEST(AccountsOfTheZoo, AreWrittenAsSqlThatMakesThem) {
  const world::PostgresServer source;
  const world::PostgresServer target;
  fill_zoo(source);
  Vya vya;
  vya.add("zoo", source, "open_closed_databases: true");
  vya.add("fresh", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "zoo"}), 0));
  for (const auto& row : source.query("postgres",
                                      "SELECT quote_ident(datname) FROM pg_database"
                                      " WHERE oid > 16000"))
    target.query("postgres", "CREATE DATABASE " + row[0]);

  target.query("postgres", vya.run({"accounts", "export", "zoo", "--verifiers"}).output);

  EXPECT_EQ(vya.run({"accounts", "list", "live:fresh"}).output,
            vya.run({"accounts", "list", "zoo"}).output);
}

class AccountsOfMysql : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(AccountsOfMysql);

TEST_P(AccountsOfMysql, AreWrittenAsSqlThatMakesThem) {
  const auto source = make_server();
  const auto target = make_server();
  for (const auto* server : {source.get(), target.get()})
    server->query("CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY, note INT)");
  source->query(
      "CREATE ROLE reader; CREATE USER app@'192.0.2.%' IDENTIFIED BY 'fake-app' REQUIRE SSL WITH "
      "MAX_USER_CONNECTIONS 3; CREATE USER 'o''brien'@localhost IDENTIFIED BY 'fake-o' ACCOUNT "
      "LOCK;"
      "GRANT SELECT ON shop.* TO reader; GRANT reader TO app@'192.0.2.%' WITH ADMIN OPTION;"
      "GRANT UPDATE (note) ON shop.orders TO app@'192.0.2.%'; GRANT PROCESS ON *.* TO "
      "'o''brien'@localhost WITH GRANT OPTION; SET DEFAULT ROLE reader " +
      std::string(on_mariadb() ? "FOR" : "TO") + " app@'192.0.2.%'");
  Vya vya;
  vya.add("shop", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  vya.add("fresh", "{engine: mysql, socket: " + target->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "shop"}), 0));
  const world::Ended script = vya.run({"accounts", "export", "shop", "--verifiers"});
  ASSERT_TRUE(ended_with(script, 0));

  target->query(script.output);

  EXPECT_EQ(vya.run({"accounts", "list", "live:fresh"}).output,
            vya.run({"accounts", "list", "shop"}).output)
      << script.output;
  EXPECT_EQ(vya.run({"accounts", "export", "shop"}).output.find("0x"), std::string::npos);
}

TEST_P(AccountsOfMysql, AreRestoredOneByOne) {
  const auto source = make_server();
  const auto target = make_server();
  source->query(
      "CREATE DATABASE shop; CREATE USER app@localhost IDENTIFIED BY 'fake-app'; CREATE USER "
      "other@localhost");
  Vya vya;
  vya.add("shop", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  vya.add("fresh", "{engine: mysql, socket: " + target->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "shop"}), 0));

  EXPECT_TRUE(ended_with(
      vya.run({"accounts", "restore", "shop", "--to", "fresh", "--account", "app@*"}), 0));

  EXPECT_EQ(target->value("SELECT count(*) FROM mysql.user WHERE User = 'app'"), "1");
  EXPECT_EQ(target->value("SELECT count(*) FROM mysql.user WHERE User = 'other'"), "0");
}

}  // namespace
}  // namespace vya::story
