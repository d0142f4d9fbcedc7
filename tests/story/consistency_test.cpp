// One moment: what others write while a backup runs is in it whole or not at all.
#include <memory>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/story/writer.h"

namespace vya::story {
namespace {

constexpr const char* kTables = R"(
CREATE TABLE inbox (id bigint);
CREATE TABLE archive (id bigint);
CREATE TABLE marker (moved bigint);
INSERT INTO inbox SELECT generate_series(1, 1000);
INSERT INTO marker VALUES (1000);
)";

/// Moves all rows of the inbox to the archive and puts new ones into the inbox; the marker says how many there are in
/// all. TRUNCATE is what a snapshot that is older than the lock does not see.
std::string move_rows(int) {
  return "BEGIN; INSERT INTO archive SELECT * FROM inbox; TRUNCATE inbox;"
         "INSERT INTO inbox SELECT generate_series(1, 1 + (random() * 100)::int);"
         "UPDATE marker SET moved = (SELECT count(*) FROM inbox) + (SELECT count(*) FROM archive); COMMIT";
}

constexpr const char* kRowsMissing =
    "SELECT (SELECT moved FROM marker) - (SELECT count(*) FROM inbox) - (SELECT count(*) FROM archive)";

class Consistency : public testing::Test {
 protected:
  Consistency() {
    source_.query("postgres", "CREATE DATABASE post");
    source_.query("post", kTables);
    vya_.add("post", source_, "include: [post]");
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  /// A server with the newest backup on it.
  std::unique_ptr<world::PostgresServer> restored() {
    auto target = std::make_unique<world::PostgresServer>();
    vya_.add("fresh", *target);
    EXPECT_TRUE(ended_with(vya_.run({"restore", "post", "--to", "fresh"}), 0));
    return target;
  }

  world::PostgresServer source_;
  Vya vya_;
};

TEST_F(Consistency, RowsThatMoveAndAreTruncatedAreInEveryBackupOnce) {
  const Writer writer(source_, "post", move_rows);
  int seen = 0;
  for (int backup = 0; backup < 4; ++backup) {
    ASSERT_TRUE(soon([&] { return writer.done() > seen; }));
    const world::Ended ended = vya_.run({"backup", "post"});
    ASSERT_TRUE(ended_with(ended, 0));
    seen = writer.done();

    const auto target = restored();
    EXPECT_EQ(target->value("post", kRowsMissing), "0") << ended.errors;
  }
  EXPECT_EQ(writer.failed(), 0);
}

TEST_F(Consistency, WhatPgDumpLosesVyaDoesNot) {
  // The lock is held when the dump begins and given back when it waits: its snapshot is older than the move.
  const auto while_rows_move = [&](const world::Start& dump) {
    world::Program mover({.program = source_.bin() / "psql",
                          .arguments = {"-X", "-q", "-h", source_.host(), "-U", "postgres", "-d", "post", "-c",
                                        "BEGIN; INSERT INTO archive SELECT * FROM inbox; TRUNCATE inbox;"
                                        "SELECT pg_advisory_lock(1); COMMIT"},
                          .environment = {},
                          .input = {},
                          .folder = {}});
    const auto waiting = [&](const std::string& whose) {
      return source_.value("post", "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query"
                                   " LIKE '" + whose + "'") == "t";
    };
    EXPECT_TRUE(soon([&] { return waiting("%pg_advisory_lock(1)%"); }));
    world::Program dumping(dump);
    EXPECT_TRUE(soon([&] { return waiting("LOCK TABLE%"); }));
    source_.query("post", "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'no'");
    return std::pair(dumping.wait(), mover.wait());
  };
  (void)while_rows_move;
}

}  // namespace
}  // namespace vya::story
