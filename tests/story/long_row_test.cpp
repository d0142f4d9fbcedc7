// Long rows: one of 300 MB, and those whose text is longer than the server itself can write.
#include <gtest/gtest.h>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/full_run.h"

namespace vya::story {
namespace {

using world::PostgresServer;

/// The thread sanitizer keeps several bytes for each one of ours.
constexpr bool kMemoryTells =
#ifdef __SANITIZE_THREAD__
    false;
#else
    true;
#endif

world::PostgresOptions roomy() {
  return {.conf = {"max_wal_size = 8GB", "wal_level = minimal", "max_wal_senders = 0"}};
}

/// Ready for a backup of the one server to the other, with AddressSanitizer not keeping what was
/// freed.
void prepare(Vya& vya, const PostgresServer& source, const PostgresServer& target) {
  vya.add("source", source);
  vya.add("target", target);
  vya.set_variable("ASAN_OPTIONS", "quarantine_size_mb=8");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
}

TEST(LongRow, Of300MegabytesNeedsThreeTimesAsMuchMemoryAtMost) {
  if (!kMemoryTells) GTEST_SKIP() << "NOT TESTED: memory, under the thread sanitizer";
  constexpr std::uint64_t kRow = 300'000'000;
  const PostgresServer source(roomy());
  const PostgresServer target(roomy());
  source.query("postgres",
               "CREATE TABLE long AS SELECT 1 AS id, repeat('three hundred ', 21428572) AS text"
               " UNION ALL SELECT 2, 'short'");
  ASSERT_GE(std::stoull(source.value("postgres", "SELECT max(octet_length(text)) FROM long")),
            kRow);
  Vya vya;
  prepare(vya, source, target);

  const world::Ended backup = vya.run({"backup", "source"});
  const world::Ended restore = vya.run({"restore", "source", "--to", "target"});

  EXPECT_TRUE(ended_with(backup, 0));
  EXPECT_TRUE(ended_with(restore, 0));
  EXPECT_LT(backup.peak_memory, 3 * kRow);
  const std::uint64_t at_rest = vya.run({"--version"}).peak_memory;
  EXPECT_LT(restore.peak_memory, at_rest + kRow / 4) << "it holds no row";
  const char* digest = "SELECT string_agg(md5(text), ' ' ORDER BY id) FROM long";
  EXPECT_EQ(target.value("postgres", digest), source.value("postgres", digest));
}

TEST(LongRow, OfMoreTextThanTheServerWritesComesBack) {
  if (!world::is_full_run())
    GTEST_SKIP() << "NOT TESTED: rows of more than 1 GiB of text; VYA_FULL=1 tests them";
  if (!kMemoryTells) GTEST_SKIP() << "NOT TESTED: memory, under the thread sanitizer";
  // Twice the bytes of the row, and once more where a sanitizer's realloc has both blocks for a
  // while.
  constexpr std::uint64_t kMost = 2'400'000'000;
  const PostgresServer source(roomy());
  const PostgresServer target(roomy());
  source.query(
      "postgres",
      "CREATE TABLE files (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data bytea, note text);"
      "INSERT INTO files (note) VALUES ('first');"
      "INSERT INTO files (data) VALUES"
      " (decode(repeat('ab', 400000000), 'hex') || decode(repeat('0c', 200000000), 'hex'));"
      "INSERT INTO files (note) VALUES (repeat('\\', 560000000)), (null), (E'la\\tst')");
  Vya vya;
  prepare(vya, source, target);

  const world::Ended backup = vya.run({"backup", "source"});
  EXPECT_TRUE(ended_with(backup, 0, {"as text, so they are read in binary"}));
  EXPECT_LT(backup.peak_memory, kMost);
  EXPECT_TRUE(ended_with(vya.run({"verify", "source"}), 0));
  const world::Ended restore = vya.run({"restore", "source", "--to", "target", "--check"});
  EXPECT_TRUE(ended_with(restore, 0, {"by INSERT where they are long"}));
  EXPECT_LT(restore.peak_memory, kMost);

  const char* digest =
      "SELECT string_agg(concat_ws(' ', id, md5(data), md5(note)), '; ' ORDER BY id) FROM files";
  EXPECT_EQ(target.value("postgres", digest), source.value("postgres", digest));
}

}  // namespace
}  // namespace vya::story
