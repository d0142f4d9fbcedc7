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

/// Moves all rows of the inbox to the archive and puts new ones into the inbox; the marker says how
/// many there are in all. TRUNCATE is what a snapshot that is older than the lock does not see.
std::string move_rows() {
  return "BEGIN; INSERT INTO archive SELECT * FROM inbox; TRUNCATE inbox;"
         "INSERT INTO inbox SELECT generate_series(1, 1 + (random() * 100)::int);"
         "UPDATE marker SET moved = (SELECT count(*) FROM inbox) + (SELECT count(*) FROM archive); "
         "COMMIT";
}

constexpr const char* kRowsMissing =
    "SELECT (SELECT moved FROM marker) - (SELECT count(*) FROM inbox) - (SELECT count(*) FROM "
    "archive)";

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
  const Writer writer(source_, "post",
                      [](int) { return "SET lock_timeout = '50ms';" + move_rows(); });
  for (int backup = 0; backup < 4; ++backup) {
    const int before = writer.done();
    ASSERT_TRUE(soon([&] { return writer.done() > before; }));
    const world::Ended ended = vya_.run({"backup", "post"});
    ASSERT_TRUE(ended_with(ended, 0));

    EXPECT_EQ(restored()->value("post", kRowsMissing), "0") << ended.errors;
  }
}

/// Who waits for ever with TRUNCATE also makes everybody wait who comes later and wants to read.
TEST_F(Consistency, AWriterWhoWaitsForTheBackupDoesNotPreventIt) {
  const Writer writer(source_, "post", [](int) { return move_rows(); });
  ASSERT_TRUE(soon([&] { return writer.done() > 3; }));

  const world::Ended ended = vya_.run({"backup", "post"});

  ASSERT_TRUE(ended_with(ended, 0));
  EXPECT_EQ(restored()->value("post", kRowsMissing), "0") << ended.errors;
  EXPECT_EQ(writer.failed(), 0);
}

TEST_F(Consistency, RowsThatPgDumpLosesAreInTheBackup) {
  pg::Connection mover(source_.address(), "post", {});
  mover.run("BEGIN; INSERT INTO archive SELECT * FROM inbox; TRUNCATE inbox");
  const world::Folder dumps;
  world::Program control(
      {.program = source_.bin() / "pg_dump",
       .arguments = {"-h", source_.host(), "-U", "postgres", "-Fc", "-f", dumps / "post", "post"},
       .environment = {},
       .input = {},
       .folder = {}});
  world::Program backup(vya_.command({"backup", "post"}));
  ASSERT_TRUE(soon([&] {
    return source_.value("post",
                         "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") ==
           "2";
  }));
  mover.run("COMMIT");
  ASSERT_EQ(control.wait().status, 0);
  EXPECT_TRUE(ended_with(backup.wait(), 0));

  source_.query("postgres", "CREATE DATABASE control");
  source_.run_client("pg_restore", {"-d", "control", dumps / "post"});
  EXPECT_EQ(source_.value("control", kRowsMissing), "1000") << "pg_dump no longer loses the rows";
  EXPECT_EQ(restored()->value("post", kRowsMissing), "0");
}

constexpr const char* kFunctions = R"(
CREATE TABLE checked (i int);
CREATE FUNCTION price() RETURNS int LANGUAGE sql AS 'SELECT 0';
CREATE FUNCTION check_price() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER checks BEFORE INSERT ON checked FOR EACH ROW WHEN (NEW.i <> 0) EXECUTE FUNCTION check_price();
)";

/// Gives two functions the same new version, in one transaction.
std::string replace_functions(int version) {
  const std::string number = std::to_string(version);
  return "BEGIN; CREATE OR REPLACE FUNCTION price() RETURNS int LANGUAGE sql AS 'SELECT " + number +
         "'; CREATE OR REPLACE FUNCTION check_price() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN "
         "NEW.i = " +
         number + "; RETURN NEW; END'; COMMIT";
}

TEST_F(Consistency, DefinitionsThatNeverStandStillAreRefusedAfterFiveTries) {
  source_.query("post", kFunctions);
  const Writer writer(source_, "post", replace_functions);

  const world::Ended ended = vya_.run({"backup", "post"});

  EXPECT_TRUE(ended_with(ended, 12,
                         {"starting over (1 of 5)", "cannot catch one moment of 'post' in 5 tries",
                          "function \"public\".\"", "price\"() was changed in database 'post'",
                          "hint: Back up when fewer definitions change"}));
  EXPECT_EQ(vya_.backups().size(), 0U);
}

TEST_F(Consistency, DefinitionsThatChangeDuringABackupAreOfOneMoment) {
  source_.query("post", kFunctions);
  auto writer = std::make_unique<Writer>(source_, "post", replace_functions);
  world::Program backup(vya_.command({"backup", "post"}));
  ASSERT_TRUE(soon([&] { return backup.errors().find("starting over") != std::string::npos; }));
  writer.reset();

  EXPECT_TRUE(ended_with(backup.wait(), 0));

  const auto target = restored();
  EXPECT_EQ(target->value("post", "SELECT price() > 0"), "t");
  EXPECT_EQ(target->value("post", "INSERT INTO checked VALUES (1) RETURNING i = price()"), "t");
}

}  // namespace
}  // namespace vya::story
