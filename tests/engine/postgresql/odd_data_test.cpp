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
    EXPECT_EQ(restored.gap_ids(),
              (std::vector<std::string>{
                  R"(definition:FK CONSTRAINT "public"."b k")",
                  R"(definition:COMMENT ON CONSTRAINT "k" ON "b" of schema "public")"}));
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
  EXPECT_EQ(gaps[1].id(), R"(definition:COMMENT ON INDEX "by_twice" of schema "app")");
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

/// A CHECK with a function that was less strict when the rows were written.
constexpr const char* kStricterSince =
    "CREATE FUNCTION fits(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';"
    "CREATE DOMAIN small AS int CONSTRAINT \"of domain\" CHECK (public.fits(VALUE));"
    "COMMENT ON CONSTRAINT \"of domain\" ON DOMAIN small IS 'd';"
    "CREATE TABLE plain (i int, CONSTRAINT \"it fits\" CHECK (public.fits(i)),"
    " CONSTRAINT held CHECK (i > 0));"
    "COMMENT ON CONSTRAINT \"it fits\" ON plain IS 't';"
    "CREATE TABLE typed (i small);"
    "CREATE TABLE root (i int, CONSTRAINT inherited CHECK (public.fits(i))) PARTITION BY LIST (i);"
    "CREATE TABLE leaf_1 PARTITION OF root FOR VALUES IN (1);"
    "CREATE TABLE leaf_2 PARTITION OF root FOR VALUES IN (2);"
    "CREATE TABLE parent (i int CONSTRAINT alone CHECK (public.fits(i)) NO INHERIT);"
    "CREATE TABLE child (CONSTRAINT alone CHECK (i < 9)) INHERITS (parent);"
    "INSERT INTO plain VALUES (1), (2); INSERT INTO typed VALUES (2); INSERT INTO root VALUES (1),"
    " (2); INSERT INTO parent VALUES (2); INSERT INTO child VALUES (3);"
    "CREATE OR REPLACE FUNCTION fits(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT $1 < 2'";

TEST_P(OddData, PutsChecksThatAreNotHeldBackUnchecked) {
  const PostgresServer source({.major = GetParam()});
  source.query("postgres", kStricterSince);
  const PostgresServer empty({.major = GetParam()});

  Restored restored = bring(source, empty);

  std::vector<std::string> ids = restored.gap_ids();
  std::ranges::sort(ids);
  ASSERT_EQ(ids,
            (std::vector<std::string>{
                R"(check:"public"."parent"."alone")", R"(check:"public"."plain"."it fits")",
                R"(check:"public"."root"."inherited")", R"(check:"public"."small"."of domain")"}));
  const char* checks =
      "SELECT string_agg(format('%s %s %s %s %s %s', conrelid::regclass, contypid::regtype, "
      "conname,"
      " replace(pg_get_constraintdef(oid), ' NOT VALID', ''), coninhcount,"
      " obj_description(oid, 'pg_constraint')), '; ' ORDER BY conrelid::regclass::text, conname)"
      " FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace";
  EXPECT_EQ(empty.value("postgres", checks), source.value("postgres", checks));
  for (const Gap& gap : restored.gaps) EXPECT_THROW(empty.query("postgres", gap.cure), Error);
  empty.query("postgres",
              "CREATE OR REPLACE FUNCTION fits(int) RETURNS bool IMMUTABLE LANGUAGE sql AS"
              " 'SELECT true'");
  for (const Gap& gap : restored.gaps) EXPECT_NO_THROW(empty.query("postgres", gap.cure));
}

TEST_P(OddData, NamesIndexesThatRowsBreakAndAllThatStandsOnThem) {
  const PostgresServer source({.major = GetParam()});
  // Under an index that takes nothing in, as under a broken one, rows can be there twice.
  source.query(
      "postgres",
      "CREATE TABLE a (id int, r int4range, PRIMARY KEY (id), EXCLUDE USING gist (r WITH &&));"
      "COMMENT ON CONSTRAINT a_pkey ON a IS 'x';"
      "CREATE UNIQUE INDEX again ON a (id); CREATE INDEX plain ON a (id);"
      "CREATE TABLE b (id int REFERENCES a (id)); INSERT INTO a VALUES (1, '[1,5)');"
      "INSERT INTO b VALUES (1);"
      "UPDATE pg_index SET indisready = false WHERE indrelid = 'a'::regclass;");
  source.query("postgres",
               "ALTER TABLE a DISABLE TRIGGER ALL; INSERT INTO a VALUES (1, '[2,3)');"
               "UPDATE pg_index SET indisready = true WHERE indrelid = 'a'::regclass");
  const PostgresServer empty({.major = GetParam()});

  const Restored restored = bring(source, empty);

  std::vector<std::string> ids = restored.gap_ids();
  std::ranges::sort(ids);
  EXPECT_EQ(ids, (std::vector<std::string>{
                     R"(definition:COMMENT ON CONSTRAINT "a_pkey" ON "a" of schema "public")",
                     R"(definition:CONSTRAINT "public"."a a_pkey")",
                     R"(definition:CONSTRAINT "public"."a a_r_excl")",
                     R"(definition:FK CONSTRAINT "public"."b b_id_fkey")",
                     R"(definition:INDEX "public"."again")"}));
  EXPECT_EQ(empty.value("postgres",
                        "SELECT string_agg(relname, ' ') FROM pg_class"
                        " WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace"),
            "plain");
}

TEST_P(OddData, LoadsRowsThatNameIndexesAfterThem) {
  const PostgresServer source({.major = GetParam()});
  source.query("postgres",
               "CREATE TABLE noted (id int PRIMARY KEY, what regclass);"
               "CREATE INDEX by_what ON noted (what);"
               "CREATE TABLE refers (id int REFERENCES noted);"
               "CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS"
               " $$BEGIN RAISE EXCEPTION 'a trigger'; END$$;"
               "INSERT INTO noted VALUES (1, 'by_what'), (2, 'noted_pkey'), (3, 'noted');"
               "INSERT INTO refers VALUES (1);"
               "CREATE TRIGGER loud BEFORE INSERT ON noted FOR EACH ROW EXECUTE FUNCTION loud();"
               "CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM noted");
  const PostgresServer empty({.major = GetParam()});

  const Restored restored = bring(source, empty);

  EXPECT_EQ(restored.gap_ids(), std::vector<std::string>{});
  EXPECT_TRUE(is_told(restored, "are loaded after the indexes"));
  EXPECT_EQ(empty.value("postgres", "SELECT count FROM counted"), "3");
}

TEST_P(OddData, NamesATableWhoseRowsNameWhatIsNowhere) {
  const PostgresServer source({.major = GetParam()});
  source.query(
      "postgres",
      "CREATE FUNCTION twin(int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE FUNCTION twin(text) RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE TABLE noted AS SELECT oid::regproc AS what FROM pg_proc WHERE proname = 'twin';"
      "CREATE TABLE other AS SELECT 1 AS i");
  const PostgresServer empty({.major = GetParam()});
  const MemoryBackup backup = back_up(source);
  const Server server(empty.address(), "postgres");
  Notices notices;
  const std::unique_ptr<Target> target = prepare_target(server, backup, {.jobs = 1}, notices);

  restore(*target, backup);

  ASSERT_EQ(target->gaps().size(), 1U);
  EXPECT_EQ(target->gaps()[0].id(), R"(rows:"public"."noted")");
  EXPECT_EQ(empty.value("postgres", "SELECT count(*) FROM noted"), "0");
  EXPECT_EQ(empty.value("postgres", "SELECT count(*) FROM other"), "1");
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

/// A role with a name beyond ASCII that owns something in a database that is not in UTF8.
void make_foreign_names(const PostgresServer& source) {
  source.query("postgres", "CREATE ROLE \"n\u00fcr\"; CREATE ROLE other;");
  source.query("postgres", "CREATE DATABASE l TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'");
  Connection latin(source.address(), "l", {}, "LATIN1");  // its bytes come as they are
  latin.run("CREATE TABLE t (i int); ALTER TABLE t OWNER TO \"n\u00fcr\"");
}

constexpr const char* kOwner =
    "SELECT encode(decode(rolname::text, 'escape'), 'hex') FROM pg_class"
    " JOIN pg_roles r ON r.oid = relowner WHERE relname = 't'";

TEST(OddDataAcross, GivesRolesTheirNamesThroughADatabaseThatIsNotInUtf8) {
  const PostgresServer source;
  make_foreign_names(source);
  const PostgresServer empty({.encoding = "LATIN1", .locale = "C"});

  EXPECT_EQ(bring(source, empty).gap_ids(), std::vector<std::string>{});

  EXPECT_EQ(empty.value("l", kOwner), "6ec3bc72");
  EXPECT_EQ(source.value("l", kOwner), "6ec3bc72");
}

TEST(OddDataAcross, TakesAccountsWithNamesBeyondAsciiForADatabaseThatIsNotInUtf8) {
  const PostgresServer source;
  make_foreign_names(source);
  const MemoryBackup backup = back_up(source);
  const PostgresServer empty;
  const Server server(empty.address(), "postgres");
  Notices notices;
  const std::unique_ptr<Target> target =
      prepare_target(server, backup, {.jobs = 1, .accounts_of = {"l"}}, notices);

  EXPECT_EQ(target->plan().refusals, std::vector<std::string>{});
  restore(*target, backup);

  EXPECT_EQ(empty.value(
                "postgres",
                "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname !~ '^(pg_|postgres)'"),
            "n\u00fcr");
  EXPECT_EQ(empty.value("l", kOwner), "6ec3bc72");
}

}  // namespace
}  // namespace vya::pg
