// A target on real servers: what it refuses, what it says when something goes wrong, and what it
// leaves behind.
#include "engine/postgresql/target.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/postgresql/memory_backup.h"
#include "tests/engine/postgresql/sample_database.h"
#include "tests/world/error_of.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using world::PostgresServer;

Entry table_entry(int id, const std::string& name, const std::string& columns) {
  return {.id = id,
          .section = Section::kPreData,
          .kind = "TABLE",
          .schema = "public",
          .name = name,
          .owner = "app",
          .definition = "CREATE TABLE \"public\".\"" + name + "\" (" + columns + ");\n",
          .drop = "DROP TABLE \"public\".\"" + name + "\";\n"};
}

Entry index_entry(int id, const std::string& definition) {
  return {.id = id,
          .section = Section::kPostData,
          .kind = "INDEX",
          .schema = "public",
          .name = "i" + std::to_string(id),
          .owner = "app",
          .definition = definition,
          .dependencies = {1}};
}

Globals globals_with(std::vector<DatabaseProperties> databases) {
  Globals globals;
  globals.roles = {Role{.name = "app",
                        .login = true,
                        .verifier = Secret("SCRAM-SHA-256$4096:c2FsdA==$"
                                           "c3RvcmVkc3RvcmVkc3RvcmVkc3RvcmVkc3RvcmU=:"
                                           "c2VydmVyc2VydmVyc2VydmVyc2VydmVyc2VydmU=")},
                   Role{.name = "postgres", .bootstrap = true, .superuser = true, .login = true}};
  globals.databases = std::move(databases);
  return globals;
}

constexpr int kShop = 1;
const Table kOrders{
    .database = kShop, .number = 1, .name = {"public", "orders"}, .columns = {"id", "name"}};

/// A database with one table, two rows and an index.
MemoryBackup small_backup() {
  MemoryBackup backup;
  backup.facts = {.product = "PostgreSQL", .version = "15.1", .major = 15};
  backup.set(globals_with({properties("shop", kShop)}));
  backup.add({kShop, "shop", "UTF8"}, {},
             {table_entry(1, "orders", "id int, name text"),
              index_entry(2, "CREATE INDEX i2 ON public.orders (id);\n")});
  backup.add(kOrders, "1\tone\n2\ttwo\n");
  return backup;
}

/// A target on a server, with what it needs.
struct OnServer {
  OnServer(const PostgresServer& postgres, const MemoryBackup& from,
           const RestoreOptions& options = {.jobs = 2})
      : server(postgres.address(), "postgres"),
        target(prepare_target(server, from, options, notices)) {}

  Notices notices;
  Server server;
  std::unique_ptr<Target> target;
};

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += sentence + "\n";
  return text;
}

TEST(Target, TakesAServerAsInitdbLeavesIt) {
  const PostgresServer postgres;
  postgres.query("postgres", "CREATE TEMP TABLE t (i int)");  // leaves its schema behind
  const MemoryBackup backup = small_backup();
  EXPECT_EQ(joined(OnServer(postgres, backup).target->plan().refusals), "");
}

TEST(Target, NamesWhatIsInADatabaseThatIsInTheWay) {
  const PostgresServer postgres;
  postgres.query("template1", "CREATE SCHEMA mine; SELECT lo_create(4711)");
  postgres.query("template1", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  MemoryBackup backup = small_backup();
  backup.set(globals_with({properties("template1", kShop)}));
  backup.all_databases = {{kShop, "template1", "UTF8"}};
  const OnServer on(postgres, backup);
  const std::string refusals = joined(on.target->plan().refusals);
  for (const char* what : {"database \"template1\" exists", "schema mine", "large object 4711",
                           "function \"public\".\"f\"()"}) {
    EXPECT_NE(refusals.find(what), std::string::npos) << what << " is not in " << refusals;
  }
  EXPECT_EQ(error_of([&] { restore_until_rows(*on.target); }).fault(), Fault::kRefused);
}

TEST(Target, RefusesALocaleThatTheServerDoesNotHave) {
  const PostgresServer postgres;
  MemoryBackup backup = small_backup();
  DatabaseProperties database = properties("shop", kShop);
  database.collate = "xx_XX.UTF-8";
  backup.set(globals_with({database}));
  EXPECT_NE(joined(OnServer(postgres, backup).target->plan().refusals).find("xx_XX.UTF-8"),
            std::string::npos);
  EXPECT_EQ(postgres.value("postgres", "SELECT count(*) FROM pg_collation WHERE oid >= 16384"),
            "0");
}

TEST(Target, ChangesNothingWithAPlan) {
  const PostgresServer postgres;
  const std::vector<std::string> before = dump_all(postgres);
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  EXPECT_FALSE(on.target->plan().steps.empty());
  EXPECT_EQ(difference(before, dump_all(postgres)), "");
}

TEST(Target, CountsWhatItRestored) {
  const PostgresServer postgres;
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore(*on.target, backup);
  const Totals expected = {
      {"roles", 1}, {"databases", 1}, {"tables", 1}, {"definitions", 2}, {"indexes", 1}};
  EXPECT_EQ(on.target->totals(), expected);
  EXPECT_EQ(postgres.value("shop", "SELECT string_agg(name, ',' ORDER BY id) FROM orders"),
            "one,two");
}

TEST(Target, WritesNoVerifierToTheServersLog) {
  const PostgresServer postgres(
      {.conf = {"log_statement = 'all'", "log_min_duration_statement = 0"}});
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore(*on.target, backup);
  EXPECT_EQ(postgres.value("postgres",
                           "SELECT rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname = 'app'"),
            "t");
  EXPECT_NE(postgres.log().find("statement:"), std::string::npos);  // the log says something
  EXPECT_EQ(postgres.log().find("c2FsdA"), std::string::npos);
}

TEST(Target, TiesAnErrorToItsEntry) {
  const PostgresServer postgres;
  MemoryBackup backup = small_backup();
  backup.all_databases.clear();
  backup.add({kShop, "shop", "UTF8"}, {}, {table_entry(1, "orders", "id nosuchtype")});
  const OnServer on(postgres, backup);
  const Error error = error_of([&] { restore_until_rows(*on.target); });
  EXPECT_EQ(error.fault(), Fault::kSql);
  EXPECT_EQ(error.message(),
            "cannot restore TABLE \"public\".\"orders\" of database \"shop\": type \"nosuchtype\" "
            "does not exist");
}

TEST(Target, EndsAllThreadsWhenOneEntryFails) {
  const PostgresServer postgres;
  MemoryBackup backup = small_backup();
  backup.all_databases.clear();
  std::vector<Entry> entries = {table_entry(1, "orders", "id int, name text")};
  for (int id = 2; id < 40; ++id) {
    entries.push_back(index_entry(id, "CREATE INDEX i" + std::to_string(id) +
                                          " ON public.orders (" + (id == 20 ? "nocolumn" : "id") +
                                          ");\n"));
  }
  backup.add({kShop, "shop", "UTF8"}, {}, entries);
  const OnServer on(postgres, backup, {.jobs = 4});
  const Error error = error_of([&] { restore(*on.target, backup); });
  EXPECT_EQ(error.fault(), Fault::kSql);
  EXPECT_NE(error.message().find("INDEX \"public\".\"i20\" of database \"shop\""),
            std::string::npos)
      << error.message();
}

TEST(Target, LeavesNoRowOfASinkThatWasAbandoned) {
  const PostgresServer postgres;
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore_until_rows(*on.target);
  for (const Loading loading : {Loading::kWhole, Loading::kSmall, Loading::kShared}) {
    on.target->load(kOrders, loading)->write(as_bytes("1\tone\n"));
  }
  EXPECT_EQ(postgres.value("shop", "SELECT count(*) FROM orders"), "0");
}

TEST(Target, FreezesOnlyTheRowsOfTablesThatAreWorthIt) {
  for (const auto& [loading, frozen] : {std::pair{Loading::kWhole, "t"}, {Loading::kSmall, "f"}}) {
    const PostgresServer postgres;
    const MemoryBackup backup = small_backup();
    const OnServer on(postgres, backup);
    restore_until_rows(*on.target);
    const std::unique_ptr<Sink> sink = on.target->load(kOrders, loading);
    sink->write(as_bytes("1\tone\n"));
    sink->finish();
    postgres.query("shop", "CREATE EXTENSION pg_visibility");
    EXPECT_EQ(postgres.value("shop", "SELECT all_frozen FROM pg_visibility_map('orders', 0)"),
              frozen);
  }
}

TEST(Target, SharesATableAmongSinks) {
  const PostgresServer postgres;
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore_until_rows(*on.target);
  const std::unique_ptr<Sink> first = on.target->load(kOrders, Loading::kShared);
  const std::unique_ptr<Sink> second = on.target->load(kOrders, Loading::kShared);
  first->write(as_bytes("1\tone\n"));
  second->write(as_bytes("2\ttwo\n"));
  second->finish();
  first->finish();
  EXPECT_EQ(postgres.value("shop", "SELECT count(*) FROM orders"), "2");
}

TEST(Target, NamesTheTableWhoseRowsTheServerRefuses) {
  const PostgresServer postgres;
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore_until_rows(*on.target);
  const std::unique_ptr<Sink> sink = on.target->load(kOrders, Loading::kWhole);
  sink->write(as_bytes("one\tone\n"));
  const Error error = error_of([&] { sink->finish(); });
  EXPECT_EQ(error.fault(), Fault::kSql);
  EXPECT_TRUE(error.message().starts_with(
      "cannot load the rows of table \"public\".\"orders\" of database \"shop\": "))
      << error.message();
}

TEST(Target, NamesTheTableWhenTheConnectionIsLost) {
  const PostgresServer postgres;
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore_until_rows(*on.target);
  const std::unique_ptr<Sink> sink = on.target->load(kOrders, Loading::kWhole);
  postgres.query(
      "postgres",
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'shop'");
  const Error error = error_of([&] {
    sink->write(as_bytes("1\tone\n"));
    sink->finish();
  });
  EXPECT_EQ(error.fault(), Fault::kConnection);
  EXPECT_NE(error.message().find("\"orders\""), std::string::npos) << error.message();
}

TEST(Target, RefusesRowsOfLargeObjectsThatAreNone) {
  const PostgresServer postgres;
  const MemoryBackup backup = small_backup();
  const OnServer on(postgres, backup);
  restore_until_rows(*on.target);
  const Table objects{.database = kShop, .number = 2, .kind = TableKind::kLargeObjects};
  for (const char* row : {"x\t0\t\\\\x00\n", "1\t0\t\\\\x0\n", "1\t0\n", "1\t0\t\\\\xzz\n"}) {
    const std::unique_ptr<Sink> sink = on.target->load(objects, Loading::kWhole);
    EXPECT_EQ(error_of([&] { sink->write(as_bytes(row)); }).fault(), Fault::kCheckFailed) << row;
  }
}

TEST(Target, MakesAGapOfASettingThatTheServerDoesNotKnow) {
  const PostgresServer postgres;
  MemoryBackup backup = small_backup();
  Globals globals = globals_with({properties("shop", kShop)});
  globals.settings = {{"app", "", "no_such_setting", "1"}, {"app", "", "work_mem", "5MB"}};
  backup.set(globals);
  const OnServer on(postgres, backup);
  restore(*on.target, backup);
  ASSERT_EQ(on.target->gaps().size(), 1U);
  EXPECT_EQ(on.target->gaps()[0].kind, "setting");
  EXPECT_EQ(on.target->gaps()[0].cure, R"(ALTER ROLE "app" SET "no_such_setting" TO '1')");
  EXPECT_EQ(postgres.value("postgres", "SELECT setconfig FROM pg_db_role_setting"),
            "{work_mem=5MB}");
}

TEST(Target, MakesGapsOfWhatIsDerivedFromRowsAndCannotBe) {
  const PostgresServer postgres;
  MemoryBackup backup = small_backup();
  backup.all_databases.clear();
  Catalog catalog;
  catalog.populated_views = {{"public", "broken"}, {"public", "fine"}};
  const auto view = [](int id, const std::string& name, const std::string& query) {
    Entry entry = table_entry(id, name, "");
    entry.kind = "MATERIALIZED VIEW";
    entry.definition =
        "CREATE MATERIALIZED VIEW public." + name + " AS " + query + " WITH NO DATA;\n";
    return entry;
  };
  Entry statistics = table_entry(4, "s", "");
  statistics.section = Section::kPostData;
  statistics.kind = "STATISTICS";
  statistics.definition = "CREATE STATISTICS public.s ON (1 / (id - id)) FROM public.orders;\n";
  backup.add({kShop, "shop", "UTF8"}, catalog,
             {table_entry(1, "orders", "id int, name text"),
              view(2, "broken", "SELECT 1 / (id - id) AS i FROM public.orders"),
              view(3, "fine", "SELECT id FROM public.orders"), statistics});
  const OnServer on(postgres, backup);
  restore(*on.target, backup);
  std::vector<std::string> gaps;
  for (const Gap& gap : on.target->gaps()) gaps.push_back(gap.kind + ": " + gap.cure);
  EXPECT_EQ(gaps, (std::vector<std::string>{
                      "materialized-view: REFRESH MATERIALIZED VIEW \"public\".\"broken\"",
                      "statistics: ANALYZE \"public\".\"orders\""}));
  EXPECT_EQ(postgres.value("shop", "SELECT count(*) FROM fine"), "2");
  EXPECT_EQ(postgres.value("shop", "SELECT count(*) FROM pg_stats WHERE tablename = 'fine'"), "1");
}

TEST(Target, EndsWhereTheServerIsInTroubleAndMakesNoGapOfThat) {
  const PostgresServer postgres;
  MemoryBackup backup = small_backup();
  backup.all_databases.clear();
  Entry full = table_entry(1, "no_room()", "");
  full.kind = "FUNCTION";
  full.drop = "DROP FUNCTION public.no_room();\n";
  full.definition =
      "CREATE FUNCTION public.no_room() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; "
      "END';\n";
  Entry view = table_entry(2, "v", "");
  view.kind = "MATERIALIZED VIEW";
  view.definition = "CREATE MATERIALIZED VIEW public.v AS SELECT public.no_room() WITH NO DATA;\n";
  Catalog catalog;
  catalog.extensions = {{"plpgsql", "1.0", "pg_catalog"}};
  catalog.populated_views = {{"public", "v"}};
  backup.add({kShop, "shop", "UTF8"}, catalog,
             {table_entry(3, "orders", "id int, name text"), full, view});
  const OnServer on(postgres, backup);
  const Error error = error_of([&] { restore(*on.target, backup); });
  EXPECT_EQ(error.fault(), Fault::kSql);
  EXPECT_NE(error.message().find("cannot refresh materialized view \"public\".\"v\""),
            std::string::npos)
      << error.message();
}

MemoryBackup backup_with_tablespace() {
  MemoryBackup backup = small_backup();
  Globals globals = globals_with({properties("shop", kShop)});
  globals.tablespaces = {Tablespace{.name = "fast",
                                    .owner = "app",
                                    .location = "/nowhere/fast",
                                    .options = {"random_page_cost=1.5"},
                                    .comment = "quick"}};
  globals.databases[0].tablespace = "fast";
  backup.set(globals);
  backup.all_databases.clear();
  Entry table = table_entry(1, "orders", "id int, name text");
  table.tablespace = "fast";
  backup.add({kShop, "shop", "UTF8"}, {}, {table});
  return backup;
}

TEST(Target, PutsATablespaceWithoutAFolderIntoTheDefaultOne) {
  const PostgresServer postgres;
  const MemoryBackup backup = backup_with_tablespace();
  const OnServer on(postgres, backup);
  restore(*on.target, backup);
  ASSERT_EQ(on.target->gaps().size(), 1U);
  EXPECT_EQ(on.target->gaps()[0].id(), "missing-tablespace:fast");
  EXPECT_EQ(postgres.value("shop", "SELECT count(*) FROM orders"), "2");
}

TEST(Target, PutsATablespaceWhereItIsTold) {
  const PostgresServer postgres;
  const std::string folder = postgres.make_folder("fast").string();
  const MemoryBackup backup = backup_with_tablespace();
  const OnServer on(postgres, backup, {.jobs = 1, .tablespace_folders = {{"fast", folder}}});
  restore(*on.target, backup);
  EXPECT_EQ(on.target->gaps(), std::vector<Gap>{});
  EXPECT_EQ(postgres.value(
                "shop",
                "SELECT spcname || ' ' || spcoptions::text || pg_get_userbyid(spcowner) FROM"
                " pg_tablespace t JOIN pg_database d ON d.dattablespace = t.oid AND d.datname ="
                " 'shop'"),
            "fast {random_page_cost=1.5}app");
}

}  // namespace
}  // namespace vya::pg
