// A database in which nothing stands still: rows move, tables are truncated, renamed and rewritten,
// partitions come and go, indexes and functions are made anew, while backup after backup is taken.
// Each backup that succeeds is restored, and all that was changed together must be there together;
// and nobody may wait for us for longer than the configuration allows.
#include <atomic>
#include <memory>
#include <random>
#include <thread>

#include "tests/story/expectations.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"
#include "tests/story/writer.h"
#include "tests/world/full_run.h"

namespace vya::story {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr const char* kTables = R"(
CREATE TABLE noted (what text PRIMARY KEY, value bigint NOT NULL);
INSERT INTO noted VALUES ('moved', 1000), ('swaps', 0), ('measured', 0), ('version', 0), ('extra', 0);

CREATE TABLE inbox (id bigint);
CREATE TABLE archive (id bigint);
INSERT INTO inbox SELECT generate_series(1, 1000);

CREATE TABLE left_side (id int PRIMARY KEY, amount bigint NOT NULL);
CREATE TABLE right_side (LIKE left_side INCLUDING ALL);
INSERT INTO left_side SELECT i, 1000 FROM generate_series(1, 100) i UNION ALL SELECT 0, 0;
INSERT INTO right_side SELECT i, 1000 FROM generate_series(1, 100) i UNION ALL SELECT 0, 1;

CREATE TABLE measured (day int, value int) PARTITION BY RANGE (day);
CREATE TABLE old_values (day int, value int);

CREATE TABLE wide (id int PRIMARY KEY, version int NOT NULL, extra int NOT NULL DEFAULT 0, filler text);
INSERT INTO wide SELECT i, 0, 0, repeat('x', 100) FROM generate_series(1, 2000) i;

CREATE FUNCTION price() RETURNS int LANGUAGE sql AS 'SELECT 0';
CREATE FUNCTION checked_price() RETURNS int LANGUAGE sql AS 'SELECT 0';
)";

/// Names what is not as all transactions left it.
constexpr const char* kWrong = R"(
WITH n AS (SELECT what, value FROM noted)
SELECT concat_ws(', ',
  CASE WHEN (SELECT count(*) FROM inbox) + (SELECT count(*) FROM archive)
            <> (SELECT value FROM n WHERE what = 'moved') THEN 'moved rows' END,
  CASE WHEN (SELECT sum(amount) FROM left_side WHERE id > 0)
            + (SELECT sum(amount) FROM right_side WHERE id > 0) <> 200000 THEN 'amounts' END,
  CASE WHEN (SELECT amount FROM left_side WHERE id = 0)
            <> (SELECT value % 2 FROM n WHERE what = 'swaps') THEN 'names' END,
  CASE WHEN (SELECT count(*) FROM measured) + (SELECT count(*) FROM old_values)
            <> (SELECT value FROM n WHERE what = 'measured') THEN 'partitions' END,
  CASE WHEN (SELECT count(*) FROM wide
             WHERE version = (SELECT value FROM n WHERE what = 'version')) <> 2000
       THEN 'rewritten rows' END,
  CASE WHEN (SELECT count(*) FROM wide
             WHERE extra = (SELECT value FROM n WHERE what = 'extra')) <> 2000
       THEN 'added column' END,
  CASE WHEN price() <> checked_price() THEN 'functions' END))";

/// Waits for a random time, at the most so long. (Not on the server: a statement that sleeps there
/// holds a snapshot, for which REINDEX CONCURRENTLY waits.)
void rest(int most_milliseconds) {
  thread_local std::mt19937 random(std::random_device{}());
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::uniform_int_distribution<>(0, most_milliseconds)(random)));
}

std::string transaction(const std::string& statements) {
  return "BEGIN; " + statements + "; COMMIT";
}

std::string note(const std::string& what, const std::string& value) {
  return "; UPDATE noted SET value = " + value + " WHERE what = '" + what + "'";
}

std::string move_and_truncate(int) {
  rest(1500);
  return transaction(
      "INSERT INTO archive SELECT * FROM inbox; TRUNCATE inbox;"
      "INSERT INTO inbox SELECT generate_series(1, 1 + (random() * 100)::int)" +
      note("moved", "(SELECT count(*) FROM inbox) + (SELECT count(*) FROM archive)"));
}

std::string pay(int n) {
  rest(10);
  const std::string id = std::to_string(1 + n % 100);
  return transaction("UPDATE left_side SET amount = amount - 1 WHERE id = " + id +
                     "; UPDATE right_side SET amount = amount + 1 WHERE id = " + id);
}

std::string swap_names(int) {
  rest(8000);
  return transaction(
      "ALTER TABLE left_side RENAME TO other_side; ALTER TABLE right_side RENAME TO left_side;"
      "ALTER TABLE other_side RENAME TO right_side" +
      note("swaps", "value + 1"));
}

std::string rotate_partitions(int n) {
  const auto partition = [](int number) { return "measured_" + std::to_string(number); };
  std::string statements = "CREATE TABLE " + partition(n) +
                           " PARTITION OF measured FOR VALUES FROM (" + std::to_string(n) +
                           ") TO (" + std::to_string(n + 1) + "); INSERT INTO measured SELECT " +
                           std::to_string(n) + ", generate_series(1, 50)";
  // An attempt may have failed, and its partition is then not there.
  statements += "; DO $$ BEGIN IF to_regclass('" + partition(n - 3) +
                "') IS NOT NULL THEN ALTER TABLE measured DETACH PARTITION " + partition(n - 3) +
                "; INSERT INTO old_values SELECT * FROM " + partition(n - 3) + "; DROP TABLE " +
                partition(n - 3) + "; END IF; END $$";
  rest(8000);
  return transaction(statements + note("measured", "value + 50"));
}

std::string rewrite(int n) {
  rest(10000);
  const std::string type = n % 2 == 0 ? "int" : "bigint";
  return transaction("UPDATE wide SET version = " + std::to_string(n) +
                     "; ALTER TABLE wide ALTER COLUMN version TYPE " + type +
                     note("version", std::to_string(n)));
}

std::string replace_column(int n) {
  rest(10000);
  return transaction(
      "ALTER TABLE wide DROP COLUMN extra; ALTER TABLE wide ADD COLUMN extra int NOT NULL "
      "DEFAULT " +
      std::to_string(n) + note("extra", std::to_string(n)));
}

std::string replace_functions(int n) {
  const auto function = [&](const char* name) {
    return std::string("CREATE OR REPLACE FUNCTION ") + name +
           "() RETURNS int LANGUAGE sql AS 'SELECT " + std::to_string(n) + "'";
  };
  rest(12000);
  return transaction(function("price") + "; " + function("checked_price"));
}

/// What runs only outside of a transaction.
std::string reorganize(int n) {
  rest(6000);
  switch (n % 3) {
    case 0:
      return "VACUUM FULL archive";
    case 1:
      return "REINDEX TABLE CONCURRENTLY wide";
    default:
      return "CLUSTER wide USING wide_pkey";
  }
}

/// Looks ten times a second for how long anybody has been waiting for sessions of a backup.
class WaitWatch {
 public:
  explicit WaitWatch(const world::PostgresServer& server)
      : thread_([this, &server](const std::stop_token& stop) {
          pg::Connection looking(server.address(), "postgres", {});
          while (!stop.stop_requested()) {
            const std::string waited = looking.value(R"(
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0)
FROM pg_locks l JOIN pg_stat_activity w USING (pid)
WHERE NOT l.granted AND w.application_name NOT LIKE 'vya%' AND EXISTS (
  SELECT FROM pg_stat_activity b
  WHERE b.pid = ANY (pg_blocking_pids(l.pid)) AND b.application_name LIKE 'vya%'))");
            const Seconds seconds(std::stod(waited));
            if (seconds > longest_.load()) longest_ = seconds;
            if (seconds > Seconds(0)) ++seen_;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
          }
        }) {}

  Seconds longest() const { return longest_; }
  int seen() const { return seen_; }

 private:
  std::atomic<Seconds> longest_ = Seconds(0);
  std::atomic<int> seen_ = 0;
  std::jthread thread_;
};

/// Whether it was refused because too much changes, or because one change takes too long.
bool is_for_want_of_a_moment(const world::Ended& backup) {
  return backup.errors.find("cannot catch one moment of 'chaos'") != std::string::npos ||
         backup.errors.find("cannot lock table 'public.") != std::string::npos;
}

int wanted_backups() { return world::is_full_run() ? 50 : 4; }

TEST(Chaos, EveryBackupOfARestlessDatabaseIsOfOneMomentAndNobodyWaitsTooLong) {
  world::PostgresServer source;
  world::PostgresServer target;
  source.query("postgres", "CREATE DATABASE chaos");
  source.query("chaos", kTables);
  make_slow_table(source, "chaos", 100);
  Vya vya;
  vya.add("chaos", source, "include: [chaos], ddl_wait: 15s");
  vya.add("fresh", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  std::vector<std::unique_ptr<Writer>> writers;
  for (const auto& statements : {move_and_truncate, pay, swap_names, rotate_partitions, rewrite,
                                 replace_column, replace_functions, reorganize})
    writers.push_back(std::make_unique<Writer>(source, "chaos", statements));
  const WaitWatch waits(source);

  int good = 0;
  int refused = 0;
  std::string why;
  while (good < wanted_backups() && refused <= 2 * wanted_backups()) {
    const world::Ended backup = vya.run({"backup", "chaos"});
    if (backup.status == 12) {  // no moment was to be had: said, and nothing stored
      EXPECT_TRUE(is_for_want_of_a_moment(backup)) << backup.errors;
      ++refused;
      why = backup.errors;
      continue;
    }
    ASSERT_TRUE(ended_with(backup, 0));
    const std::string name = "chaos_" + std::to_string(++good);
    ASSERT_TRUE(ended_with(
        vya.run({"restore", "chaos", "--to", "fresh", "--database", "chaos=" + name, "--check"}),
        0));
    EXPECT_EQ(target.value(name, kWrong), "") << backup.errors;
    target.query("postgres", "DROP DATABASE " + name);
  }

  EXPECT_EQ(good, wanted_backups()) << refused << " were refused; the last one: " << why;
  for (const auto& writer : writers) EXPECT_GT(writer->done(), 0);
  EXPECT_GT(waits.seen(), 0) << "nobody ever waited: the test shows nothing";
  EXPECT_LT(waits.longest(), Seconds(20));  // 15 s, a look every second, and a busy machine
  RecordProperty("refused", refused);
  RecordProperty("longest_wait_ms", static_cast<int>(waits.longest().count() * 1000));
}

}  // namespace
}  // namespace vya::story
