#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/config/parsed.h"

namespace vya {
namespace {

/// The text of a file of the project; tests run somewhere below its folder.
std::string project_file(const std::string& name) {
  for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
    std::ifstream file(folder / name);
    if (file) return (std::stringstream() << file.rdbuf()).str();
    if (folder == folder.root_path()) return "";
  }
}

TEST(ParseConfig, NeedsOnlyARepositoryAnEngineAndAHost) {
  const Config config = parse_config(
      "repository: /backups\ninstances:\n  shop: {engine: postgresql, host: db1}\n", kFile);

  EXPECT_EQ(config.file, kFile);
  EXPECT_EQ(config.repository, "/backups");
  ASSERT_EQ(config.instances.size(), 1U);
  const Instance& shop = config.instances[0];
  EXPECT_EQ(shop.name, "shop");
  EXPECT_EQ(shop.engine, EngineKind::kPostgresql);
  EXPECT_EQ(shop.host, "db1");
  EXPECT_EQ(shop.password.kind, PasswordSource::Kind::kNone);
  EXPECT_EQ(shop.maintenance_database, "postgres");
  EXPECT_EQ(shop.ddl, DdlPolicy::kWait);
  EXPECT_EQ(shop.ddl_wait, std::chrono::seconds(60));
  EXPECT_FALSE(shop.open_closed_databases);
}

TEST(ParseConfig, ReadsEveryKeyOfAnInstance) {
  const Config config = parse_config(R"(
repository: backups
instances:
  shop:
    engine: postgresql
    host: /run/postgresql
    port: 5433
    user: backup
    password: file:shop.password
    sslmode: verify-full
    sslrootcert: certs/root.crt
    service: shop_service
    database: template1
    include: [shop, "crm*"]
    exclude: "*_test"
    ddl: yield
    ddl_wait: 5m
    open_closed_databases: true
    pg_dump: /usr/lib/postgresql/16/bin/pg_dump
    accept_gaps:
      closed-database:legacy: switched off in March
)",
                                     kFile);

  EXPECT_EQ(config.repository, "/etc/vya/backups");
  const Instance& shop = config.instance("shop");
  EXPECT_EQ(shop.host, "/run/postgresql");
  EXPECT_EQ(shop.port, "5433");
  EXPECT_EQ(shop.user, "backup");
  EXPECT_EQ(shop.password.kind, PasswordSource::Kind::kFile);
  EXPECT_EQ(shop.password.name, "/etc/vya/shop.password");
  EXPECT_EQ(shop.sslmode, "verify-full");
  EXPECT_EQ(shop.sslrootcert, "/etc/vya/certs/root.crt");
  EXPECT_EQ(shop.service, "shop_service");
  EXPECT_EQ(shop.maintenance_database, "template1");
  EXPECT_EQ(shop.include, (std::vector<std::string>{"shop", "crm*"}));
  EXPECT_EQ(shop.exclude, (std::vector<std::string>{"*_test"}));
  EXPECT_EQ(shop.ddl, DdlPolicy::kYield);
  EXPECT_EQ(shop.ddl_wait, std::chrono::minutes(5));
  EXPECT_TRUE(shop.open_closed_databases);
  EXPECT_EQ(shop.pg_dump, "/usr/lib/postgresql/16/bin/pg_dump");
  EXPECT_EQ(
      shop.accept_gaps,
      (std::map<std::string, std::string>{{"closed-database:legacy", "switched off in March"}}));
}

TEST(ParseConfig, KeepsTheInstancesInTheirOrder) {
  const Config config = parse_config(
      "repository: /b\n"
      "instances:\n"
      "  zoo: {engine: postgresql, host: z}\n"
      "  ant: {engine: postgresql, service: a}\n",
      kFile);

  ASSERT_EQ(config.instances.size(), 2U);
  EXPECT_EQ(config.instances[0].name, "zoo");
  EXPECT_EQ(config.instances[1].name, "ant");
}

TEST(ParseConfig, LetsInstancesShareValuesByAnchors) {
  const Config config = parse_config(
      "repository: /b\n"
      "instances:\n"
      "  one: {engine: postgresql, host: a, exclude: &tests [\"*_test\"]}\n"
      "  two: {engine: postgresql, host: b, exclude: *tests}\n",
      kFile);

  EXPECT_EQ(config.instance("two").exclude, (std::vector<std::string>{"*_test"}));
}

TEST(ParseConfig, ReadsAPasswordFromTheEnvironment) {
  const Instance shop = parsed("password: env:SHOP_PASSWORD");

  EXPECT_EQ(shop.password.kind, PasswordSource::Kind::kEnvironment);
  EXPECT_EQ(shop.password.name, "SHOP_PASSWORD");
}

TEST(ParseConfig, ReadsTimesToWaitInSecondsMinutesAndHours) {
  EXPECT_EQ(parsed("ddl_wait: 90s").ddl_wait, std::chrono::seconds(90));
  EXPECT_EQ(parsed("ddl_wait: 5m").ddl_wait, std::chrono::minutes(5));
  EXPECT_EQ(parsed("ddl_wait: 2h").ddl_wait, std::chrono::hours(2));
  EXPECT_EQ(parsed("ddl_wait: 24h").ddl_wait, std::chrono::hours(24));
  EXPECT_EQ(parsed("").max_snapshot_age, std::nullopt);
  EXPECT_FALSE(parsed("").pause_replay);
  EXPECT_TRUE(parsed("pause_replay: true").pause_replay);
  EXPECT_EQ(parsed("").max_outage, std::chrono::seconds(60));
  EXPECT_EQ(parsed("max_outage: 5m").max_outage, std::chrono::minutes(5));
  EXPECT_EQ(parsed("max_snapshot_age: 6h").max_snapshot_age, std::chrono::hours(6));
}

TEST(ParseConfig, TakesTheOutermostPorts) {
  EXPECT_EQ(parsed("port: 1").port, "1");
  EXPECT_EQ(parsed("port: \"65535\"").port, "65535");
}

TEST(ParseConfig, AcceptsTheExampleOfTheManual) {
  const std::string manual = project_file("docs/manual/configuration.md");
  const std::size_t begin = manual.find("```yaml\n");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t text = begin + 8;
  const Config config = parse_config(manual.substr(text, manual.find("```", text) - text), kFile);

  ASSERT_EQ(config.instances.size(), 3U);
  const Instance& shop = config.instance("shop-pg");
  EXPECT_EQ(shop.include, (std::vector<std::string>{"shop", "crm*"}));
  EXPECT_EQ(shop.accept_gaps.size(), 1U);
}

}  // namespace
}  // namespace vya
