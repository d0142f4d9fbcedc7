// Drills: a backup is proven by restoring it, on servers that are started for it and gone with it.
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/file.h"
#include "tests/repository/samples.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

class Drills : public testing::Test {
 protected:
  Drills() {
    make_shop(source_);
    vya_.set_variable("TMPDIR", place_.path());
    std::filesystem::permissions(place_.path(), std::filesystem::perms::all);
    std::filesystem::permissions(place_.path(), std::filesystem::perms::sticky_bit,
                                 std::filesystem::perm_options::add);
    configure("");
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
    if (vya_.run({"backup", "shop"}).status != 0) throw Error(Fault::kInternal, "cannot back up");
  }

  void configure(const std::string& more) { vya_.add("shop", source_, more); }

  /// What drills left in the folder for their servers.
  std::vector<std::string> left_behind() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(place_.path()))
      names.push_back(entry.path().filename());
    return names;
  }

  world::PostgresServer source_;
  world::Folder place_;
  Vya vya_;
};

TEST_F(Drills, AGoodBackupPassesAndLeavesOnlyEvidence) {
  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
  expect_in(drilled, ": PASSED\n");
  expect_in(drilled, "started for the drill");
  expect_in(drilled, "passed    catalog: ");
  EXPECT_EQ(left_behind(), std::vector<std::string>());
  EXPECT_EQ(vya_.files(".json").size(), 3U) << "the repository's, the manifest and the evidence";
}

/// Three checks that hold for the shop.
constexpr const char* kGoodChecks =
    "drill: {checks: ["
    "{name: orders, database: shop, sql: SELECT count(*) FROM orders, expect: '40000'},"
    "{name: range, database: shop, as: shop_app, sql: SELECT count(*) FROM orders,"
    " at_least: 50, at_most: 50000},"
    "{name: roles, database: shop, as: shop_app, sql: DROP ROLE postgres, refused: true}]}";

TEST_F(Drills, AskTheUsersOwnQuestions) {
  configure(kGoodChecks);

  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
  expect_in(drilled, "passed    check orders: gave 40000\n");
  expect_in(drilled, "passed    check range: gave 40000\n");
  expect_in(drilled, "passed    check roles: was refused: ");
}

TEST_F(Drills, FailWhenAnAnswerIsNotTheExpectedOne) {
  configure(
      "drill: {checks: ["
      "{name: value, database: shop, sql: SELECT count(*) FROM orders, expect: '7'},"
      "{name: range, database: shop, sql: SELECT count(*) FROM orders, at_least: 50000},"
      "{name: right, database: shop, as: shop_app, sql: SELECT * FROM pg_authid},"
      "{name: open, database: shop, as: shop_app, sql: SELECT 1, refused: true},"
      "{name: broken, database: shop, as: shop_app, sql: SELECT * FROM nowhere, refused: true},"
      "{name: nobody, database: shop, as: intern, sql: SELECT 1}]}");

  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, ": FAILED\n");
  expect_in(drilled, "failed    check value: gave 40000, expected 7\n");
  expect_in(drilled, "failed    check range: gave 40000, expected at least 50000\n");
  expect_in(drilled, "failed    check right: failed: ");
  expect_in(drilled, "failed    check open: was run, and should be refused\n");
  expect_in(drilled, "failed    check broken: failed for another reason than a privilege: ");
  expect_in(drilled, "failed    check nobody: there is no role 'intern'\n");
  expect_in(drilled, "passed    catalog: ");
  EXPECT_EQ(left_behind(), std::vector<std::string>());
}

TEST_F(Drills, FailWhenTheRestoreTakesLongerThanItsTarget) {
  configure("rto: 1s");
  source_.query("shop",
                "CREATE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS"
                " 'BEGIN PERFORM pg_catalog.pg_sleep(0.5); RETURN $1; END';"
                "CREATE INDEX ON customers ((public.slow(1))) WHERE id < 4");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, "fault: recovery took longer than its target: ");
}

TEST_F(Drills, FailWhenTheBackupIsDamaged) {
  for (const auto& file : vya_.files(".zst")) {
    if (file.string().find("/db/") == std::string::npos) continue;
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(-1, std::ios::end);
    bytes.put('!');
    break;
  }

  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, "failed    backup: could not be done\n");
  expect_in(drilled, "is damaged: ");
  expect_in(drilled, "skipped   rows: not reached\n");
  EXPECT_EQ(left_behind(), std::vector<std::string>());
}

TEST_F(Drills, FailWhenThereIsNoServerForThem) {
  const std::string manifest = vya_.files("manifest.json").at(0);
  std::string text = *read_file(manifest);
  const std::size_t at = text.find("\"version\": \"15.");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 14, "\"version\": \"77.");
  std::ofstream(manifest, std::ios::trunc) << unsealed(text);

  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, "this machine has no PostgreSQL 77 or later (installed: ");
  EXPECT_TRUE(ended_with(vya_.run({"drill", "shop", "--dry-run"}), 7, {"no PostgreSQL 77"}));
}

TEST_F(Drills, FailWhenTheServerDoesNotStart) {
  configure("drill: {options: [shared_buffers=many]}");

  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, "invalid value for parameter \"shared_buffers\": \"many\"");
  EXPECT_EQ(left_behind(), std::vector<std::string>());
}

TEST_F(Drills, OfAPartLookAtThatPart) {
  source_.query("postgres", "CREATE DATABASE crm");
  source_.query("postgres", "ALTER ROLE shop_app IN DATABASE crm SET work_mem = '1MB'");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  const world::Ended drilled = vya_.run({"drill", "shop", "--database", "shop"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
  expect_in(drilled, "part      databases shop\n");
  EXPECT_TRUE(ended_with(vya_.run({"drill", "shop", "--database", "shp"}), 7, {"'shp'"}));
}

TEST_F(Drills, OntoAConfiguredServerNeedAnEmptyOne) {
  world::PostgresServer spare({.data = world::Data::kFresh});
  vya_.add("spare", spare);

  const world::Ended on_source = vya_.run({"drill", "shop", "--server", "shop"});
  EXPECT_TRUE(ended_with(on_source, 8));
  expect_in(on_source, "cannot drill on 'shop': it is the server that the backup is of");
  EXPECT_TRUE(ended_with(vya_.run({"drill", "shop", "--server", "spar"}), 7, {"'spare'"}));
  const world::Ended drilled = vya_.run({"drill", "shop", "--server", "spare"});
  const world::Ended again = vya_.run({"drill", "shop", "--server", "spare"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
  EXPECT_TRUE(ended_with(again, 8));
  expect_in(again, "cannot drill on 'spare': it is not empty, it has the databases shop");
}

/// A server of a later version is not quite the same, and that is explained.
TEST_F(Drills, OntoALaterVersionPass) {
  for (const int major : {17, 18}) {
    if (!world::newest_postgres_bin(major)) {
      std::cout << "NOT TESTED: PostgreSQL " << major << " is not installed\n";
      continue;
    }
    source_.query("shop", "GRANT SELECT ON customers TO PUBLIC");
    world::PostgresServer later({.major = major, .conf = {"max_logical_replication_workers = 0"}});
    vya_.add("later", later,
             "pg_dump: " + world::client_program("pg_dump", later.major()).string());

    const world::Ended drilled = vya_.run({"drill", "shop", "--server", "later"});

    EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
    expect_in(drilled, "(rule: MAINTAIN since PostgreSQL 17)\n");
    EXPECT_EQ(vya_.run({"diff", "shop", "live:later"}).status, 0);
  }
}

TEST_F(Drills, StartNothingThatComesBack) {
  source_.query("shop",
                "CREATE SUBSCRIPTION replica CONNECTION 'host=192.0.2.1' PUBLICATION p WITH "
                "(connect = false)");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  world::PostgresServer spare({.data = world::Data::kFresh});
  vya_.add("spare", spare);

  const world::Ended on_spare = vya_.run({"drill", "shop", "--server", "spare"});
  const world::Ended drilled = vya_.run({"drill", "shop"});

  EXPECT_TRUE(ended_with(on_spare, 8));
  expect_in(on_spare, "cannot drill on 'spare': subscription ");
  EXPECT_EQ(spare.value("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'shop'"),
            "0");
  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
}

TEST_F(Drills, NameWhatTheServerHasBesides) {
  world::PostgresServer spare({.data = world::Data::kFresh});
  spare.query("postgres", "CREATE ROLE stranger");
  vya_.add("spare", spare);

  const world::Ended drilled = vya_.run({"drill", "shop", "--server", "spare"});

  EXPECT_TRUE(ended_with(drilled, 8));
  expect_in(drilled, "fault: role \"stranger\" was not there\n");
}

TEST_F(Drills, ThatAreEndedLeaveNeitherServerNorFolder) {
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    world::Program drill(vya_.command({"drill", "shop"}));
    ASSERT_TRUE(soon([&] { return drill.errors().find("] rows") != std::string::npos; }));
    ASSERT_FALSE(left_behind().empty());

    drill.signal(signal);

    EXPECT_EQ(drill.wait().status, 128 + signal);
    EXPECT_TRUE(soon([&] { return left_behind().empty(); })) << "after signal " << signal;
  }
  EXPECT_EQ(vya_.files(".json").size(), 2U) << "what was not finished is no evidence";
}

TEST_F(Drills, AreWhatTheStatusTellsOf) {
  configure("rpo: 1h, rto: 1h, drill: {every: 7d}");
  const world::Ended before = vya_.run({"status"});
  EXPECT_TRUE(ended_with(before, 8));
  EXPECT_EQ(before.output.substr(0, before.output.find('\n')),
            "FAULT: 1 finding in 1 instance: instance 'shop' has no backup that was proven to "
            "restore");
  ASSERT_TRUE(ended_with(vya_.run({"drill", "shop"}), 0));

  const world::Ended proven = vya_.run({"status"});

  EXPECT_TRUE(ended_with(proven, 0)) << proven.output;
  expect_in(proven, "OK: 1 instance\n");
  EXPECT_EQ(vya_.run({"status", "shop", "--json"}).status, 0);
  EXPECT_TRUE(ended_with(vya_.run({"status", "shp"}), 7, {"'shop'"}));
}

TEST_F(Drills, AndBackupsThatAreOddAreInTheStatus) {
  source_.query("postgres", "CREATE DATABASE crm; ");
  source_.query("shop",
                "DROP TABLE customers CASCADE; DELETE FROM orders WHERE id > 10000;"
                "ALTER ROLE shop_app CREATEDB; CREATE ROLE intern");
  configure("exclude: crm");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  const world::Ended status = vya_.run({"status"});

  EXPECT_TRUE(ended_with(status, 8));
  for (const char* words :
       {" rows, fewer than 40102 as usual\n", "notice: table shop.public.customers is gone since",
        "notice: role \"shop_app\" may do more than before: CREATEDB is \"yes\"\n",
        "notice: role \"intern\" is new since the backup before\n",
        "has databases that are not backed up: crm\n"})
    expect_in(status, words);
}

/// The commands of a section, each as its words.
std::vector<std::vector<std::string>> commands_of(const std::string& runbook,
                                                  const std::string& section) {
  std::vector<std::vector<std::string>> commands;
  std::istringstream lines(runbook.substr(runbook.find("## " + section)));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && !line.starts_with("## ")) {
    if (!line.starts_with("    vya ")) continue;
    std::istringstream words(line);
    std::vector<std::string>& command = commands.emplace_back();
    for (std::string word; words >> word;) command.push_back(word);
    command.erase(command.begin());
  }
  return commands;
}

TEST_F(Drills, AreQuotedInARunbookWhoseCommandsWork) {
  configure("rto: 1h");
  ASSERT_TRUE(ended_with(vya_.run({"drill", "shop"}), 0));
  const world::Ended runbook = vya_.run({"runbook", "shop"});
  ASSERT_TRUE(ended_with(runbook, 0));
  expect_in(runbook, "| proof | this backup, by a drill on ");
  expect_in(runbook, "| a restore takes | about ");
}

TEST_F(Drills, HaveARunbookForWhatWasDropped) {
  source_.query("postgres", "CREATE DATABASE crm");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  const std::string runbook = vya_.run({"runbook", "shop"}).output;
  EXPECT_NE(runbook.find("no backup of this instance was ever proven"), std::string::npos);
  source_.query("postgres", "DROP DATABASE shop");
  source_.query("postgres", "DROP ROLE shop_app");

  for (const auto& command : commands_of(runbook, "A database was dropped")) {
    const bool is_shops = std::ranges::find(command, "crm") == command.end() &&
                          std::ranges::find(command, "postgres") == command.end();
    if (!is_shops) continue;
    EXPECT_TRUE(ended_with(vya_.run(command), 0));
  }
  for (const auto& command : commands_of(runbook, "A table is damaged"))
    EXPECT_TRUE(ended_with(vya_.run(command), 0));

  EXPECT_EQ(source_.value("shop", "SELECT count(*) FROM orders"), "40000");
  EXPECT_EQ(source_.value("shop", "SELECT count(*) FROM rescued"), "40000");
  EXPECT_EQ(source_.value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'shop_app'"),
            "1");
}

}  // namespace
}  // namespace vya::story
