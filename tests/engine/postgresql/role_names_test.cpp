#include "engine/postgresql/role_names.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

const RoleNames kNames = {{"app", "new \"app"}, {"reader", "viewer"}};

Entry entry(const std::string& kind, const std::string& definition) {
  return {.kind = kind, .owner = "app", .definition = definition};
}

std::string renamed(const std::string& kind, const std::string& definition) {
  Entry one = entry(kind, definition);
  visit_roles(one, renaming(kNames));
  EXPECT_EQ(one.owner, "new \"app");
  return one.definition;
}

TEST(RoleNames, ChangesThoseOfAPolicyAndNothingElseInIt) {
  EXPECT_EQ(
      renamed("POLICY",
              "CREATE POLICY \"app\" ON \"app\".\"reader\" AS RESTRICTIVE FOR SELECT TO \"app\", "
              "\"other\",\"reader\" USING ((\"app\" = 'app') AND (\"x\" TO \"reader\"));"),
      "CREATE POLICY \"app\" ON \"app\".\"reader\" AS RESTRICTIVE FOR SELECT TO \"new \"\"app\", "
      "\"other\",\"viewer\" USING ((\"app\" = 'app') AND (\"x\" TO \"reader\"));");
}

TEST(RoleNames, ChangesTheOneOfAUserMappingAndLeavesTheServer) {
  EXPECT_EQ(
      renamed("USER MAPPING",
              "CREATE USER MAPPING FOR \"app\" SERVER \"app\" OPTIONS (\n    \"user\" 'app'\n);"),
      "CREATE USER MAPPING FOR \"new \"\"app\" SERVER \"app\" OPTIONS (\n    \"user\" 'app'\n);");
}

TEST(RoleNames, LeavesDefinitionsOfOtherKindsAsTheyAre) {
  const std::string definition = "CREATE FUNCTION f() ... TO \"app\" FOR \"app\"";
  EXPECT_EQ(renamed("FUNCTION", definition), definition);
}

TEST(RoleNames, KeepsEverybodyAsEverybody) {
  Entry one = entry("USER MAPPING", "CREATE USER MAPPING FOR \"public\" SERVER \"s\";");
  visit_roles(one, [](std::string& role) { role = "changed"; });
  EXPECT_EQ(one.definition, "CREATE USER MAPPING FOR \"public\" SERVER \"s\";");
}

TEST(RoleNames, ChangesGrantsAndOwners) {
  Catalog catalog;
  catalog.acls = {{.kind = "TABLE",
                   .object = "\"t\"",
                   .owner = "app",
                   .grants = {{.grantee = "reader", .grantor = "app", .privilege = "SELECT"},
                              {.grantee = "", .grantor = "app", .privilege = "SELECT"}}}};
  catalog.default_acls = {{.role = "app", .kind = "TABLES"}};
  visit_roles(catalog, renaming(kNames));
  EXPECT_EQ(catalog.acls[0].owner, "new \"app");
  EXPECT_EQ(catalog.acls[0].grants[0].grantee, "viewer");
  EXPECT_EQ(catalog.acls[0].grants[0].grantor, "new \"app");
  EXPECT_EQ(catalog.acls[0].grants[1].grantee, "");
  EXPECT_EQ(catalog.default_acls[0].role, "new \"app");
}

Globals globals() {
  Globals globals;
  globals.roles = {Role{.name = "app", .login = true, .verifier = Secret("md5fake")},
                   Role{.name = "alice", .verifier = Secret("SCRAM-SHA-256$fake")},
                   Role{.name = "reader"}, Role{.name = "hr"}, Role{.name = "group"}};
  globals.memberships = {{.role = "reader", .member = "alice", .grantor = "app"},
                         {.role = "hr", .member = "alice"},
                         {.role = "group", .member = "app"},
                         {.role = "pg_monitor", .member = "app"}};
  globals.settings = {
      {"app", "shop", "work_mem", "1MB"}, {"", "shop", "work_mem", "1MB"}, {"", "", "a", "b"}};
  return globals;
}

TEST(RenameRoles, DropsAPasswordThatHoldsTheOldName) {
  Globals all = globals();
  EXPECT_EQ(rename_roles(all, {{"app", "b"}, {"alice", "c"}}), std::set<std::string>{"b"});
  EXPECT_EQ(all.roles[0].name, "b");
  EXPECT_EQ(all.roles[0].verifier, std::nullopt);
  EXPECT_EQ(all.roles[1].name, "c");
  EXPECT_TRUE(all.roles[1].verifier.has_value());
  EXPECT_EQ(all.memberships[0].member, "c");
  EXPECT_EQ(all.memberships[0].grantor, "b");
  EXPECT_EQ(all.settings[0].role, "b");
}

TEST(RenameRoles, LetsARoleOfTheBackupStandForAnother) {
  Globals all = globals();
  rename_roles(all, {{"app", "alice"}});
  EXPECT_EQ(all.roles.size(), 4U);
  EXPECT_EQ(all.roles[0].name, "alice");
  EXPECT_EQ(all.roles[0].login, false);
  for (const Membership& membership : all.memberships) EXPECT_EQ(membership.member, "alice");
  EXPECT_EQ(all.settings.size(), 2U);
}

TEST(MembershipClosure, HoldsGroupsAndMembersButNotTheMembersOtherGroups) {
  EXPECT_EQ(membership_closure(globals(), {"app", "reader"}),
            (std::set<std::string>{"app", "reader", "group", "alice"}));
}

TEST(KeepRoles, LeavesWhatIsBetweenThem) {
  Globals all = globals();
  keep_roles(all, {"app", "group"});
  EXPECT_EQ(all.roles.size(), 2U);
  ASSERT_EQ(all.memberships.size(), 2U);
  EXPECT_EQ(all.memberships[0].role, "group");
  EXPECT_EQ(all.memberships[1].role, "pg_monitor");
  EXPECT_EQ(all.settings.size(), 2U);
}

}  // namespace
}  // namespace vya::pg
