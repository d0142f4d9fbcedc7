// More databases than there are connections: they are held group after group.
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <set>
#include <vector>

#include "engine/postgresql/snapshot.h"
#include "stream/lines.h"
#include "tests/engine/postgresql/recording_watcher.h"
#include "tests/world/error_of.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using namespace std::chrono_literals;

/// With 20 connections, 3 of them reserved, there is room for about 9 databases at a time.
class Groups : public testing::Test {
 protected:
  Groups() {
    for (int i = 10; i < 24; ++i)
      server_.query("postgres", "CREATE DATABASE d" + std::to_string(i) + " STRATEGY file_copy");
  }

  std::unique_ptr<PgSnapshot> freeze(const FreezeOptions& freeze = {.include = {"d*"}, .jobs = 1},
                                     const Options& options = {}) {
    return std::make_unique<PgSnapshot>(Server(server_.address(), "postgres"), options, freeze,
                                        experience_, watcher_);
  }

  int sessions() const {
    return std::stoi(server_.value(
        "postgres", "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'vya-%'"));
  }

  static std::string globals_of(PgSnapshot& snapshot) {
    TextSink text;
    snapshot.dump({DocumentKind::kGlobals, 0}, text);
    return text.text();
  }

  static bool is_among(const std::vector<Gap>& gaps, const std::string& id) {
    return std::ranges::any_of(gaps, [&](const Gap& gap) { return gap.id() == id; });
  }

  Connection session(const std::string& database) {
    return Connection(server_.address(), database, {});
  }

  world::PostgresServer server_{{.conf = {"max_connections = 20", "autovacuum = off"}}};
  Experience experience_;
  RecordingWatcher watcher_;
};

TEST_F(Groups, HoldEachDatabaseOnceAndLeaveConnectionsToOthers) {
  const auto snapshot = freeze();
  std::set<std::string> names;
  int number = 0;
  unsigned groups = 0;
  do {
    ++groups;
    EXPECT_EQ(snapshot->facts().moments, groups);
    EXPECT_EQ(snapshot->facts().group.first, static_cast<std::size_t>(number) + 1);
    EXPECT_GT(snapshot->databases().size(), 1U);
    EXPECT_LE(sessions(), 13) << "17, and 3 for others";
    for (const Database& database : snapshot->databases()) {
      EXPECT_EQ(database.number, ++number);
      EXPECT_TRUE(names.insert(database.name).second);
    }
    snapshot->confirm();
  } while (snapshot->advance());

  EXPECT_EQ(names.size(), 14U);
  EXPECT_GE(groups, 2U);
  EXPECT_EQ(snapshot->facts().group.groups, groups);
  EXPECT_LT(snapshot->facts().taken, snapshot->facts().last_taken);
  EXPECT_TRUE(snapshot->gaps().empty());
  EXPECT_TRUE(watcher_.heard(" of 14 databases at a time"));
}

TEST_F(Groups, AreOneWhereThereIsRoom) {
  const auto snapshot = freeze({.include = {"d1*"}, .jobs = 1});

  EXPECT_EQ(snapshot->databases().size(), 10U);
  EXPECT_EQ(snapshot->facts().group,
            (DatabaseGroup{.first = 1, .last = 10, .of = 10, .groups = 1}));
  EXPECT_EQ(snapshot->documents().at(0), (Document{DocumentKind::kGlobals, 0}));
  EXPECT_FALSE(snapshot->advance());
  EXPECT_EQ(snapshot->databases().size(), 10U);
}

TEST_F(Groups, HaveTheServersDocumentsWithTheLastOne) {
  const auto snapshot = freeze();
  const auto has_globals = [&] {
    return std::ranges::count(snapshot->documents(), Document{DocumentKind::kGlobals, 0}) == 1;
  };
  EXPECT_FALSE(has_globals());
  while (snapshot->advance()) EXPECT_EQ(has_globals(), snapshot->facts().group.is_last());

  const std::string globals = globals_of(*snapshot);

  EXPECT_NE(globals.find("\"number\":1,\"name\":\"d10\""), std::string::npos) << globals;
  EXPECT_NE(globals.find("\"number\":14,\"name\":\"d23\""), std::string::npos) << globals;
  EXPECT_NE(globals.find("\"number\":0,\"name\":\"postgres\""), std::string::npos) << globals;
}

TEST_F(Groups, NameAccountsThatChangeBetweenThem) {
  server_.query("postgres", "CREATE ROLE leaving LOGIN SUPERUSER; CREATE ROLE staying");
  const auto snapshot = freeze();
  server_.query("postgres", "DROP ROLE leaving; ALTER ROLE staying CONNECTION LIMIT 7");

  while (snapshot->advance()) {
  }

  EXPECT_TRUE(is_among(snapshot->gaps(), "accounts:leaving"));
  EXPECT_TRUE(is_among(snapshot->gaps(), "accounts:staying"));
  EXPECT_EQ(snapshot->gaps().size(), 2U);
  const std::string globals = globals_of(*snapshot);
  EXPECT_NE(globals.find("\"name\":\"leaving\",\"bootstrap\":false,\"superuser\":false"),
            std::string::npos)
      << globals;
}

TEST_F(Groups, NameDatabasesThatAreGoneBeforeTheirTurn) {
  const auto snapshot = freeze();
  server_.query("postgres", "DROP DATABASE d23");
  server_.query("postgres", "ALTER DATABASE d22 RENAME TO renamed");
  server_.query("postgres", "DROP DATABASE d21");
  server_.query("postgres", "CREATE DATABASE d21");
  server_.query("postgres", "ALTER DATABASE d20 ALLOW_CONNECTIONS false");
  server_.query("postgres", "CREATE DATABASE d31");
  server_.query("postgres", "CREATE DATABASE elsewhere");

  while (snapshot->advance()) {
  }

  EXPECT_EQ(snapshot->facts().group.last, 10U);
  for (const char* gap : {"dropped-database:d23", "dropped-database:d22", "dropped-database:d21",
                          "closed-database:d20"})
    EXPECT_TRUE(is_among(snapshot->gaps(), gap)) << gap;
  EXPECT_TRUE(watcher_.heard("database 'd31' was created after the backup began"));
  EXPECT_FALSE(watcher_.heard("'elsewhere'"));
}

TEST_F(Groups, EndWithTheServersDocumentsWhenNoDatabaseIsLeft) {
  const auto snapshot = freeze();
  const std::size_t held = snapshot->databases().size();
  for (std::size_t i = 10 + held; i < 24; ++i)
    server_.query("postgres", "DROP DATABASE d" + std::to_string(i));

  ASSERT_TRUE(snapshot->advance());

  EXPECT_TRUE(snapshot->databases().empty());
  EXPECT_EQ(snapshot->documents().size(), 2U);
  EXPECT_NE(globals_of(*snapshot).find("\"number\":1,\"name\":\"d10\""), std::string::npos);
  EXPECT_FALSE(snapshot->advance());
}

TEST_F(Groups, AreTakenAgainByThemselvesWhenDefinitionsChange) {
  server_.query("d21", "CREATE TABLE t (i int); CREATE TABLE u (i int)");
  const auto snapshot = freeze();
  Connection holder = session("d21");
  holder.run("BEGIN; LOCK TABLE t");
  auto advanced = std::async(std::launch::async, [&] { return snapshot->advance(); });
  EXPECT_TRUE(watcher_.hears("waiting for the lock on table 't'"));
  server_.query("d21", "DROP TABLE u");
  holder.run("COMMIT");

  EXPECT_TRUE(advanced.get());

  EXPECT_TRUE(watcher_.heard("starting over with the databases from "));
  EXPECT_EQ(std::ranges::count(snapshot->tables(), 1, &Table::number), 1);
}

TEST_F(Groups, CanBeTakenAgainAsOfAnotherMoment) {
  const auto snapshot = freeze();
  ASSERT_TRUE(snapshot->advance());
  const SnapshotFacts before = snapshot->facts();
  const std::vector<Database> databases = snapshot->databases();
  server_.query(databases.front().name, "CREATE TABLE newcomer (i int)");
  ASSERT_TRUE(snapshot->tables().empty());

  snapshot->retake();

  EXPECT_EQ(snapshot->databases(), databases);
  EXPECT_EQ(snapshot->tables().size(), 1U);
  EXPECT_EQ(snapshot->facts().moments, before.moments);
  EXPECT_EQ(snapshot->facts().taken, before.taken);
  EXPECT_GT(snapshot->facts().last_taken, before.last_taken);
}

/// Nothing is held meanwhile.
TEST_F(Groups, WaitWhereOthersTookAllConnections) {
  const auto snapshot = freeze({.include = {"d*"}, .jobs = 6});
  std::vector<Connection> others;
  for (int i = 0; i < 9; ++i) others.push_back(session("postgres"));
  auto advanced = std::async(std::launch::async, [&] { return snapshot->advance(); });
  EXPECT_TRUE(watcher_.hears("waiting for room for the next databases: "));

  others.clear();

  EXPECT_TRUE(advanced.get());
}

TEST_F(Groups, HaveEachAnAgeOfItsOwn) {
  const auto snapshot =
      freeze({.include = {"d*"}, .jobs = 1, .max_snapshot_age = std::chrono::seconds(5)});
  std::this_thread::sleep_for(5500ms);
  EXPECT_THROW(snapshot->confirm(), SnapshotTooOld);
  const auto before = std::chrono::steady_clock::now();

  EXPECT_TRUE(snapshot->advance());

  EXPECT_GT(snapshot->facts().held_since, before);
}

TEST_F(Groups, AreRefusedWhereOneDatabaseNeedsMoreLocksThanThereAre) {
  world::PostgresServer small({.conf = {"max_connections = 20", "max_locks_per_transaction = 20"}});
  for (int i = 10; i < 24; ++i)
    small.query("postgres", "CREATE DATABASE d" + std::to_string(i) + " STRATEGY file_copy");
  for (int part = 0; part < 2; ++part) {
    small.query("d23",
                "DO $$ BEGIN FOR i IN 1..200 LOOP EXECUTE format('CREATE TABLE t%s_%s ()', " +
                    std::to_string(part) + ", i); COMMIT; END LOOP; END $$");
  }

  const Error error = error_of([&] {
    const PgSnapshot snapshot(Server(small.address(), "postgres"), {},
                              {.include = {"d*"}, .jobs = 1}, experience_, watcher_);
  });

  EXPECT_EQ(error.fault(), Fault::kRefused);
  EXPECT_NE(error.message().find("cannot lock the 400 tables of database 'd23'"), std::string::npos)
      << error.message();
  EXPECT_NE(error.hint().find("max_locks_per_transaction from 20 to 64"), std::string::npos)
      << error.hint();
}

TEST_F(Groups, AreRefusedWhereAStandbysReplayIsToBePaused) {
  const world::PostgresServer standby({.standby_of = &server_, .conf = {"max_connections = 20"}});
  const Server server(standby.address(), "postgres");
  for (int i = 0; i < 200; ++i) {
    if (standby.value("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'd__'") ==
        "14")
      break;
    std::this_thread::sleep_for(50ms);
  }

  const Error error = error_of([&] {
    const PgSnapshot snapshot(server, {.pause_replay = true}, {.include = {"d*"}, .jobs = 1},
                              experience_, watcher_);
  });

  EXPECT_EQ(error.fault(), Fault::kRefused);
  EXPECT_NE(error.message().find("at one position, as pause_replay asks"), std::string::npos)
      << error.message();
  EXPECT_NE(error.hint().find("max_connections to "), std::string::npos) << error.hint();
}

}  // namespace
}  // namespace vya::pg
