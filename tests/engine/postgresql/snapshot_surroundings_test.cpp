// What happens while a snapshot is being taken, and what others did to the server before: the
// backup must notice it or not care.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "engine/postgresql/snapshot.h"
#include "tests/engine/postgresql/snapshot_fixture.h"

namespace vya::pg {
namespace {

using namespace std::chrono_literals;

TEST_F(PgSnapshotTest, LocksATableThatAppearsWhileItWaitsForAnother) {
  server_.query("postgres", "CREATE TABLE t (i int)");
  Connection holder = session();
  holder.run("BEGIN; LOCK TABLE t");
  auto frozen = std::async(std::launch::async, [&] { return freeze(); });
  EXPECT_TRUE(watcher_.hears("waiting for the lock on table 't'"));
  server_.query("postgres", "CREATE TABLE newcomer AS SELECT 1 AS i");
  holder.run("COMMIT");

  const auto snapshot = frozen.get();

  EXPECT_EQ(rows_of(*snapshot, "newcomer"), 1u);
  EXPECT_THROW(server_.query("postgres", "SET lock_timeout = '100ms'; TRUNCATE newcomer"), Error);
}

TEST_F(PgSnapshotTest, StartsOverWhenATableThatAppearedIsEmptiedBeforeItIsLocked) {
  server_.query("postgres", "CREATE TABLE t (i int)");
  Connection holder = session();
  holder.run("BEGIN; LOCK TABLE t");
  auto frozen = std::async(std::launch::async, [&] { return freeze(); });
  EXPECT_TRUE(watcher_.hears("waiting for the lock on table 't'"));
  server_.query("postgres", "CREATE TABLE newcomer AS SELECT 1 AS i");
  Connection emptier = session();
  emptier.run("BEGIN; TRUNCATE newcomer");
  holder.run("COMMIT");
  EXPECT_TRUE(watcher_.hears("waiting for the lock on table 'newcomer'"));
  emptier.run("COMMIT");

  EXPECT_THROW(frozen.get(), StartOver);
}

TEST_F(PgSnapshotTest, StartsOverWhenATableIsDroppedBeforeItIsLocked) {
  server_.query("postgres", "CREATE TABLE t (i int); CREATE TABLE gone (i int)");
  Connection holder = session();
  holder.run("BEGIN; LOCK TABLE t");
  auto frozen = std::async(std::launch::async, [&] { return freeze(); });
  EXPECT_TRUE(watcher_.hears("waiting for the lock on table 't'"));
  server_.query("postgres", "DROP TABLE gone");
  holder.run("COMMIT");

  EXPECT_THROW(frozen.get(), StartOver);
}

/// Half of a deadlock would be ours, and the server would end the other half as likely.
TEST_F(PgSnapshotTest, NeverMakesATransactionOfTheApplicationTheVictimOfADeadlock) {
  server_.query("postgres", "CREATE TABLE a (i int); CREATE TABLE b (i int)");
  Connection application = session();
  application.run("BEGIN; LOCK TABLE b");
  auto frozen = std::async(std::launch::async, [&] { return freeze(); });

  for (int i = 0; i < 20; ++i) {
    EXPECT_NO_THROW(application.run("SAVEPOINT s; LOCK TABLE a; ROLLBACK TO SAVEPOINT s"));
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_TRUE(watcher_.heard("waiting for the lock on table 'b'"));
  application.run("COMMIT");

  EXPECT_NO_THROW(frozen.get());
}

/// A materialized view cannot be locked, so it can go at any time.
TEST_F(PgSnapshotTest, StartsOverWhenAMaterializedViewIsDroppedBeforeItIsRead) {
  server_.query("postgres", "CREATE MATERIALIZED VIEW seen AS SELECT 1 AS i");
  const auto snapshot = freeze();
  server_.query("postgres", "DROP MATERIALIZED VIEW seen");

  EXPECT_THROW(rows_of(*snapshot, "seen"), StartOver);
}

/// Each database has its own snapshot, and what belongs to none of them must be the same in all.
TEST_F(PgSnapshotTest, StartsOverWhenAccountsChangeBetweenItsDatabases) {
  for (const char* name : {"a", "b", "c", "d"}) {
    server_.query("postgres", std::string("CREATE DATABASE ") + name);
  }
  server_.query("postgres", "CREATE ROLE app");
  const std::jthread writer([this](const std::stop_token& stop) {
    Connection connection = session();
    for (int limit = 1; !stop.stop_requested(); ++limit) {
      connection.run("ALTER ROLE app CONNECTION LIMIT " + std::to_string(limit));
    }
  });
  const auto freeze_often = [this] {
    for (int i = 0; i < 50; ++i) freeze();
  };

  EXPECT_THROW(freeze_often(), StartOver);
}

TEST_F(PgSnapshotTest, SeesThatLongValuesOfATableWereRewrittenAlone) {
  server_.query("postgres", "CREATE TABLE t (long_value text)");
  const std::string values =
      server_.value("postgres", "SELECT reltoastrelid::regclass FROM pg_class WHERE relname = 't'");
  Connection reader = session();
  reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
  ASSERT_FALSE(relations_with_rows(reader).at(0).rewritten);

  server_.query("postgres", "VACUUM FULL " + values);

  EXPECT_TRUE(relations_with_rows(reader).at(0).rewritten);
}

/// The change comes between the early look at one database and the locks, while another database
/// makes everybody wait.
TEST_F(PgSnapshotTest, ReadsDefinitionsAgainThatChangedSinceTheEarlyLook) {
  server_.query("postgres", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1111'");
  server_.query("postgres", "CREATE DATABASE zoo");
  server_.query("zoo", "CREATE TABLE t (i int)");
  experience_.definitions_first = true;
  Connection holder = session("zoo");
  holder.run("BEGIN; LOCK TABLE t");
  auto frozen = std::async(std::launch::async, [&] { return freeze(); });
  for (int i = 0; i < 100 && locks_waited_for() == "0"; ++i) std::this_thread::sleep_for(100ms);
  server_.query("postgres",
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2222'");
  holder.run("COMMIT");

  const auto snapshot = frozen.get();
  dumped(*snapshot, {DocumentKind::kCatalog, 1});

  EXPECT_NE(dumped(*snapshot, {DocumentKind::kSchema, 1}).find("SELECT 2222"), std::string::npos);
}

/// No extension of Debian's marks tables like this one does, so it is told to.
TEST_F(PgSnapshotTest, TakesRowsOfAnExtensionsTableByItsCondition) {
  server_.query("postgres",
                "CREATE EXTENSION pg_trgm; CREATE TABLE of_extension AS SELECT 1 AS i;"
                "CREATE TABLE settings (i int, ours bool);"
                "INSERT INTO settings VALUES (1, false), (2, true), (3, true);"
                "ALTER EXTENSION pg_trgm ADD TABLE of_extension;"
                "ALTER EXTENSION pg_trgm ADD TABLE settings;"
                "UPDATE pg_extension SET extconfig = ARRAY['settings'::regclass::oid],"
                " extcondition = ARRAY['WHERE ours'] WHERE extname = 'pg_trgm'");

  const auto snapshot = freeze();

  ASSERT_EQ(snapshot->tables().size(), 1u);
  EXPECT_EQ(snapshot->tables()[0].kind, TableKind::kConfiguration);
  EXPECT_EQ(rows_of(*snapshot, "settings"), 2u);
}

/// A row's fingerprint is of its text, so its text must be of the row alone.
TEST_F(PgSnapshotTest, WritesValuesAlikeWhateverTheServersSettings) {
  server_.query("postgres",
                "CREATE TABLE t AS SELECT timestamptz '2026-02-01 12:00Z' AS at,"
                " interval '-1 day +2:03:04' AS took, 1 / 3.0::float8 AS ratio,"
                " bytea '\\x00ff' AS raw");
  for (const char* setting :
       {"DateStyle TO 'SQL, DMY'", "IntervalStyle TO 'sql_standard'", "TimeZone TO 'Asia/Tokyo'",
        "extra_float_digits TO -10", "bytea_output TO 'escape'"}) {
    server_.query("postgres", std::string("ALTER DATABASE postgres SET ") + setting);
  }
  const auto snapshot = freeze();
  TextSink text;

  snapshot->dump(snapshot->segments().at(0), text);

  EXPECT_EQ(text.text(),
            "2026-02-01 12:00:00+00\t-1 days +02:03:04\t0.3333333333333333\t\\\\x00ff\n");
}

}  // namespace
}  // namespace vya::pg
