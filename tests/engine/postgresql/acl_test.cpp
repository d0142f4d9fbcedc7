#include "engine/postgresql/acl.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace vya::pg {
namespace {

using Statements = std::vector<GrantStatement>;

Acl table_acl(std::vector<Grant> grants) {
  return {"TABLE", R"("s"."t")", "", "owner", std::move(grants)};
}

TEST(Acl, RevokesTheDefaultsFirst) {
  EXPECT_EQ(statements(table_acl({})),
            (Statements{{"", R"(REVOKE ALL ON TABLE "s"."t" FROM PUBLIC, "owner")"}}));
}

TEST(Acl, GroupsThePrivilegesOfOneGranteeAndGrantor) {
  const Acl acl = table_acl({{"owner", "owner", "SELECT", false},
                             {"r", "owner", "SELECT", true},
                             {"owner", "owner", "INSERT", false},
                             {"r", "owner", "INSERT", true},
                             {"r", "owner", "DELETE", false},
                             {"", "owner", "SELECT", false}});

  EXPECT_EQ(statements(acl),
            (Statements{{"", R"(REVOKE ALL ON TABLE "s"."t" FROM PUBLIC, "owner")"},
                        {"", R"(GRANT SELECT, INSERT ON TABLE "s"."t" TO "owner")"},
                        {"", R"(GRANT SELECT, INSERT ON TABLE "s"."t" TO "r" WITH GRANT OPTION)"},
                        {"", R"(GRANT DELETE ON TABLE "s"."t" TO "r")"},
                        {"", R"(GRANT SELECT ON TABLE "s"."t" TO PUBLIC)"}}));
}

TEST(Acl, GivesAGrantAfterTheOneItBuildsOn) {
  const Acl acl = table_acl(
      {{"c", "b", "SELECT", false}, {"b", "a", "SELECT", true}, {"a", "owner", "SELECT", true}});

  EXPECT_EQ(statements(acl),
            (Statements{{"", R"(REVOKE ALL ON TABLE "s"."t" FROM PUBLIC, "owner")"},
                        {"", R"(GRANT SELECT ON TABLE "s"."t" TO "a" WITH GRANT OPTION)"},
                        {"a", R"(GRANT SELECT ON TABLE "s"."t" TO "b" WITH GRANT OPTION)"},
                        {"b", R"(GRANT SELECT ON TABLE "s"."t" TO "c")"}}));
}

// Grouped before they are sorted, a's two grants to b would wait for c's to a, c's for b's to c,
// and b's for a's to b.
TEST(Acl, DoesNotMakeACircleByGrouping) {
  std::vector<Grant> grants = {{"b", "a", "SELECT", true}, {"b", "a", "INSERT", true},
                               {"c", "b", "SELECT", true}, {"c", "b", "UPDATE", true},
                               {"a", "c", "UPDATE", true}, {"a", "c", "INSERT", true}};
  grants.push_back({"a", "owner", "SELECT", true});
  grants.push_back({"b", "owner", "UPDATE", true});
  grants.push_back({"c", "owner", "INSERT", true});

  std::vector<Grant> given;
  for (const GrantStatement& statement : statements(table_acl(grants))) {
    for (const Grant& grant : grants) {
      if (statement.as_role != (grant.grantor == "owner" ? "" : grant.grantor) ||
          statement.sql.find("\"" + grant.grantee + "\" WITH") == std::string::npos ||
          statement.sql.find(grant.privilege) == std::string::npos) {
        continue;
      }
      const bool has_base = std::ranges::any_of(given, [&](const Grant& base) {
        return base.grantee == grant.grantor && base.privilege == grant.privilege;
      });
      EXPECT_TRUE(grant.grantor == "owner" || has_base) << statement.sql;
      given.push_back(grant);
    }
  }
  EXPECT_EQ(given.size(), grants.size());
}

TEST(Acl, KeepsTheGivenOrderInACircle) {
  const Acl acl = table_acl({{"b", "a", "SELECT", true}, {"a", "b", "SELECT", true}});

  EXPECT_EQ(statements(acl),
            (Statements{{"", R"(REVOKE ALL ON TABLE "s"."t" FROM PUBLIC, "owner")"},
                        {"a", R"(GRANT SELECT ON TABLE "s"."t" TO "b" WITH GRANT OPTION)"},
                        {"b", R"(GRANT SELECT ON TABLE "s"."t" TO "a" WITH GRANT OPTION)"}}));
}

TEST(Acl, NamesTheColumnAndRevokesNothingFromIt) {
  const Acl acl = {"TABLE",
                   R"("s"."t")",
                   R"(a "col")",
                   "owner",
                   {{"r", "owner", "SELECT", false},
                    {"r", "owner", "UPDATE", false},
                    {"x", "elsewhere", "SELECT", false}}};

  EXPECT_EQ(statements(acl),
            (Statements{
                {"", R"(GRANT SELECT ("a ""col"""), UPDATE ("a ""col""") ON TABLE "s"."t" TO "r")"},
                {"elsewhere", R"(GRANT SELECT ("a ""col""") ON TABLE "s"."t" TO "x")"}}));
}

TEST(Acl, TakesTheFirstGrantorForTheOwnerWhereNobodyIs) {
  const Acl acl = {
      "PARAMETER",
      R"("work_mem")",
      "",
      "",
      {{"b", "a", "SET", false}, {"root", "root", "SET", false}, {"a", "root", "SET", true}}};

  EXPECT_EQ(statements(acl),
            (Statements{{"", R"(GRANT SET ON PARAMETER "work_mem" TO "root")"},
                        {"", R"(GRANT SET ON PARAMETER "work_mem" TO "a" WITH GRANT OPTION)"},
                        {"a", R"(GRANT SET ON PARAMETER "work_mem" TO "b")"}}));
}

TEST(DefaultAcl, ReplacesTheServersDefaultsEverywhere) {
  const DefaultAcl acl = {
      "r o", "", "TABLES", {{"r o", "r o", "SELECT", false}, {"", "r o", "SELECT", false}}};

  EXPECT_EQ(
      statements(acl),
      (Statements{
          {"",
           R"(ALTER DEFAULT PRIVILEGES FOR ROLE "r o" REVOKE ALL ON TABLES FROM PUBLIC, "r o")"},
          {"", R"(ALTER DEFAULT PRIVILEGES FOR ROLE "r o" GRANT SELECT ON TABLES TO "r o")"},
          {"", R"(ALTER DEFAULT PRIVILEGES FOR ROLE "r o" GRANT SELECT ON TABLES TO PUBLIC)"}}));
}

TEST(DefaultAcl, AddsToThemInASchema) {
  const DefaultAcl acl = {"r", "s", "FUNCTIONS", {{"x", "r", "EXECUTE", true}}};

  EXPECT_EQ(statements(acl),
            (Statements{{"", R"(ALTER DEFAULT PRIVILEGES FOR ROLE "r" IN SCHEMA "s" )"
                             R"(GRANT EXECUTE ON FUNCTIONS TO "x" WITH GRANT OPTION)"}}));
}

}  // namespace
}  // namespace vya::pg
