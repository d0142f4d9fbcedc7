// Data that a plain restore stumbles over: each comes back, and what is not as it was is named.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "engine/postgresql/target.h"
#include "stream/lines.h"
#include "tests/engine/postgresql/memory_backup.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using world::PostgresServer;

struct Restored {
  std::vector<Gap> gaps;
  std::vector<std::string> notices;

  std::vector<std::string> gap_ids() const {
    std::vector<std::string> ids;
    for (const Gap& gap : gaps) ids.push_back(gap.id());
    return ids;
  }
};

/// From one server to another; all rows are read again and compared.
Restored bring(const PostgresServer& source, const PostgresServer& empty) {
  const MemoryBackup backup = back_up(source);
  const Server server(empty.address(), "postgres");
  Notices notices;
  const std::unique_ptr<Target> target = prepare_target(server, backup, {.jobs = 1}, notices);
  EXPECT_EQ(target->plan().refusals, std::vector<std::string>{});
  restore(*target, backup);
  std::map<std::pair<int, TableName>, std::string> stored;
  std::map<std::pair<int, TableName>, std::string> found;
  for (const Table& table : backup.all_tables) {
    const std::pair key(table.database, table.root.value_or(table.name));
    const auto text = backup.rows.find({table.database, table.number});
    if (text != backup.rows.end()) stored[key] += text->second;
    TextSink rows;
    target->reread(table, rows);
    found[key] += rows.text();
  }
  for (const auto& [table, text] : found)
    EXPECT_EQ(lines_of(text), lines_of(stored[table])) << table.second.name;
  return {target->gaps(), notices.sentences};
}

bool is_told(const Restored& restored, const std::string& words) {
  return std::ranges::any_of(restored.notices, [&](const std::string& notice) {
    return notice.find(words) != std::string::npos;
  });
}

class OddData : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!world::newest_postgres_bin(GetParam()))
      GTEST_SKIP() << "NOT TESTED: PostgreSQL " << GetParam() << " is not installed";
  }
};
INSTANTIATE_TEST_SUITE_P(Majors, OddData, testing::Values(15, 17, 18));

TEST_P(OddData, AddsAForeignKeyThatIsNotHeldWithoutACheck) {
  const PostgresServer source({.major = GetParam()});
  source.query("postgres",
               "CREATE TABLE a (id int PRIMARY KEY);"
               "CREATE TABLE \"b;\" (id int, CONSTRAINT \"to a\" FOREIGN KEY (id) REFERENCES a"
               " ON DELETE CASCADE DEFERRABLE);"
               "COMMENT ON CONSTRAINT \"to a\" ON \"b;\" IS 'broken';"
               "SET session_replication_role = replica; INSERT INTO \"b;\" VALUES (7)");
  const PostgresServer empty({.major = GetParam()});

  const Restored restored = bring(source, empty);

  ASSERT_EQ(restored.gap_ids(), std::vector<std::string>{R"(foreign-key:"public"."b;"."to a")"});
  EXPECT_EQ(empty.value("postgres",
                        "SELECT pg_get_constraintdef(oid) || obj_description(oid) FROM"
                        " pg_constraint WHERE contype = 'f'"),
            "FOREIGN KEY (id) REFERENCES a(id) ON DELETE CASCADE DEFERRABLE NOT VALIDbroken");
  EXPECT_THROW(empty.query("postgres", restored.gaps[0].cure), Error);
  empty.query("postgres", "INSERT INTO a VALUES (7)");
  EXPECT_NO_THROW(empty.query("postgres", restored.gaps[0].cure));
}

TEST_P(OddData, NamesAForeignKeyThatCannotBeThereUnchecked) {
  const PostgresServer source({.major = GetParam()});
  source.query("postgres",
               "CREATE TABLE a (id int PRIMARY KEY);"
               "CREATE TABLE b (id int CONSTRAINT k REFERENCES a) PARTITION BY LIST (id);"
               "COMMENT ON CONSTRAINT k ON b IS 'broken';"
               "CREATE TABLE b7 PARTITION OF b FOR VALUES IN (7);"
               "SET session_replication_role = replica; INSERT INTO b VALUES (7)");
  const PostgresServer empty({.major = GetParam()});

  const Restored restored = bring(source, empty);

  if (GetParam() >= 18) {
    EXPECT_EQ(restored.gap_ids(), std::vector<std::string>{R"(foreign-key:"public"."b"."k")"});
  } else {
    EXPECT_EQ(
        restored.gap_ids(),
        (std::vector<std::string>{R"(definition:FK CONSTRAINT "public"."b k")",
                                  R"(definition:COMMENT "public"."CONSTRAINT ""k"" ON ""b""")"}));
  }
}

constexpr const char* kUnqualified =
    "CREATE SCHEMA app; CREATE TABLE app.limits (most int); INSERT INTO app.limits VALUES (10);"
    "CREATE FUNCTION app.fits(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS"
    " 'BEGIN RETURN (SELECT coalesce(max(most), 10) FROM limits) >= $1; END';"
    "CREATE FUNCTION app.twice(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
    " 'BEGIN PERFORM fits($1); RETURN $1 * 2; END';"
    "CREATE DOMAIN app.small AS int CHECK (app.fits(VALUE));"
    "SET search_path = app;";

TEST_P(OddData, GivesFunctionsThatLoadingCallsTheSourcesSearchPath) {
  const PostgresServer source({.major = GetParam()});
  source.query("postgres", "ALTER DATABASE postgres SET search_path = app, public");
  source.query("postgres",
               std::string(kUnqualified) +
                   "CREATE TABLE checked (i int CHECK (fits(i)));"
                   "INSERT INTO checked VALUES (1), (2);"
                   "CREATE TABLE generated (i int, j int GENERATED ALWAYS AS"
                   " (twice(i)) STORED); INSERT INTO generated VALUES (1);"
                   "CREATE TABLE of_domain (i small); INSERT INTO of_domain VALUES (1)");
  const PostgresServer empty({.major = GetParam()});

  const Restored restored = bring(source, empty);

  EXPECT_EQ(restored.gap_ids(), std::vector<std::string>{});
  for (const char* table : {"checked", "generated", "of_domain"}) {
    EXPECT_TRUE(is_told(restored, std::string("table \"app\".\"") + table +
                                      "\" of database \"postgres\" are loaded with the source's "
                                      "search_path"))
        << table;
  }
  EXPECT_EQ(empty.value("postgres", "SELECT j FROM app.generated"), "2");
}

TEST_P(OddData, UsesTheSearchPathThatAnOwnerHasWithoutASetting) {
  const PostgresServer source({.major = GetParam()});
  source.query("postgres", "CREATE ROLE app");
  source.query("postgres", std::string(kUnqualified) +
                               "CREATE TABLE checked (i int CHECK (fits(i)));"
                               "INSERT INTO checked VALUES (1); ALTER TABLE checked OWNER TO app;");
  const PostgresServer empty({.major = GetParam()});

  EXPECT_EQ(bring(source, empty).gap_ids(), std::vector<std::string>{});
}

constexpr const char* kIndexed =
    "CREATE TABLE indexed (i int); INSERT INTO indexed VALUES (1);"
    "CREATE INDEX by_twice ON indexed (twice(i)); COMMENT ON INDEX by_twice IS 'x';"
    "CREATE MATERIALIZED VIEW stored AS SELECT twice(i) FROM indexed;";

TEST(OddDataAcross, GivesIndexesAndViewsTheSourcesSearchPath) {
  const PostgresServer source;
  source.query("postgres", "ALTER DATABASE postgres SET search_path = app");
  source.query("postgres", std::string(kUnqualified) + kIndexed);
  const PostgresServer empty;

  const Restored restored = bring(source, empty);

  EXPECT_EQ(restored.gap_ids(), std::vector<std::string>{R"(statistics:"app"."indexed")"});
  EXPECT_TRUE(is_told(restored, "search_path was \"app\" to restore INDEX \"app\".\"by_twice\""));
  EXPECT_TRUE(is_told(restored, "search_path was \"app\" to refresh materialized view"));
}

TEST(OddDataAcross, NamesWhatNewerServersRefuseWithAnySearchPath) {
  if (!world::newest_postgres_bin(17)) GTEST_SKIP() << "NOT TESTED: no PostgreSQL 17";
  const PostgresServer source;
  source.query("postgres", "ALTER DATABASE postgres SET search_path = app");
  source.query("postgres", std::string(kUnqualified) + kIndexed);
  const PostgresServer empty({.major = 17});
  const MemoryBackup backup = back_up(source);
  const Server server(empty.address(), "postgres");
  Notices notices;
  const std::unique_ptr<Target> target = prepare_target(server, backup, {.jobs = 2}, notices);

  restore(*target, backup);

  const std::vector<Gap> gaps = target->gaps();
  ASSERT_EQ(gaps.size(), 3U);
  EXPECT_EQ(gaps[0].id(), R"(definition:INDEX "app"."by_twice")");
  EXPECT_EQ(gaps[1].id(), R"(definition:COMMENT "app"."INDEX ""by_twice""")");
  EXPECT_EQ(gaps[2].id(), R"(materialized-view:"app"."stored")");
}

TEST_P(OddData, SendsRowsThatAPartitionRefusesThroughTheRoot) {
  const PostgresServer source({.major = GetParam()});
  // On the source rows of both kinds have a partition of their own, here all are in the second.
  source.query("postgres",
               "CREATE FUNCTION part_of(int) RETURNS int IMMUTABLE LANGUAGE sql AS"
               " $$SELECT CASE current_setting('cluster_name') WHEN 'new' THEN 1 ELSE $1 % 2 END$$;"
               "CREATE TABLE t (i int) PARTITION BY LIST (public.part_of(i));"
               "CREATE TABLE t_0 PARTITION OF t FOR VALUES IN (0);"
               "CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);"
               "INSERT INTO t SELECT generate_series(1, 100)");
  const PostgresServer empty({.major = GetParam(), .conf = {"cluster_name = new"}});

  const Restored restored = bring(source, empty);

  EXPECT_EQ(restored.gap_ids(), std::vector<std::string>{});
  EXPECT_TRUE(is_told(restored, "through \"public\".\"t\""));
  EXPECT_EQ(empty.value("postgres", "SELECT count(*) FROM t_1"), "100");
}

TEST_P(OddData, KeepsValuesThatSettingsWriteInManyWays) {
  const PostgresServer source({.major = GetParam(), .conf = {"lc_monetary = 'C.UTF-8'"}});
  source.query("postgres", "CREATE DATABASE l TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'");
  source.query("l", "CREATE TABLE t (x text); INSERT INTO t VALUES (U&'\\00e9\\00ff')");
  source.query(
      "postgres",
      "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
      "CREATE TABLE t (m money, c regclass, p regprocedure, y regtype, r regrole, n regnamespace,"
      " f regconfig, o regoperator, x text COLLATE blind, d timestamptz, v interval, b bytea,"
      " e float8) PARTITION BY RANGE (x);"
      "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('a') TO ('M');"
      "CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM ('M') TO ('z');"
      "INSERT INTO t VALUES (-1234.5, 't', 'lower(text)', 'int[]', 'postgres', 'public', 'german',"
      " '+(int,int)', 'B', now(), '-1 mon 3 days 4:05', '\\x00ff', 1e-300 / 3),"
      " (1e12, 'pg_class', 'upper(text)', 't', 'pg_monitor', 'pg_catalog', 'simple', '-(int,int)',"
      " 'xY', 'infinity', '0', '', 'NaN')");
  const PostgresServer empty({.major = GetParam()});

  EXPECT_EQ(bring(source, empty).gap_ids(), std::vector<std::string>{});
}

}  // namespace
}  // namespace vya::pg
