// What backups forget or other servers lack: large objects, settings of all roles, tablespaces, and
// superusers of other names.
#include <memory>

#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

namespace fs = std::filesystem;

TEST(Objects, LargeObjectsGoRound) {
  const world::PostgresServer source;
  const world::PostgresServer target;
  make_shop(source);
  source.query(
      "shop",
      "SELECT lo_create(5000 + i) FROM generate_series(1, 2500) i;"
      "SELECT lo_put(5000 + i, 0, sha256(i::text::bytea)) FROM generate_series(1, 2500, 3) i;"
      "SELECT lo_from_bytea(9001, decode(repeat('00ff5c0a0d', 1000000), 'hex'));"
      "SELECT lo_create(9002); SELECT lo_put(9002, 5000000, 'after a hole');"
      "ALTER LARGE OBJECT 9001 OWNER TO shop_app; GRANT SELECT ON LARGE OBJECT 9002 TO shop_app;"
      "COMMENT ON LARGE OBJECT 9001 IS 'five megabytes'");
  Vya vya;
  vya.add("source", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "target", "--check"}), 0));

  EXPECT_EQ(differences(source, target), std::vector<std::string>{});
}

TEST(Objects, RowsOfATableComeOutAsCopyWritesThem) {
  const world::PostgresServer source;
  make_shop(source);
  source.query(
      "shop",
      "CREATE TABLE \"odd.name\" AS SELECT i, E'tab\\t line\\n \\\\ ä' || i AS t, null AS n"
      " FROM generate_series(1, 1000) i");
  Vya vya;
  vya.add("source", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));

  const world::Ended rows = vya.run({"cat", "source", "shop.public.\"odd.name\""});
  const world::Ended json = vya.run({"cat", "source", "shop.public.\"odd.name\"", "--json"});

  const auto copied =
      source.run_client("psql", {"-XqAt", "-d", "shop", "-c", "COPY \"odd.name\" TO STDOUT"});
  EXPECT_EQ(rows.output, copied.output);
  EXPECT_EQ(
      json.output.substr(0, json.output.find("[\"2\"")),
      "{\"version\":1,\"table\":\"shop.public.\\\"odd.name\\\"\",\"columns\":[\"i\",\"t\",\"n\"],"
      "\"rows\":1000}\n[\"1\",\"tab\\t line\\n \\\\ ä1\",null]\n");
  EXPECT_TRUE(
      ended_with(vya.run({"cat", "source", "shop.public.nothing"}), 7, {"no rows of a table"}));
  EXPECT_TRUE(ended_with(vya.run({"cat", "source", "nothing"}), 3, {"as the name of a table"}));
}

TEST(Objects, SettingsOfAllRolesGoRoundAlthoughPgDumpallForgetsThem) {
  const world::PostgresServer source;
  const world::PostgresServer target;
  make_shop(source);
  source.query("postgres", "ALTER ROLE ALL SET work_mem TO '7MB'");
  source.query("postgres",
               "ALTER ROLE ALL IN DATABASE shop SET search_path TO \"odd, schema\", public");
  Vya vya;
  vya.add("source", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "target"}), 0));

  const std::string all =
      "SELECT datname, setconfig FROM pg_db_role_setting LEFT JOIN pg_database d ON d.oid = "
      "setdatabase"
      " WHERE setrole = 0 ORDER BY 1";
  EXPECT_EQ(source.query("postgres", all).size(), 2U);
  EXPECT_EQ(target.query("postgres", all), source.query("postgres", all));
}

/// A server with a tablespace `fast`, in which are a database, a table and an index.
class Tablespaces : public testing::Test {
 protected:
  Tablespaces() : source_(std::make_unique<world::PostgresServer>()) {
    make_shop(*source_);
    const std::string folder = source_->make_folder("fast").string();
    source_->query("postgres", "CREATE TABLESPACE fast OWNER shop_app LOCATION '" + folder +
                                   "' WITH (random_page_cost = 1.5)");
    source_->query(
        "postgres",
        "GRANT CREATE ON TABLESPACE fast TO PUBLIC; COMMENT ON TABLESPACE fast IS 'new disks'");
    source_->query("postgres", "CREATE DATABASE quick TABLESPACE fast");
    source_->query("quick", "CREATE TABLE t AS SELECT generate_series(1, 10) AS i");
    source_->query(
        "shop",
        "ALTER TABLE orders SET TABLESPACE fast; ALTER INDEX orders_note_idx SET TABLESPACE fast");
    vya_.add("source", *source_);
    vya_.add("target", target_);
    if (vya_.run({"init"}).status != 0 || vya_.run({"backup", "source"}).status != 0) {
      throw Error(Fault::kInternal, "cannot prepare the backup");
    }
  }

  std::unique_ptr<world::PostgresServer> source_;
  world::PostgresServer target_;
  Vya vya_;
};

TEST_F(Tablespaces, WithoutTheirFolderTheyAreAGap) {
  source_.reset();  // and the folder with it

  const world::Ended restored = vya_.run({"restore", "source", "--to", "target", "--check"});

  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap missing-tablespace:fast"), std::string::npos)
      << restored.output;
  EXPECT_NE(restored.output.find("--tablespace fast=DIR"), std::string::npos) << restored.output;
  EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM orders"), "40000");
  EXPECT_EQ(target_.value("quick", "SELECT count(*) FROM t"), "10");
  EXPECT_EQ(target_.value("postgres", "SELECT count(*) FROM pg_tablespace"), "2");
}

const Rule kOtherFolder = {
    "a tablespace is in another folder, as it was told to",
    [](const std::string& line) { return line.find(" CREATE TABLESPACE ") != std::string::npos; }};

TEST_F(Tablespaces, GoWhereTheyAreToldTo) {
  const fs::path folder = target_.make_folder("elsewhere");

  const world::Ended restored =
      vya_.run({"restore", "source", "--to", "target", "--tablespace", "fast=" + folder.string()});

  EXPECT_TRUE(ended_with(restored, 0));
  EXPECT_EQ(differences(*source_, target_, {kOtherFolder}), std::vector<std::string>{});
  EXPECT_EQ(
      target_.value("postgres",
                    "SELECT pg_tablespace_location(oid) FROM pg_tablespace WHERE spcname = 'fast'"),
      folder);
  EXPECT_EQ(
      target_.value(
          "shop",
          "SELECT count(*) FROM pg_class WHERE reltablespace <> 0 AND relname LIKE 'orders%'"),
      "2");
}

/// What differs when servers were made with superusers of different names: each has its own, and
/// what the source's granted is granted by the target's.
std::vector<Rule> rules_for(const std::string& from, const std::string& to) {
  return {{"the target keeps the superuser that it was made with",
           [=](const std::string& line) {
             return line == "> CREATE ROLE " + to + ";" ||
                    line.starts_with("> ALTER ROLE " + to + " WITH SUPERUSER ");
           }},
          {"the language that initdb makes belongs to the superuser that it makes",
           [=](const std::string& line) {
             const bool is_plpgsql = line.find(": extension plpgsql ") != std::string::npos ||
                                     line.find(": member plpgsql_") != std::string::npos;
             const std::string& owner = line.starts_with("< ") ? from : to;
             return is_plpgsql && line.find(" " + owner) != std::string::npos;
           }},
          {"what the source's superuser granted is granted by the target's",
           [=](const std::string& line) {
             return line == "< GRANT shop_app TO reporter GRANTED BY " + from + ";" ||
                    line == "> GRANT shop_app TO reporter GRANTED BY " + to + ";";
           }}};
}

void expect_round_trip(const std::string& from, const std::string& to) {
  const world::PostgresServer source({.superuser = from});
  const world::PostgresServer target({.superuser = to});
  make_shop(source);
  source.query("postgres", "CREATE ROLE reporter LOGIN PASSWORD 'fake-reporter-password'");
  source.query("postgres", "GRANT shop_app TO reporter; ALTER ROLE reporter SET work_mem TO '5MB'");
  Vya vya;
  vya.add("source", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "target", "--check"}), 0));

  EXPECT_EQ(differences(source, target, rules_for(from, to)), std::vector<std::string>{});
}

TEST(Superusers, OneOfAnotherNameIsRestoredBesideTheTargetsOwn) {
  expect_round_trip("dba", "postgres");
}

TEST(Superusers, PostgresIsRestoredOnAServerOfAnotherSuperuser) {
  expect_round_trip("postgres", "dba");
}

TEST(Superusers, OneWhoIsNotTheFirstBacksUpAndRestores) {
  const world::PostgresOptions options{.hba = {"local all backup trust"}};
  const world::PostgresServer source(options);
  const world::PostgresServer target(options);
  make_shop(source);
  for (const world::PostgresServer* server : {&source, &target}) {
    server->query("postgres", "CREATE ROLE backup SUPERUSER LOGIN");
  }
  source.query("postgres", "CREATE ROLE reader; GRANT reader TO shop_app WITH ADMIN OPTION");
  source.query("postgres", "ALTER ROLE backup SET role TO reader");
  Vya vya;
  vya.add("source", "{engine: postgresql, host: " + source.host() + ", user: backup}");
  vya.add("target", "{engine: postgresql, host: " + target.host() +
                        ", user: backup, accept_gaps: {'kept-role:backup': 'it is who restores'}}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "target", "--check"}), 0));

  EXPECT_EQ(differences(source, target), std::vector<std::string>{});
}

}  // namespace
}  // namespace vya::story
