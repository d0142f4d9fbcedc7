// The snapshot protocol against a real server: what it must never lose, and how it gives way.
#include "engine/postgresql/snapshot.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/engine/postgresql/snapshot_fixture.h"

namespace vya::pg {
namespace {

using namespace std::chrono_literals;

/// The loss that pg_dump has: it takes its snapshot first and then waits for the lock of the table
/// that is truncated.
TEST_F(PgSnapshotTest, NeverLosesRowsThatAreMovedWhileItBegins) {
  server_.query("postgres",
                "CREATE TABLE inbox (i int); INSERT INTO inbox SELECT generate_series(1, 1000);"
                "CREATE TABLE archive (i int)");
  Connection writer = session();
  writer.run("BEGIN; INSERT INTO archive SELECT * FROM inbox; TRUNCATE inbox");

  auto control = std::async(std::launch::async, [&] {
    return server_.run_client("pg_dump",
                              {"--data-only", "--table=inbox", "--table=archive", "postgres"});
  });
  auto frozen = std::async(std::launch::async, [&] { return freeze(); });
  std::this_thread::sleep_for(3500ms);  // both wait for the lock; ours has told of it
  writer.run("COMMIT");

  const world::Ended lost = control.get();
  EXPECT_EQ(lost.status, 0);
  EXPECT_EQ(lost.output.find("\n500\n"), std::string::npos) << "pg_dump no longer loses the rows";
  const auto snapshot = frozen.get();
  EXPECT_EQ(rows_of(*snapshot, "inbox") + rows_of(*snapshot, "archive"), 1000u);
  EXPECT_TRUE(watcher_.heard("waiting for the lock on table 'inbox'"))
      << "the wait was not told of";
}

TEST_F(PgSnapshotTest, SeesThatATableWasTruncatedAfterTheSnapshot) {
  server_.query("postgres", "CREATE TABLE t (i int); INSERT INTO t VALUES (1)");
  Connection reader = session();
  reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
  reader.value("SELECT 1");
  ASSERT_FALSE(relations_with_rows(reader).at(0).rewritten);

  server_.query("postgres", "TRUNCATE t");

  EXPECT_TRUE(relations_with_rows(reader).at(0).rewritten);
}

TEST_F(PgSnapshotTest, StartsOverWhenATriggerIsReplacedWhileDefinitionsAreRead) {
  server_.query("postgres",
                "CREATE TABLE t (i int);"
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                "CREATE TRIGGER watch BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
  const auto snapshot = freeze();
  const int database = snapshot->databases().at(0).number;
  dumped(*snapshot, {DocumentKind::kCatalog, database});

  server_.query("postgres",
                "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
                "NULL; END'");

  try {
    dumped(*snapshot, {DocumentKind::kSchema, database});
    FAIL() << "the replaced function was not noticed";
  } catch (const StartOver& e) {
    EXPECT_NE(std::string(e.what()).find("function \"public\".\"f\"() was changed"),
              std::string::npos)
        << e.what();
  }
}

TEST_F(PgSnapshotTest, SaysWhatWasChangedOrDropped) {
  server_.query("postgres",
                "CREATE TABLE t (i int DEFAULT 1, e int CONSTRAINT positive CHECK (e > 0));"
                "CREATE VIEW seen AS SELECT i FROM t; CREATE SCHEMA own;"
                "CREATE TRIGGER once BEFORE UPDATE ON t FOR EACH ROW"
                " EXECUTE FUNCTION suppress_redundant_updates_trigger();"
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC; CREATE TYPE mood AS "
                "ENUM ('good');"
                "CREATE SEQUENCE s; CREATE INDEX n ON t (i); CREATE POLICY p ON t USING (true);"
                "CREATE TEXT SEARCH CONFIGURATION words (COPY = simple)");
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"ALTER TABLE t ALTER COLUMN e SET STATISTICS 7", "column e of table public.t was changed"},
      {"ALTER TYPE mood RENAME VALUE 'good' TO 'fine'", "type public.mood was changed"},
      {"ALTER SEQUENCE s INCREMENT 7", "sequence public.s was changed"},
      {"ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING FOR word WITH english_stem",
       "text search configuration public.words was changed"},
      {"ALTER TABLE t ALTER COLUMN i DROP DEFAULT", "column i of table public.t was changed"},
      {"DROP POLICY p ON t", "a policy was dropped"},
      {"ALTER TABLE t SET (fillfactor = 50)", "table public.t was changed"},
      {"ALTER TABLE t RENAME CONSTRAINT positive TO above",
       "constraint above on table public.t was changed"},
      {"ALTER TRIGGER once ON t RENAME TO again", "trigger again on table public.t was changed"},
      {"CREATE OR REPLACE VIEW seen AS SELECT i FROM t WHERE i > 1",
       "rule _RETURN on view public.seen was changed"},
      {"ALTER SCHEMA own RENAME TO ours", "schema ours was changed"},
      {"ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO PUBLIC",
       "default privileges on new relations belonging to role postgres was changed"},
      {"ALTER INDEX n RENAME TO m", "index public.m was changed"}};
  for (const auto& [change, said] : changes) {
    Connection before = session();
    before.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const CatalogState state(before);

    server_.query("postgres", change);

    Connection fresh = session();
    fresh.run("SET search_path = ''");
    EXPECT_EQ(state.changed(before, fresh), said);
  }
}

TEST_F(PgSnapshotTest, IsNotDisturbedByNewDefinitionsAndTemporaryTables) {
  server_.query("postgres", "CREATE TABLE t (i int)");
  Connection other = session();
  other.run("CREATE TEMP TABLE scratch (i serial PRIMARY KEY)");
  const auto snapshot = freeze();
  dumped(*snapshot, {DocumentKind::kCatalog, 1});

  server_.query("postgres", "CREATE TABLE newcomer (i int); ANALYZE t");
  other.run("DROP TABLE scratch");

  const std::string schema = dumped(*snapshot, {DocumentKind::kSchema, 1});
  EXPECT_NE(schema.find("\"t\""), std::string::npos);
  EXPECT_EQ(schema.find("newcomer"), std::string::npos);
  EXPECT_NO_THROW(snapshot->confirm());
}

TEST_F(PgSnapshotTest, HasTheDefinitionsAlreadyWhereOthersAlwaysQueue) {
  server_.query("postgres", "CREATE TABLE t (i int)");
  experience_.definitions_first = true;
  const auto snapshot = freeze();
  auto altered = std::async(std::launch::async, [&] {
    session().run("SET lock_timeout = '20s'; ALTER TABLE t ADD COLUMN note text");
  });
  ASSERT_TRUE(watcher_.hears("ALTER TABLE t"));  // pg_dump would queue behind it now
  dumped(*snapshot, {DocumentKind::kCatalog, 1});

  EXPECT_NE(dumped(*snapshot, {DocumentKind::kSchema, 1}).find("CREATE TABLE"), std::string::npos);

  server_.query(
      "postgres",
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%ADD COLUMN note%'"
      " AND pid <> pg_backend_pid()");
  EXPECT_THROW(altered.get(), SqlError);
}

/// The preflight counts on it (capacity.cpp).
TEST_F(PgSnapshotTest, KeepsFewLocksOnTheSystemsTables) {
  server_.query("postgres", "CREATE TABLE t (i int)");
  const auto snapshot = freeze();
  for (const Document& document : snapshot->documents()) dumped(*snapshot, document);
  rows_of(*snapshot, "t");

  const std::string locks = server_.value(
      "postgres",
      "SELECT max(n) FROM (SELECT count(*) AS n FROM pg_locks JOIN pg_stat_activity a USING (pid)"
      " WHERE NOT fastpath AND application_name LIKE 'vya-%' GROUP BY pid) l");
  EXPECT_LE(std::stoi(locks), 30);
}

TEST_F(PgSnapshotTest, SeesThatEarlyDefinitionsAreNoLongerTrue) {
  Connection reader = session();
  const CatalogState before(reader);
  EXPECT_EQ(CatalogState(reader), before);

  server_.query("postgres", "CREATE TABLE newcomer (i int)");

  EXPECT_NE(CatalogState(reader), before);
}

TEST_F(PgSnapshotTest, NamesTheStatementThatWaitsAndGivesWayToIt) {
  server_.query("postgres", "CREATE TABLE t (i int); INSERT INTO t VALUES (1)");
  auto snapshot = freeze({.ddl_wait = 3s});

  auto altered = std::async(std::launch::async, [&] {
    session().run("SET lock_timeout = '60s'; ALTER TABLE t ADD COLUMN note text");
  });

  EXPECT_TRUE(watcher_.hears("ALTER TABLE t ADD COLUMN note text"));
  EXPECT_TRUE(watcher_.heard("(the snapshot is "));
  const auto gives_way = [&] {
    for (int i = 0; i < 100; ++i) {
      rows_of(*snapshot, "t");
      std::this_thread::sleep_for(100ms);
    }
  };
  EXPECT_THROW(gives_way(), StartOver);
  snapshot.reset();
  EXPECT_EQ(altered.wait_for(5s), std::future_status::ready);
}

/// A pg_dump that was only killed would stay on the server, with its locks, until it gets the next.
TEST_F(PgSnapshotTest, LeavesNoDumpThatWaitsForALock) {
  server_.query("postgres", "CREATE TABLE t (i int)");
  auto snapshot = freeze({.ddl_wait = 60s}, {.jobs = 1, .max_snapshot_age = 4s});
  auto altered = std::async(std::launch::async, [&] {
    session().run("SET lock_timeout = '60s'; ALTER TABLE t ADD COLUMN note text");
  });
  ASSERT_TRUE(watcher_.hears("ALTER TABLE t ADD COLUMN note text"));

  EXPECT_THROW(dumped(*snapshot, {DocumentKind::kSchema, 1}), SnapshotTooOld);

  EXPECT_EQ(locks_waited_for(), "1") << "only the ALTER TABLE";
  snapshot.reset();
  EXPECT_EQ(altered.wait_for(5s), std::future_status::ready);
}

/// Without a column to be copied the table is read by a query, which locks its indexes too.
TEST_F(PgSnapshotTest, ReadsATableForWhichSomeoneQueues) {
  server_.query("postgres",
                "CREATE TABLE t (i int GENERATED ALWAYS AS (1) STORED); CREATE INDEX ON t (i);"
                "INSERT INTO t SELECT FROM generate_series(1, 10)");
  const auto snapshot = freeze();
  auto altered = std::async(std::launch::async, [&] {
    session().run("SET lock_timeout = '20s'; ALTER TABLE t ADD COLUMN note text");
  });
  ASSERT_TRUE(watcher_.hears("ALTER TABLE t"));

  EXPECT_EQ(rows_of(*snapshot, "t"), 10u);
  EXPECT_EQ(locks_waited_for(), "1") << "somebody waited for the other";

  server_.query(
      "postgres",
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%ADD COLUMN note%'"
      " AND pid <> pg_backend_pid()");
  EXPECT_THROW(altered.get(), SqlError);
  EXPECT_NO_THROW(server_.query("postgres", "SET lock_timeout = '3s'; REINDEX TABLE t"));
}

TEST_F(PgSnapshotTest, KeepsNoLockOnIndexesBetweenSegments) {
  server_.query("postgres",
                "CREATE TABLE big (i int PRIMARY KEY, filler text);"
                "INSERT INTO big SELECT i, repeat('x', 1000) FROM generate_series(1, 40000) i");
  const auto snapshot = freeze();
  ASSERT_GT(snapshot->segments().at(0).range.to + snapshot->segments().at(0).range.from, "")
      << "not split";
  EXPECT_EQ(rows_of(*snapshot, "big"), 40000u);

  EXPECT_NO_THROW(server_.query("postgres", "SET lock_timeout = '3s'; REINDEX TABLE big"));

  EXPECT_EQ(rows_of(*snapshot, "big"), 40000u);
}

TEST_F(PgSnapshotTest, CountsEachChildAndEachPartitionOnce) {
  server_.query("postgres",
                "CREATE TABLE parent (i int); CREATE TABLE child () INHERITS (parent);"
                "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2), (3);"
                "CREATE TABLE bare (); CREATE TABLE heir (i int) INHERITS (bare);"
                "INSERT INTO bare DEFAULT VALUES; INSERT INTO heir VALUES (1);"
                "CREATE TABLE p (i int) PARTITION BY RANGE (i);"
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
                "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);"
                "INSERT INTO p SELECT generate_series(0, 14)");
  const auto snapshot = freeze();

  EXPECT_EQ(rows_of(*snapshot, "parent"), 1u);
  EXPECT_EQ(rows_of(*snapshot, "child"), 2u);
  EXPECT_EQ(rows_of(*snapshot, "bare"), 1u);
  EXPECT_EQ(rows_of(*snapshot, "heir"), 1u);
  EXPECT_EQ(rows_of(*snapshot, "p"), 0u);
  EXPECT_EQ(rows_of(*snapshot, "p1"), 10u);
  EXPECT_EQ(rows_of(*snapshot, "p2"), 5u);
  for (const Table& table : snapshot->tables()) {
    EXPECT_EQ(table.root.has_value(),
              table.name.name.starts_with("p") && table.name.name.size() == 2);
  }
}

TEST_F(PgSnapshotTest, ReadsASegmentAgainWhenItsSessionIsLost) {
  server_.query("postgres", "CREATE TABLE t AS SELECT generate_series(1, 10) AS i");
  const auto snapshot = freeze();
  EXPECT_EQ(rows_of(*snapshot, "t"), 10u);

  // The row session is idle now and will be used for the next segment.
  server_.query("postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'ROLLBACK "
                "TO SAVEPOINT part%'");

  EXPECT_THROW(rows_of(*snapshot, "t"), SegmentLost);
  EXPECT_EQ(rows_of(*snapshot, "t"), 10u);
}

TEST_F(PgSnapshotTest, StartsOverWhenTheSessionThatHoldsTheSnapshotIsLost) {
  server_.query("postgres", "CREATE TABLE t AS SELECT generate_series(1, 10) AS i");
  const auto snapshot = freeze();
  server_.query(
      "postgres",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'vya-%'");

  EXPECT_THROW(snapshot->confirm(), StartOver);
}

TEST_F(PgSnapshotTest, LeavesNoSessionAndNoLockBehind) {
  server_.query("postgres", "CREATE TABLE t AS SELECT generate_series(1, 10) AS i");
  auto snapshot = freeze();
  rows_of(*snapshot, "t");
  ASSERT_NE(locks_of_others(), "0");

  snapshot.reset();

  for (int i = 0; i < 50 && locks_of_others() != "0"; ++i) std::this_thread::sleep_for(100ms);
  EXPECT_EQ(locks_of_others(), "0");
}

TEST_F(PgSnapshotTest, NamesADatabaseThatAllowsNoConnections) {
  server_.query("postgres", "CREATE DATABASE legacy");
  server_.query("postgres", "ALTER DATABASE legacy ALLOW_CONNECTIONS false");

  const auto snapshot = freeze();

  ASSERT_EQ(snapshot->gaps().size(), 1u);
  EXPECT_EQ(snapshot->gaps()[0].id(), "closed-database:legacy");
  EXPECT_EQ(std::ranges::count(snapshot->databases(), "legacy", &Database::name), 0);
}

TEST_F(PgSnapshotTest, OpensAClosedDatabaseForTheMomentWhereToldTo) {
  server_.query("postgres", "CREATE DATABASE legacy");
  server_.query("legacy", "CREATE TABLE old AS SELECT generate_series(1, 3) AS i");
  server_.query("postgres", "ALTER DATABASE legacy ALLOW_CONNECTIONS false");

  auto snapshot = freeze({.open_closed_databases = true});

  EXPECT_TRUE(snapshot->gaps().empty());
  EXPECT_EQ(rows_of(*snapshot, "old"), 3u);
  EXPECT_NE(dumped(*snapshot, {DocumentKind::kGlobals, 0}).find("\"allow_connections\":false"),
            std::string::npos);
  snapshot.reset();
  EXPECT_EQ(
      server_.value("postgres", "SELECT datallowconn FROM pg_database WHERE datname = 'legacy'"),
      "f");
}

TEST_F(PgSnapshotTest, RefusesToLockMoreThanTheServerHasRoomFor) {
  server_.query("postgres",
                "DO $$ BEGIN FOR i IN 1..8000 LOOP EXECUTE 'CREATE UNLOGGED TABLE t' || i || ' ()';"
                " IF i % 1000 = 0 THEN COMMIT; END IF; END LOOP; END $$");
  try {
    freeze();
    FAIL() << "it tried";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::kRefused);
    EXPECT_NE(e.hint().find("max_locks_per_transaction"), std::string::npos);
  }
}

TEST_F(PgSnapshotTest, TakesTheChosenDatabasesOnly) {
  server_.query("postgres", "CREATE DATABASE shop");
  server_.query("postgres", "CREATE DATABASE shop_test");

  const auto snapshot = freeze({}, {.include = {"shop*"}, .exclude = {"*_test"}});

  ASSERT_EQ(snapshot->databases().size(), 1u);
  EXPECT_EQ(snapshot->databases()[0].name, "shop");
  EXPECT_THROW(freeze({}, {.include = {"nothing"}}), Error);
}

}  // namespace
}  // namespace vya::pg
