#include "engine/postgresql/plan_databases.h"

#include <gtest/gtest.h>

#include "tests/engine/postgresql/sample_database.h"

namespace vya::pg {
namespace {

constexpr const char* kStamp = "20261122t030000z_7f3a";

BackupModel backup() {
  BackupModel model;
  model.globals.databases = {properties("postgres", 1), properties("shop", 2)};
  model.databases = {{.database = {1, "postgres", "UTF8"}, .tables = 1},
                     {.database = {2, "shop", "UTF8"}, .tables = 1}};
  return model;
}

TargetFacts target() {
  TargetFacts facts;
  facts.powers = {.role = "postgres", .superuser = true};
  facts.globals.roles = {Role{.name = "postgres", .bootstrap = true}};
  facts.databases = {{.properties = properties("postgres", 0)},
                     {.properties = properties("template1", 0)}};
  return facts;
}

TargetFacts target_with_shop(std::int64_t sessions = 0) {
  TargetFacts facts = target();
  facts.databases.push_back({.properties = properties("shop", 0), .sessions = sessions});
  return facts;
}

DatabasesPlan plan(const BackupModel& model, const TargetFacts& facts,
                   const RestoreOptions& options = {}) {
  return plan_databases(model, facts, options, kStamp,
                        [](const std::string& tablespace) { return tablespace; });
}

TEST(PlanDatabases, RefusesOneThatExistsAndSaysWhatCanBeDone) {
  const DatabasesPlan made = plan(backup(), target_with_shop());
  ASSERT_EQ(made.refusals.size(), 1U);
  for (const char* part : {"\"shop\" exists", "--existing replace", "--database shop=NAME"}) {
    EXPECT_NE(made.refusals[0].find(part), std::string::npos) << made.refusals[0];
  }
}

TEST(PlanDatabases, LeavesOtherDatabasesOfTheServerAlone) {
  TargetFacts facts = target();
  facts.databases.push_back({.properties = properties("other", 0)});
  const DatabasesPlan made = plan(backup(), facts);
  EXPECT_EQ(made.refusals, std::vector<std::string>{});
  EXPECT_EQ(made.databases[1].action, DatabaseAction::kCreate);
}

TEST(PlanDatabases, ReplacesUnderAnotherName) {
  const DatabasesPlan made = plan(backup(), target_with_shop(), {.existing = Existing::kReplace});
  EXPECT_EQ(made.refusals, std::vector<std::string>{});
  const PlannedDatabase& shop = made.databases[1];
  EXPECT_EQ(shop.action, DatabaseAction::kReplace);
  EXPECT_EQ(shop.properties.name, "shop_new_20261122t030000z_7f3a");
  EXPECT_EQ(shop.replaces, "shop");
  EXPECT_EQ(shop.kept_as, "shop_before_20261122t030000z_7f3a");
}

TEST(PlanDatabases, CutsLongNamesBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 31; ++i) name += "ü";  // 62 bytes
  BackupModel model;
  model.globals.databases = {properties(name, 1)};
  TargetFacts facts = target();
  facts.databases.push_back({.properties = properties(name, 0)});
  const PlannedDatabase planned =
      plan(model, facts, {.existing = Existing::kReplace}).databases.front();
  EXPECT_LE(planned.kept_as.size(), 63U);
  EXPECT_GE(planned.kept_as.size(), 62U);
  EXPECT_EQ(planned.kept_as.find('_') % 2, 0U);
  EXPECT_TRUE(planned.kept_as.ends_with(kStamp));
}

TEST(PlanDatabases, DoesNotReplaceWhatSomebodyWorksIn) {
  RestoreOptions options{.existing = Existing::kReplace};
  const DatabasesPlan made = plan(backup(), target_with_shop(2), options);
  ASSERT_EQ(made.refusals.size(), 1U);
  EXPECT_NE(made.refusals[0].find("2 sessions are in it"), std::string::npos);
  options.open_sessions = OpenSessions::kTerminate;
  EXPECT_EQ(plan(backup(), target_with_shop(2), options).refusals, std::vector<std::string>{});
}

TEST(PlanDatabases, FillsOrMakesAnewTheDatabasesOfInitdbOnAnEmptyServer) {
  EXPECT_EQ(plan(backup(), target()).databases[0].action, DatabaseAction::kFill);
  TargetFacts facts = target();
  facts.databases[0].properties.collate = "C";
  EXPECT_EQ(plan(backup(), facts).databases[0].action, DatabaseAction::kRecreate);
}

TEST(PlanDatabases, NeverDropsADatabaseOfInitdbOnAServerInUse) {
  TargetFacts facts = target_with_shop();
  facts.databases[0].properties.collate = "C";
  const DatabasesPlan made = plan(backup(), facts, {.existing = Existing::kReplace});
  EXPECT_EQ(made.databases[0].action, DatabaseAction::kReplace);
}

TEST(PlanDatabases, LeavesTheDatabasesOfInitdbAloneWhereTheBackupHasNothingForThem) {
  BackupModel model = backup();
  model.databases[0].tables = 0;
  EXPECT_EQ(plan(model, target()).databases[0].action, DatabaseAction::kFill);
  TargetFacts facts = target();
  facts.databases[0].objects = {"table public.t"};
  EXPECT_EQ(plan(model, facts).databases[0].action, DatabaseAction::kLeaveOut);
  EXPECT_EQ(plan(model, facts).refusals, std::vector<std::string>{});
  const std::vector<std::string> refusals = plan(backup(), facts).refusals;
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_NE(refusals[0].find("holds table public.t"), std::string::npos) << refusals[0];
}

TEST(PlanDatabases, EntersOnlyDatabasesThatAreThere) {
  const RestoreOptions options{.scope = RestoreScope::kData};
  const DatabasesPlan made = plan(backup(), target(), options);
  EXPECT_EQ(made.databases[0].action, DatabaseAction::kEnter);
  ASSERT_EQ(made.refusals.size(), 1U);
  EXPECT_NE(made.refusals[0].find("no database \"shop\""), std::string::npos);
  EXPECT_EQ(plan(backup(), target_with_shop(), options).refusals, std::vector<std::string>{});
}

TEST(RenameDatabase, RenamesItEverywhere) {
  BackupModel model = backup();
  model.globals.databases[1].acl = Acl{.kind = "DATABASE", .object = "\"shop\""};
  model.globals.settings = {{"app", "shop", "work_mem", "1MB"}, {"app", "", "work_mem", "1MB"}};
  rename_database(model, "shop", "new");
  EXPECT_EQ(model.databases[1].database.name, "new");
  EXPECT_EQ(model.globals.databases[1].name, "new");
  EXPECT_EQ(model.globals.databases[1].acl->object, "\"new\"");
  EXPECT_EQ(model.globals.settings[0].database, "new");
  EXPECT_EQ(model.globals.settings[1].database, "");
}

}  // namespace
}  // namespace vya::pg
