// What a drill asks a restored PostgreSQL server.
#include "engine/postgresql/probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/world/error_of.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

class PgProbeTest : public testing::Test {
 protected:
  std::unique_ptr<Probe> probe() const { return make_probe(server_.address(), "postgres"); }

  /// Overwrites bytes of a relation on the disk, while the server is down.
  void damage(const std::string& relation, std::streamoff at, const std::string& bytes) {
    server_.query("postgres", "CHECKPOINT");
    const std::string path =
        server_.value("shop", "SELECT pg_relation_filepath('" + relation + "')");
    server_.stop();
    std::fstream file(server_.data() / path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(at);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    server_.start();
  }

  void make_shop() {
    server_.query("postgres", "CREATE DATABASE shop");
    server_.query("shop",
                  "CREATE TABLE orders (id int PRIMARY KEY, note text);"
                  "INSERT INTO orders SELECT g, 'note ' || g FROM generate_series(1, 1000) g");
  }

  const std::vector<Database> databases_ = {{1, "shop", "UTF8"}};
  world::PostgresServer server_{{.hba = {"local all veteran trust"}}};
};

TEST_F(PgProbeTest, FindsNothingWhereNothingIsWrong) {
  make_shop();
  server_.query("postgres", "CREATE DATABASE closed ALLOW_CONNECTIONS false");

  const Validation found = probe()->validate({{1, "shop", "UTF8"}, {2, "closed", "UTF8"}}, 2);

  EXPECT_TRUE(found.remarks.empty()) << found.remarks[0].where << found.remarks[0].what;
  EXPECT_GT(found.indexes, 100U);
  EXPECT_GT(found.tables, 60U);
  EXPECT_EQ(
      server_.value("postgres", "SELECT datallowconn FROM pg_database WHERE datname = 'closed'"),
      "f");
}

TEST_F(PgProbeTest, FindsAnIndexThatDoesNotFitItsTable) {
  make_shop();
  server_.query(
      "shop",
      "SET allow_system_table_mods = on; UPDATE pg_index SET indisready = false, indisvalid"
      " = false WHERE indexrelid = 'orders_pkey'::regclass;"
      "INSERT INTO orders VALUES (1001, 'not in the index'); UPDATE pg_index SET indisready"
      " = true, indisvalid = true WHERE indexrelid = 'orders_pkey'::regclass");

  const Validation found = probe()->validate(databases_, 2);

  ASSERT_EQ(found.remarks.size(), 1U);
  EXPECT_EQ(found.remarks[0].where, "index public.orders_pkey of database \"shop\"");
  EXPECT_EQ(found.remarks[0].what.substr(0, 12), "is damaged: ");
  EXPECT_EQ(found.remarks[0].weight, Remark::Weight::kFault);
}

TEST_F(PgProbeTest, FindsATableWhosePagesAreDamaged) {
  make_shop();
  damage("orders", 8192 - 40, std::string(24, '\x7f'));  // the first row's header

  const Validation found = probe()->validate(databases_, 1);

  const auto table =
      std::ranges::find(found.remarks, "table public.orders of database \"shop\"", &Remark::where);
  ASSERT_NE(table, found.remarks.end());
  EXPECT_EQ(table->what.substr(0, 12), "is damaged: ");
}

TEST_F(PgProbeTest, AsksAsSomebodyWithTheSettingsOfTheirs) {
  make_shop();
  server_.query("shop",
                "CREATE ROLE veteran LOGIN; CREATE ROLE clerk LOGIN PASSWORD 'fake-clerk';"
                "CREATE ROLE nobody_logs_in; GRANT SELECT ON orders TO veteran, clerk;"
                "ALTER ROLE veteran SET search_path = elsewhere, public");

  const auto value = [&](const std::string& account, const std::string& sql) {
    return probe()->ask({.database = "shop", .account = account, .sql = sql}).value;
  };

  EXPECT_EQ(value("veteran", "SHOW search_path"), "elsewhere, public");
  EXPECT_EQ(value("veteran", "SELECT session_user"), "veteran");
  EXPECT_EQ(value("clerk", "SELECT session_user"), "clerk") << "whose password nobody told";
  EXPECT_EQ(value("nobody_logs_in", "SELECT current_user"), "nobody_logs_in");
  EXPECT_EQ(value("", "SELECT count(*) FROM orders"), "1000");
  EXPECT_EQ(value("", "SELECT NULL"), std::nullopt);
}

TEST_F(PgProbeTest, TellsRefusalsFromOtherErrorsAndKeepsNothing) {
  make_shop();
  server_.query("shop", "CREATE ROLE veteran LOGIN; GRANT INSERT ON orders TO veteran");
  const auto ask = [&](const std::string& sql) {
    return probe()->ask({.database = "shop", .account = "veteran", .sql = sql});
  };

  EXPECT_TRUE(ask("SELECT * FROM orders").refused);
  EXPECT_EQ(ask("SELECT * FROM orders").error, "permission denied for table orders");
  EXPECT_FALSE(ask("SELECT * FROM nowhere").refused);
  EXPECT_NE(ask("SELECT * FROM nowhere").error, "");
  EXPECT_EQ(ask("INSERT INTO orders VALUES (5000)").error, "");
  EXPECT_EQ(server_.value("shop", "SELECT count(*) FROM orders"), "1000");
  EXPECT_EQ(error_of([&] {
              (void)probe()->ask({.database = "shop", .account = "stranger", .sql = "SELECT 1"});
            }).message(),
            "there is no role 'stranger'");
}

}  // namespace
}  // namespace vya::pg
