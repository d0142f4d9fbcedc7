#include "engine/postgresql/plan_tables.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

using Grantees = std::set<std::string>;

Entry entry(const std::string& kind) {
  return {.kind = kind, .schema = "s", .name = "t", .owner = "app"};
}

TEST(RevokeDefaults, LeavesANewTableToItsOwner) {
  EXPECT_EQ(revoke_defaults(entry("TABLE"), Grantees{"", "x\"y"}),
            "\nREVOKE ALL ON TABLE \"s\".\"t\" FROM PUBLIC, \"x\"\"y\";\n"
            "GRANT ALL ON TABLE \"s\".\"t\" TO \"app\";\n");
  EXPECT_EQ(revoke_defaults(entry("SEQUENCE"), Grantees{}),
            "\nREVOKE ALL ON SEQUENCE \"s\".\"t\" FROM PUBLIC;\n"
            "GRANT ALL ON SEQUENCE \"s\".\"t\" TO \"app\";\n");
}

TEST(RevokeDefaults, SaysNothingOfWhatHasNone) {
  EXPECT_EQ(revoke_defaults(entry("TABLE"), std::nullopt), "");
  EXPECT_EQ(revoke_defaults(entry("INDEX"), Grantees{"x"}), "");
}

/// `shop` with the table `t` of `app`, who gave something to `viewer`.
BackupModel backup() {
  BackupModel model;
  DatabaseModel shop = {.database = {1, "shop", "UTF8"}};
  shop.catalog.acls = {{.kind = "TABLE",
                        .object = "\"s\".\"t\"",
                        .owner = "app",
                        .grants = {{"app", "app", "SELECT"}, {"viewer", "app", "SELECT"}}}};
  shop.owners = {"app"};
  shop.roles = {"app", "viewer", "owner_of_database"};
  shop.tablespaces = {"fast"};
  model.databases = {shop};
  model.globals.tablespaces = {Tablespace{.name = "fast", .location = "/fast"},
                               Tablespace{.name = "slow", .location = "/slow"}};
  return model;
}

TEST(LeaveOutGrants, TakesThoseToMissingRolesAndNeedsTheOwners) {
  BackupModel model = backup();
  std::vector<Gap> gaps;

  leave_out_grants(model, [](const std::string&, const DatabaseModel&) { return false; }, gaps);

  const DatabaseModel& shop = model.databases.front();
  EXPECT_EQ(shop.catalog.acls.front().grants, (std::vector<Grant>{{"app", "app", "SELECT"}}))
      << "that the owner is missing is a refusal";
  EXPECT_EQ(shop.roles, std::set<std::string>{"app"});
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps.front().what, "SELECT ON \"s\".\"t\" TO \"viewer\"");
  EXPECT_EQ(gaps.front().cure, "GRANT SELECT ON TABLE \"s\".\"t\" TO \"viewer\"");
}

TEST(LeaveOutGrants, TakesNothingWhereAllRolesAreThere) {
  BackupModel model = backup();
  std::vector<Gap> gaps;
  leave_out_grants(model, [](const std::string&, const DatabaseModel&) { return true; }, gaps);
  EXPECT_EQ(model.databases.front().catalog.acls.front().grants.size(), 2U);
  EXPECT_EQ(gaps, std::vector<Gap>{});
}

TEST(KeepTablespaces, CreatesNoneAndNamesThoseThatAreMissed) {
  TargetFacts target;
  std::vector<Gap> gaps;
  const std::vector<PlannedTablespace> planned = keep_tablespaces(backup(), target, gaps);
  ASSERT_EQ(planned.size(), 2U);
  EXPECT_EQ(planned.front().action, TablespaceAction::kMissing);
  ASSERT_EQ(gaps.size(), 1U) << "nothing of the table is in the other one";
  EXPECT_EQ(gaps.front().id(), "missing-tablespace:fast");

  target.globals.tablespaces = {Tablespace{.name = "fast"}, Tablespace{.name = "slow"}};
  gaps.clear();
  EXPECT_EQ(keep_tablespaces(backup(), target, gaps).front().action, TablespaceAction::kKeep);
  EXPECT_EQ(gaps, std::vector<Gap>{});
}

}  // namespace
}  // namespace vya::pg
