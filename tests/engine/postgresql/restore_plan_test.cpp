#include "engine/postgresql/restore_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/postgresql/preflight.h"
#include "tests/engine/postgresql/sample_database.h"

namespace vya::pg {
namespace {

BackupModel backup() {
  BackupModel model;
  model.server = {.product = "PostgreSQL", .version = "15.18", .major = 15};
  model.globals.roles = {
      Role{.name = "app", .login = true, .verifier = Secret("SCRAM-SHA-256$hidden")},
      Role{.name = "postgres", .bootstrap = true, .superuser = true}};
  model.globals.databases = {properties("postgres", 1), properties("shop", 2)};
  model.globals.tablespaces = {Tablespace{.name = "fast", .owner = "app", .location = "/fast"}};
  model.databases = {{.database = {1, "postgres", "UTF8"}}, {.database = {2, "shop", "UTF8"}}};
  model.databases[1].catalog.extensions = {{"pg_trgm", "1.6", "public"}};
  return model;
}

TargetFacts target() {
  TargetFacts facts;
  facts.server = {.product = "PostgreSQL", .version = "15.18", .major = 15};
  facts.version = 150018;
  facts.powers.role = "postgres";
  facts.powers.superuser = true;
  facts.globals.roles = {Role{.name = "postgres", .bootstrap = true, .superuser = true}};
  facts.databases = {{properties("postgres", 0), {}}, {properties("template1", 0), {}}};
  facts.folders = {{"/fast", Folder::kUsable}};
  facts.extensions = {{"pg_trgm", {"1.5", "1.6"}}};
  facts.encodings = {"UTF8"};
  facts.free_connections = 100;
  return facts;
}

constexpr const char* kStamp = "20261122t030000z_7f3a";

RestorePlan plan_of(BackupModel model, const TargetFacts& facts,
                    const RestoreOptions& options = {}) {
  return make_plan(model, facts, options, kStamp);
}

std::string refusal(const BackupModel& model, const TargetFacts& facts,
                    const RestoreOptions& options = {}) {
  const std::vector<std::string> all = plan_of(model, facts, options).shown.refusals;
  EXPECT_LE(all.size(), 1U);
  return all.empty() ? "" : all.front();
}

TEST(Preflight, TakesAnEmptyServer) { EXPECT_EQ(refusal(backup(), target()), ""); }

TEST(Preflight, RefusesAnOlderServer) {
  TargetFacts facts = target();
  facts.server = {.version = "14.9", .major = 14};
  EXPECT_NE(refusal(backup(), facts).find("PostgreSQL 14.9, older than"), std::string::npos);
}

TEST(Preflight, RefusesAStandby) {
  TargetFacts facts = target();
  facts.server.standby = true;
  EXPECT_EQ(refusal(backup(), facts), "the target is a standby, which cannot be written to");
}

TEST(Preflight, SaysWhatARoleWithoutSuperuserLacks) {
  TargetFacts facts = target();
  facts.powers = {.role = "admin", .create_role = true, .create_database = true};
  EXPECT_EQ(refusal(backup(), facts), "");
  facts.powers.create_role = false;
  EXPECT_NE(refusal(backup(), facts).find("ALTER ROLE \"admin\" CREATEROLE"), std::string::npos);
  facts.powers = {.role = "admin", .create_role = true};
  EXPECT_NE(refusal(backup(), facts).find("ALTER ROLE \"admin\" CREATEDB"), std::string::npos);
  facts.powers = {.role = "admin", .inherits = false, .create_role = true, .create_database = true};
  EXPECT_NE(refusal(backup(), facts).find("ALTER ROLE \"admin\" INHERIT"), std::string::npos);
}

TEST(Preflight, LoadsRowsOnlyWhereTriggersCanBeSilenced) {
  TargetFacts facts = target();
  facts.databases.push_back({.properties = properties("shop", 0)});
  facts.powers = {.role = "admin"};
  const RestoreOptions data = {.scope = RestoreScope::kData};
  EXPECT_NE(refusal(backup(), facts, data).find("GRANT SET ON PARAMETER session_replication_role"),
            std::string::npos);
  facts.powers.silences_triggers = true;
  EXPECT_EQ(refusal(backup(), facts, data), "");
}

TEST(Preflight, NamesAMissingExtensionAndItsPackage) {
  TargetFacts facts = target();
  facts.extensions.clear();
  const std::string sentence = refusal(backup(), facts);
  EXPECT_NE(sentence.find("extension \"pg_trgm\" version \"1.6\""), std::string::npos);
  EXPECT_NE(sentence.find("postgresql-15"), std::string::npos);
}

TEST(Preflight, NamesAMissingLocaleAndAnUnknownEncoding) {
  TargetFacts facts = target();
  facts.missing_locales = {"xx_XX"};
  BackupModel model = backup();
  model.globals.databases[1].ctype = "xx_XX";
  EXPECT_NE(refusal(model, facts).find("\"shop\" has the locale \"xx_XX\""), std::string::npos);
  model = backup();
  model.globals.databases[1].encoding = "MULE_INTERNAL";
  EXPECT_NE(refusal(model, facts).find("MULE_INTERNAL"), std::string::npos);
}

TEST(Preflight, NeedsAConnectionForEachJob) {
  TargetFacts facts = target();
  facts.free_connections = 4;
  EXPECT_EQ(refusal(backup(), facts, {.jobs = 3}), "");
  EXPECT_NE(refusal(backup(), facts, {.jobs = 4}).find("max_connections"), std::string::npos);
}

TEST(Preflight, LooksAtTheDisk) {
  TargetFacts facts = target();
  facts.free_bytes = 1000;
  BackupModel model = backup();
  model.row_bytes = 2000;
  EXPECT_EQ(refusal(model, facts), "");
  EXPECT_TRUE(disk_warning(model, facts).has_value());
  model.row_bytes = 9000;
  EXPECT_NE(refusal(model, facts).find("free"), std::string::npos);
}

TEST(Preflight, RefusesAFolderForATablespaceThatIsNotThere) {
  const RestoreOptions options{.tablespace_folders = {{"fsat", "/x"}}};
  EXPECT_NE(refusal(backup(), target(), options).find("\"fsat\""), std::string::npos);
}

TEST(RestorePlan, CreatesRolesAndKeepsTheBootstrapSuperuser) {
  const RestorePlan plan = plan_of(backup(), target());
  ASSERT_EQ(plan.accounts.roles.size(), 2U);
  EXPECT_EQ(plan.accounts.roles[0].statement.sql, "CREATE ROLE \"app\"");
  EXPECT_EQ(plan.shown.gaps, std::vector<Gap>{});
}

TEST(RestorePlan, NamesARoleWhoseAttributesAreNotRestored) {
  BackupModel model = backup();
  model.globals.roles[1].name =
      "root";  // the source's superuser; `postgres` is an ordinary role there
  model.globals.roles.push_back(Role{.name = "postgres", .login = true});
  const RestorePlan plan = plan_of(model, target());
  ASSERT_EQ(plan.shown.gaps.size(), 1U);
  EXPECT_EQ(plan.shown.gaps[0].id(), "kept-role:postgres");
}

TEST(RestorePlan, FillsThePostgresDatabaseInPlaceWhereItFits) {
  const RestorePlan plan = plan_of(backup(), target());
  EXPECT_EQ(plan.databases[0].action, DatabaseAction::kFill);
  EXPECT_EQ(plan.databases[1].action, DatabaseAction::kCreate);
  TargetFacts facts = target();
  facts.databases[0].properties.collate = "C";
  EXPECT_EQ(plan_of(backup(), facts).databases[0].action, DatabaseAction::kRecreate);
}

TEST(RestorePlan, LeavesOutADatabaseWithoutContentAndItsSettings) {
  BackupModel model = backup();
  model.globals.databases.push_back(properties("closed", 0));
  model.globals.settings = {{"app", "closed", "work_mem", "1MB"},
                            {"app", "shop", "work_mem", "1MB"}};
  const RestorePlan plan = plan_of(model, target());
  ASSERT_EQ(plan.databases.back().properties.name, "closed");
  EXPECT_EQ(plan.databases.back().action, DatabaseAction::kLeaveOut);
  EXPECT_EQ(std::ranges::count(plan.shown.steps, phase::kSettings, &PlanStep::phase), 1);
}

TEST(RestorePlan, PutsAMissingTablespaceIntoTheDefaultOneAsAGap) {
  for (const Folder folder : {Folder::kMissing, Folder::kUsed}) {
    TargetFacts facts = target();
    facts.folders["/fast"] = folder;
    const RestorePlan plan = plan_of(backup(), facts);
    ASSERT_EQ(plan.shown.gaps.size(), 1U);
    EXPECT_EQ(plan.shown.gaps[0].id(), "missing-tablespace:fast");
    EXPECT_NE(plan.shown.gaps[0].cure.find("--tablespace fast=DIR"), std::string::npos);
    EXPECT_EQ(plan.tablespace_on_target("fast"), "");
  }
  EXPECT_EQ(plan_of(backup(), target()).tablespace_on_target("fast"), "fast");
}

TEST(RestorePlan, TakesTheFolderThatWasAskedFor) {
  TargetFacts facts = target();
  facts.folders = {{"/other", Folder::kUsable}};
  const RestoreOptions options{.tablespace_folders = {{"fast", "/other"}}};
  EXPECT_EQ(questions_about(backup(), options).folders, std::set<std::string>{"/other"});
  EXPECT_EQ(plan_of(backup(), facts, options).tablespaces[0].location, "/other");
  EXPECT_EQ(plan_of(backup(), facts, options).tablespaces[0].action, TablespaceAction::kCreate);
}

TEST(RestorePlan, TakesTheDefaultVersionOfAnExtensionAsAGap) {
  TargetFacts facts = target();
  facts.extensions["pg_trgm"] = {"1.5"};
  const RestorePlan plan = plan_of(backup(), facts);
  ASSERT_EQ(plan.shown.gaps.size(), 1U);
  EXPECT_EQ(plan.shown.gaps[0].id(), "extension-version:shop.pg_trgm");
  EXPECT_TRUE(plan.default_versions.contains({2, "pg_trgm"}));
}

TEST(RestorePlan, ShowsNoVerifier) {
  for (const PlanStep& step : plan_of(backup(), target()).shown.steps) {
    EXPECT_EQ(step.text.find("SCRAM"), std::string::npos) << step.text;
  }
}

}  // namespace
}  // namespace vya::pg
