// Much: a table of two gigabytes in bounded memory, with several sessions and no temporary file;
// ten thousand tables.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/file.h"
#include "tests/story/expectations.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

namespace fs = std::filesystem;

/// What is seen of a program while it runs.
struct Seen {
  std::uint64_t peak_memory = 0;  ///< resident, in bytes; its own, unlike what wait4 tells
  std::set<std::string> written;  ///< files that it had open for writing
};

/// A file below /proc, empty where what it tells of went away, be it between opening and reading.
std::string text_of(const fs::path& file) {
  try {
    return read_file(file).value_or("");
  } catch (const Error&) {
    return "";
  }
}

std::uint64_t peak_memory_of(pid_t pid) {
  const std::string status = text_of("/proc/" + std::to_string(pid) + "/status");
  const std::size_t at = status.find("VmHWM:");
  if (at == std::string::npos) return 0;
  return std::stoull(status.substr(at + 6)) * 1024;
}

/// Whether a descriptor can be written to (proc(5): fdinfo has the flags of open() in octal).
bool is_for_writing(const fs::path& process, const std::string& descriptor) {
  const std::string info = text_of(process / "fdinfo" / descriptor);
  const std::size_t at = info.find("flags:\t");
  return at != std::string::npos && (std::stoul(info.substr(at + 7), nullptr, 8) & O_ACCMODE) != 0;
}

std::set<std::string> written_files(pid_t pid) {
  const fs::path process = "/proc/" + std::to_string(pid);
  std::set<std::string> files;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator(process / "fd", gone)) {
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    const bool is_file =
        target.starts_with('/') && !target.starts_with("/dev/") && !target.starts_with("/memfd:");
    if (is_file && is_for_writing(process, entry.path().filename())) files.insert(target);
  }
  return files;
}

/// Looks at a running program until it ends.
Seen watch(const world::Program& program) {
  Seen seen;
  const std::set<std::string> inherited = written_files(::getpid());
  do {
    seen.peak_memory = std::max(seen.peak_memory, peak_memory_of(program.pid()));
    std::ranges::set_difference(written_files(program.pid()), inherited,
                                std::inserter(seen.written, seen.written.end()));
  } while (!program.ended_within(std::chrono::milliseconds(20)));
  return seen;
}

TEST(Scale, ATableOfTwoGigabytesNeedsLittleMemoryAndNoTemporaryFile) {
  const world::PostgresServer source(
      {.conf = {"max_wal_size = 4GB", "wal_level = minimal", "max_wal_senders = 0"}});
  source.query("postgres",
               "CREATE TABLE big AS SELECT i AS id, repeat(md5(i::text), 31) AS filler"
               " FROM generate_series(1, 2000000) i");
  ASSERT_GT(std::stoull(source.value("postgres", "SELECT pg_table_size('big')")), 2'000'000'000U);
  Vya vya;
  vya.add("big", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  // AddressSanitizer keeps what was freed, 256 MB of it unless told otherwise; that is not the
  // program's memory.
  vya.set_variable("ASAN_OPTIONS", "quarantine_size_mb=8");

  world::Program backup(vya.command({"backup", "big", "--jobs", "4"}));
  std::size_t sessions = 0;
  ASSERT_TRUE(soon([&] {
    sessions =
        std::stoull(source.value("postgres",
                                 "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND"
                                 " query LIKE 'COPY%\"big\"%'"));
    return sessions == 4;
  })) << sessions
      << " sessions at a time";
  const Seen seen = watch(backup);

  ASSERT_TRUE(ended_with(backup.wait(), 0));
  EXPECT_LT(seen.peak_memory, 256U * 1024 * 1024);
  EXPECT_GT(seen.peak_memory, 8U * 1024 * 1024) << "it was not measured";
  EXPECT_GT(vya.files(".zst").size(), 50U);
  EXPECT_FALSE(seen.written.empty());
  for (const std::string& file : seen.written)
    EXPECT_TRUE(file.starts_with(vya.repository().string())) << file;
  EXPECT_TRUE(ended_with(vya.run({"verify", "big"}), 0));
}

/// Waits until two sessions run such statements at the same time.
bool two_at_a_time(const world::PostgresServer& server, const std::string& statements) {
  const std::string count =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'vya' AND state = 'active'"
      " AND query LIKE '" +
      statements + "'";
  return soon([&] { return server.value("postgres", count) == "2"; });
}

TEST(Scale, ARestoreUsesItsSessionsForOneTableAndForItsIndexes) {
  const world::PostgresServer source;
  const world::PostgresServer target;
  source.query("postgres",
               "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 31) AS filler"
               " FROM generate_series(1, 90000) i;"
               "CREATE TABLE small AS SELECT generate_series(1, 4) AS i;"
               "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
               " 'BEGIN PERFORM pg_sleep(0.3); RETURN $1; END';"
               "CREATE INDEX one ON small (slow(i)); CREATE INDEX two ON small (slow(i + 1))");
  Vya vya;
  vya.add("source", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));

  world::Program restore(
      vya.command({"restore", "source", "--to", "target", "--jobs", "2", "--check"}));

  EXPECT_TRUE(two_at_a_time(target, "COPY%big%FROM STDIN%"));
  EXPECT_TRUE(two_at_a_time(target, "CREATE INDEX%"));
  EXPECT_TRUE(ended_with(restore.wait(), 0));
  EXPECT_EQ(target.value("postgres", "SELECT count(DISTINCT i) FROM big"), "90000");
}

TEST(Scale, TenThousandTablesAreTensOfObjects) {
  const world::PostgresOptions roomy{.conf = {"max_locks_per_transaction = 1024"}};
  const world::PostgresServer source(roomy);
  const world::PostgresServer target(roomy);
  source.query("postgres", "CREATE DATABASE many");
  // Numbers alone: a text column would make three files of each table.
  source.query("many",
               "DO $$ BEGIN FOR i IN 1..10000 LOOP"
               " EXECUTE format('CREATE TABLE t%s AS SELECT %s AS i, 7 AS j', i, i);"
               " END LOOP; END $$");
  Vya vya;
  vya.add("many", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"backup", "many"}), 0));
  EXPECT_LT(vya.files(".zst").size(), 60U);
  ASSERT_TRUE(ended_with(vya.run({"restore", "many", "--to", "target"}), 0));

  EXPECT_EQ(target.value("many", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"),
            "10000");
  EXPECT_EQ(target.value("many", "SELECT i + j FROM t9999"), "10006");
}

TEST(Scale, MoreTablesThanTheServerHasLocksForAreRefusedWithTheSetting) {
  const world::PostgresServer source(
      {.conf = {"max_locks_per_transaction = 10", "max_connections = 20"}});
  source.query("postgres", "CREATE DATABASE many");
  for (int hundred = 0; hundred < 5; ++hundred) {
    source.query("many",
                 "DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE format('CREATE TABLE t%s_%s (i int)', " +
                     std::to_string(hundred) + ", i); END LOOP; END $$");
  }
  Vya vya;
  vya.add("many", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  EXPECT_TRUE(ended_with(vya.run({"backup", "many"}), 12,
                         {"cannot lock", "tables", "hint: Raise max_locks_per_transaction"}));
  EXPECT_EQ(vya.backups().size(), 0U);
}

TEST(Scale, TablesThatFitIntoTheLocksAreNotRefused) {
  const world::PostgresServer source(
      {.conf = {"max_locks_per_transaction = 10", "max_connections = 50"}});
  source.query("postgres",
               "DO $$ BEGIN FOR i IN 1..200 LOOP EXECUTE format('CREATE TABLE t%s (i "
               "int)', i); COMMIT; END LOOP; END $$");
  Vya vya;
  vya.add("shop", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  EXPECT_TRUE(ended_with(vya.run({"backup", "shop", "--jobs", "1"}), 0));
}

TEST(Scale, MoreSessionsThanTheServerHasRoomForAreRefusedWithTheSetting) {
  const world::PostgresServer source;
  Vya vya;
  vya.add("shop", source);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  EXPECT_TRUE(ended_with(vya.run({"backup", "shop", "--jobs", "60"}), 12,
                         {"cannot open 64 sessions, one for a database and those that read",
                          "hint: Raise max_connections by "}));
  EXPECT_EQ(vya.backups().size(), 0U);
}

}  // namespace
}  // namespace vya::story
