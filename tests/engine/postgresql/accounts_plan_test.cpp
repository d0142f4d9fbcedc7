#include "engine/postgresql/accounts_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/postgresql/borrowed_roles.h"
#include "engine/postgresql/limited_roles.h"
#include "tests/engine/postgresql/sample_database.h"

namespace vya::pg {
namespace {

constexpr int kOld = 150018;
constexpr int kNew = 180001;

Role login(const std::string& name, const std::string& verifier = "SCRAM-SHA-256$hidden") {
  return {.name = name, .login = true, .verifier = Secret(verifier)};
}

Globals backup() {
  Globals globals;
  globals.roles = {login("app"), Role{.name = "reader"},
                   Role{.name = "postgres", .bootstrap = true, .superuser = true}};
  globals.memberships = {{.role = "reader",
                          .member = "app",
                          .grantor = "postgres",
                          .grantor_is_bootstrap = true,
                          .inherit = true,
                          .set = true}};
  globals.settings = {{"app", "", "work_mem", "64MB"}};
  return globals;
}

TargetFacts empty_target(int version = kNew) {
  TargetFacts facts;
  facts.version = version;
  facts.powers.role = "postgres";
  facts.powers.superuser = true;
  facts.globals.roles = {Role{.name = "postgres", .bootstrap = true, .superuser = true}};
  facts.databases = {{.properties = properties("postgres", 0)}};
  return facts;
}

/// A target that has all of the backup's accounts.
TargetFacts restored_target() {
  TargetFacts facts = empty_target();
  facts.globals = backup();
  return facts;
}

AccountsPlan plan(const Globals& globals, const TargetFacts& facts,
                  AccountsPolicy policy = AccountsPolicy::kCreate,
                  const std::set<std::string>& databases = {}) {
  return plan_accounts({.backup = globals,
                        .target = facts,
                        .policy = policy,
                        .authority = {globals, facts, policy},
                        .databases = databases});
}

std::vector<std::string> sql_of(const std::vector<Change>& changes) {
  std::vector<std::string> list;
  for (const Change& change : changes) list.push_back(change.statement.sql);
  return list;
}

std::vector<std::string> ids_of(const std::vector<Gap>& gaps) {
  std::vector<std::string> list;
  for (const Gap& gap : gaps) list.push_back(gap.id());
  return list;
}

using Lines = std::vector<std::string>;

TEST(AccountsPlan, BringsAllToAnEmptyServer) {
  const AccountsPlan made = plan(backup(), empty_target());
  const Lines sql = sql_of(made.roles);
  ASSERT_EQ(sql.size(), 5U);
  EXPECT_EQ(sql[0], "CREATE ROLE \"app\"");
  EXPECT_EQ(sql[2], "CREATE ROLE \"reader\"");
  EXPECT_EQ(sql[4],
            "GRANT \"reader\" TO \"app\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY "
            "\"postgres\"");
  EXPECT_EQ(sql_of(made.settings), Lines{"ALTER ROLE \"app\" SET \"work_mem\" TO '64MB'"});
  EXPECT_EQ(ids_of(made.gaps), Lines{});
}

TEST(AccountsPlan, HasNothingToDoTheSecondTime) {
  for (const AccountsPolicy policy : {AccountsPolicy::kCreate, AccountsPolicy::kConverge}) {
    const AccountsPlan made = plan(backup(), restored_target(), policy);
    EXPECT_EQ(sql_of(made.roles), Lines{});
    EXPECT_EQ(sql_of(made.settings), Lines{});
    EXPECT_EQ(ids_of(made.gaps), Lines{});
  }
}

/// A target whose `app` differs in everything.
TargetFacts target_with_another_app() {
  TargetFacts facts = empty_target();
  Role app = login("app", "SCRAM-SHA-256$another");
  app.superuser = true;
  app.valid_until = "2030-01-01 00:00:00+00";
  facts.globals.roles.push_back(app);
  facts.globals.roles.push_back(Role{.name = "admins"});
  facts.globals.memberships = {{.role = "admins",
                                .member = "app",
                                .grantor = "postgres",
                                .grantor_is_bootstrap = true,
                                .inherit = true,
                                .set = true}};
  facts.globals.settings = {{"app", "", "search_path", "mine"}, {"app", "", "work_mem", "1MB"}};
  return facts;
}

TEST(AccountsPlan, LeavesAnExistingRoleAloneAndNamesWhatDiffers) {
  const AccountsPlan made = plan(backup(), target_with_another_app());
  EXPECT_EQ(sql_of(made.roles).front(), "CREATE ROLE \"reader\"");
  EXPECT_EQ(made.roles.size(), 2U);
  EXPECT_EQ(sql_of(made.settings), Lines{});
  EXPECT_EQ(ids_of(made.gaps), (Lines{"kept-role:app", "membership:reader/app",
                                      "setting:set work_mem of ROLE \"app\""}));
  EXPECT_NE(made.gaps[0].why.find("SUPERUSER, VALID UNTIL, PASSWORD"), std::string::npos)
      << made.gaps[0].why;
  EXPECT_EQ(made.gaps[0].why.find("SCRAM"), std::string::npos);
  EXPECT_EQ(made.gaps[0].cure, "restore with --accounts converge");
}

TEST(AccountsPlan, MakesAnExistingRoleEqual) {
  const AccountsPlan made = plan(backup(), target_with_another_app(), AccountsPolicy::kConverge);
  EXPECT_EQ(
      made.roles[0].statement.sql,
      "ALTER ROLE \"app\" WITH NOSUPERUSER CONNECTION LIMIT -1 VALID UNTIL 'infinity' PASSWORD "
      "'SCRAM-SHA-256$hidden'");
  EXPECT_TRUE(made.roles[0].statement.secret);
  EXPECT_EQ(made.roles[0].statement.what,
            "make role \"app\" as in the backup: SUPERUSER, VALID UNTIL, PASSWORD");
  EXPECT_EQ(sql_of(made.roles).back(), "REVOKE \"admins\" FROM \"app\" GRANTED BY \"postgres\"");
  EXPECT_EQ(sql_of(made.settings), (Lines{"ALTER ROLE \"app\" SET \"work_mem\" TO '64MB'",
                                          "ALTER ROLE \"app\" RESET \"search_path\""}));
  EXPECT_EQ(ids_of(made.gaps), Lines{});
}

TEST(AccountsPlan, TakesAPasswordAwayThatTheBackupDoesNotHave) {
  Globals globals = backup();
  globals.roles[0].verifier.reset();
  const AccountsPlan made = plan(globals, restored_target(), AccountsPolicy::kConverge);
  ASSERT_EQ(made.roles.size(), 1U);
  EXPECT_TRUE(made.roles[0].statement.sql.ends_with(" PASSWORD NULL"));
}

TEST(AccountsPlan, TakesNoPasswordAwayThatTheBackupCouldNotRead) {
  Globals globals = backup();
  globals.roles[0].verifier.reset();
  globals.roles[0].verifier_read = false;
  const AccountsPlan existing = plan(globals, restored_target(), AccountsPolicy::kConverge);
  EXPECT_EQ(sql_of(existing.roles), Lines{});
  EXPECT_EQ(ids_of(existing.gaps), Lines{});
  globals.roles[0].connection_limit = 7;
  EXPECT_EQ(plan(globals, restored_target(), AccountsPolicy::kConverge)
                .roles[0]
                .statement.sql.find("PASSWORD"),
            std::string::npos);
  EXPECT_EQ(ids_of(plan(globals, empty_target()).gaps), Lines{"password:app"});
}

TEST(AccountsPlan, NeverChangesProtectedRoles) {
  Globals globals = backup();
  TargetFacts facts = restored_target();
  facts.powers.role = "me";
  for (const char* name : {"rdsadmin", "cloudsqlsuperuser", "azure_pg_admin", "me", "postgres"}) {
    if (std::string(name) != "postgres") globals.roles.push_back(login(name));
    Role mine = login(name, "SCRAM-SHA-256$mine");
    mine.superuser = true;
    mine.bootstrap = std::string(name) == "postgres";
    std::erase_if(facts.globals.roles, [&](const Role& role) { return role.name == name; });
    facts.globals.roles.push_back(mine);
  }
  const AccountsPlan made = plan(globals, facts, AccountsPolicy::kConverge);
  EXPECT_EQ(sql_of(made.roles), Lines{});
  EXPECT_EQ(ids_of(made.gaps), (Lines{"kept-role:rdsadmin", "kept-role:cloudsqlsuperuser",
                                      "kept-role:azure_pg_admin", "kept-role:me"}));
  EXPECT_EQ(made.gaps[3].cure, "");
}

TEST(AccountsPlan, TakesTheAdminOptionAwayAsEachVersionCan) {
  TargetFacts facts = restored_target();
  facts.globals.memberships[0].admin = true;
  EXPECT_EQ(sql_of(plan(backup(), facts, AccountsPolicy::kConverge).roles),
            Lines{"GRANT \"reader\" TO \"app\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY "
                  "\"postgres\""});
  facts.version = kOld;
  facts.globals.memberships[0].inherit = facts.globals.memberships[0].set = std::nullopt;
  EXPECT_EQ(sql_of(plan(backup(), facts, AccountsPolicy::kConverge).roles),
            Lines{"REVOKE ADMIN OPTION FOR \"reader\" FROM \"app\""});
}

TEST(AccountsPlan, JoinsMembershipsThatANewServerCannotTellApart) {
  Globals globals = backup();
  globals.memberships = {{.role = "reader", .member = "app", .grantor = "gone1"},
                         {.role = "reader", .member = "app", .grantor = "gone2", .admin = true}};
  TargetFacts facts = restored_target();
  facts.globals.memberships[0].admin = true;
  EXPECT_EQ(sql_of(plan(globals, facts).roles), Lines{});
}

TEST(AccountsPlan, SetsWhatHoldsForAllOnlyWhereNobodyElseIs) {
  Globals globals;
  globals.roles = backup().roles;
  globals.settings = {{"", "", "work_mem", "1MB"}};
  globals.parameters = {{.kind = "PARAMETER",
                         .object = "\"work_mem\"",
                         .grants = {{.grantee = "", .grantor = "postgres", .privilege = "SET"}}}};
  EXPECT_EQ(plan(globals, empty_target()).settings.size(), 1U);
  TargetFacts used = empty_target();
  used.globals.roles.push_back(Role{.name = "somebody"});
  const AccountsPlan made = plan(globals, used);
  EXPECT_EQ(made.settings.size(), 0U);
  EXPECT_EQ(ids_of(made.gaps),
            (Lines{"parameter-grant:\"work_mem\"", "setting:set work_mem of ROLE ALL"}));
  EXPECT_EQ(plan(globals, used, AccountsPolicy::kConverge).settings.size(), 1U);
}

TEST(AccountsPlan, TakesExtraGrantsOnParametersFromRolesThatItMakesEqual) {
  TargetFacts facts = restored_target();
  facts.globals.parameters = {
      {.kind = "PARAMETER",
       .object = "\"work_mem\"",
       .grants = {{.grantee = "app", .grantor = "postgres", .privilege = "SET"},
                  {.grantee = "other", .grantor = "postgres", .privilege = "SET"}}}};
  EXPECT_EQ(sql_of(plan(backup(), facts, AccountsPolicy::kConverge).roles),
            Lines{"REVOKE SET ON PARAMETER \"work_mem\" FROM \"app\""});
  EXPECT_EQ(sql_of(plan(backup(), facts).roles), Lines{});
}

TEST(AccountsPlan, SetsWhatBelongsToADatabaseOfTheRestoreWhateverThePolicy) {
  Globals globals = backup();
  globals.settings = {{"app", "shop", "work_mem", "1MB"},
                      {"", "shop", "work_mem", "2MB"},
                      {"app", "other", "work_mem", "3MB"}};
  const AccountsPlan made =
      plan(globals, target_with_another_app(), AccountsPolicy::kSkip, {"shop"});
  EXPECT_EQ(sql_of(made.settings),
            (Lines{"ALTER ROLE \"app\" IN DATABASE \"shop\" SET \"work_mem\" TO '1MB'",
                   "ALTER DATABASE \"shop\" SET \"work_mem\" TO '2MB'"}));
  EXPECT_EQ(sql_of(made.roles), Lines{});
  EXPECT_EQ(ids_of(made.gaps), Lines{});
}

/// A target where a role without superuser restores.
TargetFacts limited_target(int version) {
  TargetFacts facts = empty_target(version);
  facts.powers = {.role = "master", .create_role = true};
  facts.globals.roles.push_back(Role{.name = "master", .create_role = true, .login = true});
  return facts;
}

TEST(LimitedAccountsPlan, NamesNoGrantorAndSaysSo) {
  const AccountsPlan made = plan(backup(), limited_target(kNew));
  const Lines sql = sql_of(made.roles);
  EXPECT_NE(std::ranges::find(
                sql, "GRANT \"reader\" TO \"app\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE"),
            sql.end());
  const Lines gaps = ids_of(made.gaps);
  EXPECT_NE(std::ranges::find(gaps, "grantor:master"), gaps.end());
  EXPECT_NE(std::ranges::find(gaps, "membership:master"), gaps.end());
}

TEST(LimitedAccountsPlan, HasNothingToDoForMembershipsThatSomebodyElseGave) {
  TargetFacts facts = limited_target(kNew);
  facts.globals = backup();
  facts.globals.roles.push_back(Role{.name = "master", .create_role = true, .login = true});
  EXPECT_EQ(sql_of(plan(backup(), facts).roles), Lines{});
}

TEST(LimitedAccountsPlan, ChangesOnlyRolesThatItAdministers) {
  TargetFacts facts = limited_target(kNew);
  facts.globals.roles.push_back(Role{.name = "app"});
  EXPECT_TRUE(ids_of(plan(backup(), facts, AccountsPolicy::kConverge).gaps).front() ==
              "kept-role:app");
  facts.powers.administers = {"app"};
  const Lines sql = sql_of(plan(backup(), facts, AccountsPolicy::kConverge).roles);
  EXPECT_EQ(sql.front(),
            "ALTER ROLE \"app\" WITH LOGIN CONNECTION LIMIT -1 PASSWORD 'SCRAM-SHA-256$hidden'");
}

TEST(LimitedAccountsPlan, SetsAPasswordAnewThatItCannotRead) {
  TargetFacts facts = limited_target(kOld);
  facts.globals = backup();
  facts.globals.memberships[0].inherit = facts.globals.memberships[0].set = std::nullopt;
  for (Role& role : facts.globals.roles) {
    role.verifier.reset();
    role.verifier_read = false;
  }
  EXPECT_EQ(sql_of(plan(backup(), facts).roles), Lines{});
  const Lines sql = sql_of(plan(backup(), facts, AccountsPolicy::kConverge).roles);
  EXPECT_EQ(sql,
            Lines{"ALTER ROLE \"app\" WITH CONNECTION LIMIT -1 PASSWORD 'SCRAM-SHA-256$hidden'"});
}

TEST(GivableAttributes, AreThoseThatTheServerLetsARoleGive) {
  Globals globals;
  globals.roles = {
      Role{.name = "boss", .superuser = true, .create_database = true, .bypass_rls = true}};
  TargetFacts facts = limited_target(kNew);
  const auto gap = [&](Globals backup) {
    const Authority authority(backup, facts, AccountsPolicy::kCreate);
    return keep_givable_attributes(backup, facts, authority).at(0).cure;
  };
  EXPECT_EQ(gap(globals), "as a superuser: ALTER ROLE \"boss\" SUPERUSER CREATEDB BYPASSRLS");
  facts.powers.create_database = true;
  EXPECT_EQ(gap(globals), "as a superuser: ALTER ROLE \"boss\" SUPERUSER BYPASSRLS");
  facts = limited_target(kOld);
  EXPECT_EQ(gap(globals), "as a superuser: ALTER ROLE \"boss\" SUPERUSER BYPASSRLS");
}

TEST(RolesToBorrow, AreOwnersThatWeMayBecome) {
  BackupModel model;
  model.globals.roles = {Role{.name = "app"}, Role{.name = "theirs"}, Role{.name = "ours"}};
  model.databases = {
      {.database = {1, "shop", "UTF8"}, .roles = {"app", "theirs", "ours", "master"}}};
  TargetFacts facts = limited_target(kNew);
  facts.globals.roles.push_back(Role{.name = "theirs"});
  facts.globals.roles.push_back(Role{.name = "ours"});
  facts.powers.becomes = {"ours"};
  const auto borrowed = [&] {
    return roles_to_borrow(model, {}, facts, {model.globals, facts, AccountsPolicy::kCreate});
  };
  EXPECT_EQ(borrowed(), std::vector<std::string>{"app"});
  facts.powers.superuser = true;
  EXPECT_EQ(borrowed(), std::vector<std::string>{});
}

}  // namespace
}  // namespace vya::pg
