// What is refused or only looked at: a database that exists, a dry run, gaps; and two backups at
// one time.
#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

class Refusals : public testing::Test {
 protected:
  Refusals() {
    make_shop(source_);
    vya_.add("shop", source_);
    vya_.add("target", target_);
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  /// Runs a command that is to leave the target as it is.
  world::Ended look(const std::vector<std::string>& arguments) const {
    const std::string before = next_transaction(target_);
    world::Ended ended = vya_.run(arguments);
    EXPECT_EQ(next_transaction(target_), before);
    return ended;
  }

  world::PostgresServer source_;
  world::PostgresServer target_{world::PostgresOptions{.conf = {"autovacuum = off"}}};
  Vya vya_;
};

TEST_F(Refusals, ADatabaseThatExistsIsRefused) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  target_.query("postgres", "CREATE DATABASE shop");

  EXPECT_TRUE(ended_with(look({"restore", "shop", "--to", "target"}), 12,
                         {"database \"shop\" exists", "--existing replace", "--database shop=NAME",
                          "hint: Nothing was changed"}));
}

TEST_F(Refusals, WhatIsInPostgresOnBothSidesIsRefused) {
  source_.query("postgres", "CREATE TABLE ours (i int)");
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  target_.query("postgres", "CREATE TABLE somebodys (i int)");

  EXPECT_TRUE(
      ended_with(look({"restore", "shop", "--to", "target"}), 12,
                 {"database \"postgres\" exists", "somebodys", "hint: Nothing was changed"}));
}

TEST_F(Refusals, ADryRunOfARestoreShowsThePlanAndTouchesNothing) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);

  const world::Ended plan = vya_.run({"restore", "shop", "--to", "target", "--dry-run"});

  EXPECT_TRUE(ended_with(plan, 0));
  for (const char* step :
       {"create role \"shop_app\"", "create database \"shop\"", "fill database \"postgres\""}) {
    EXPECT_NE(plan.output.find(step), std::string::npos) << step << "\n" << plan.output;
  }
  EXPECT_EQ((plan.output + plan.errors).find("SCRAM-SHA-256"), std::string::npos);
  EXPECT_EQ(look({"restore", "shop", "--to", "target", "--dry-run", "--json"})
                .output.find("SCRAM-SHA-256"),
            std::string::npos);
}

TEST_F(Refusals, ADryRunThatIsRefusedSaysSoAndGives12) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  target_.query("postgres", "CREATE DATABASE shop");

  const world::Ended plan = vya_.run({"restore", "shop", "--to", "target", "--dry-run"});

  EXPECT_EQ(plan.status, 12);
  EXPECT_NE(plan.output.find("database \"shop\" exists"), std::string::npos) << plan.output;
  EXPECT_EQ(plan.output.find("create role"), std::string::npos) << plan.output;
}

TEST_F(Refusals, ADryRunOfABackupStoresNothing) {
  const auto before = vya_.files();

  const world::Ended ended = vya_.run({"backup", "shop", "--dry-run"});

  EXPECT_TRUE(ended_with(ended, 0));
  EXPECT_NE(ended.output.find("shop"), std::string::npos);
  EXPECT_EQ(vya_.files(), before);
  EXPECT_EQ(vya_.backups().size(), 0U);
  EXPECT_EQ(sessions_of_vya(source_), 0);
}

TEST_F(Refusals, OnlyTheDatabasesThatWereAskedForAreTaken) {
  vya_.add("excluding", source_, "exclude: [template1]");

  const std::string all = vya_.run({"backup", "excluding", "--dry-run"}).output;
  const std::string one = vya_.run({"backup", "shop", "--dry-run", "--database", "sh*"}).output;

  EXPECT_NE(all.find("postgres"), std::string::npos) << all;
  EXPECT_EQ(all.find("template1"), std::string::npos) << all;
  EXPECT_NE(one.find("shop"), std::string::npos) << one;
  EXPECT_EQ(one.find("postgres"), std::string::npos) << one;
}

TEST_F(Refusals, AClosedDatabaseIsAGapUntilItIsAccepted) {
  source_.query("postgres", "CREATE DATABASE legacy ALLOW_CONNECTIONS false");
  vya_.add("accepting", source_, "accept_gaps: {'closed-database:legacy': 'moved away in 2019'}");

  const world::Ended open = vya_.run({"backup", "shop"});
  const world::Ended accepted = vya_.run({"backup", "accepting"});

  EXPECT_TRUE(ended_with(open, 11));
  EXPECT_NE(open.output.find("gap closed-database:legacy"), std::string::npos) << open.output;
  EXPECT_NE(open.output.find("open_closed_databases: true"), std::string::npos) << open.output;
  EXPECT_TRUE(ended_with(accepted, 0));
  EXPECT_NE(accepted.output.find("moved away in 2019"), std::string::npos) << accepted.output;
}

TEST_F(Refusals, AClosedDatabaseIsOpenedForTheMomentOfTheBackup) {
  source_.query("postgres", "CREATE DATABASE legacy");
  source_.query("legacy", "CREATE TABLE old (t text); INSERT INTO old VALUES ('still here')");
  source_.query("postgres", "ALTER DATABASE legacy ALLOW_CONNECTIONS false");
  vya_.add("opening", source_, "open_closed_databases: true");
  const std::string closed = "SELECT NOT datallowconn FROM pg_database WHERE datname = 'legacy'";

  EXPECT_TRUE(ended_with(vya_.run({"backup", "opening"}), 0));
  EXPECT_EQ(source_.value("postgres", closed), "t");

  EXPECT_TRUE(ended_with(vya_.run({"restore", "opening", "--to", "target"}), 0));
  EXPECT_EQ(target_.value("postgres", closed), "t");
  target_.query("postgres", "ALTER DATABASE legacy ALLOW_CONNECTIONS true");
  EXPECT_EQ(target_.value("legacy", "SELECT t FROM old"), "still here");
}

TEST_F(Refusals, TwoBackupsAtOneTimeAreBothWhole) {
  world::Program first(vya_.command({"backup", "shop", "--label", "run=first"}));
  world::Program second(vya_.command({"backup", "shop", "--label", "run=second"}));

  EXPECT_TRUE(ended_with(first.wait(), 0));
  EXPECT_TRUE(ended_with(second.wait(), 0));
  const std::vector<std::string> ids = vya_.backups();
  ASSERT_EQ(ids.size(), 2U);
  const std::string shown = vya_.run({"show", ids[0]}).output + vya_.run({"show", ids[1]}).output;
  EXPECT_NE(shown.find("run=first"), std::string::npos) << shown;
  EXPECT_NE(shown.find("run=second"), std::string::npos) << shown;
  EXPECT_TRUE(ended_with(vya_.run({"verify", "--all"}), 0));
}

TEST_F(Refusals, ABackupThatWasRestoredIsTheSameServer) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "target", "--check"}), 0));
  EXPECT_EQ(differences(source_, target_), std::vector<std::string>{});
}

}  // namespace
}  // namespace vya::story
