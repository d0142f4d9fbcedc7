#include "operation/explained.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

constexpr DifferenceContext kUpwards{
    .engine = "postgresql", .account = "", .source_major = 15, .target_major = 17};

CatalogObject with_items(std::set<std::string> items) { return {.items = std::move(items)}; }

/// How many of the findings are faults, and how many a rule explains.
std::pair<std::size_t, std::size_t> faults_and_notices(const std::vector<Finding>& findings) {
  const auto faults =
      static_cast<std::size_t>(std::ranges::count(findings, Severity::kFault, &Finding::severity));
  return {faults, findings.size() - faults};
}

using Numbers = std::pair<std::size_t, std::size_t>;

TEST(Explained, IsThePasswordOfTheAccountThatRestored) {
  const auto model = [](const std::string& hash) {
    CatalogObject role;
    role.secrets["password"] = hash;
    return CatalogModel{{"role \"postgres\"", role}, {"role \"app\"", role}};
  };
  DifferenceContext context{.engine = "postgresql", .account = "postgres"};

  const std::vector<Finding> findings = explained(model("a"), model("b"), context);

  EXPECT_EQ(faults_and_notices(findings), Numbers(1, 1));
  EXPECT_EQ(findings[1].where, "password of role \"postgres\"");
  EXPECT_EQ(findings[1].what, "is another one (rule: own password)");
  context.account = "";
  EXPECT_EQ(faults_and_notices(explained(model("a"), model("b"), context)), Numbers(2, 0));
}

TEST(Explained, IsThePasswordOfRootOnMysql) {
  const auto model = [](const std::string& hash) {
    CatalogObject user;
    user.secrets["password"] = hash;
    return CatalogModel{{"user `root`@`localhost`", user}, {"user `root`@`%`", user}};
  };

  EXPECT_EQ(
      faults_and_notices(explained(model("a"), model("b"), {.engine = "mysql", .account = "root"})),
      Numbers(1, 1));
}

TEST(Explained, IsThePrivilegeThatPostgresql17Has) {
  const CatalogModel wanted = {{"table s.public.t", with_items({})}};
  const CatalogModel found = {{"table s.public.t", with_items({"MAINTAIN TO its owner"})}};
  const CatalogModel wider = {{"table s.public.t", with_items({"MAINTAIN TO \"app\""})}};

  EXPECT_EQ(faults_and_notices(explained(wanted, found, kUpwards)), Numbers(0, 1));
  EXPECT_EQ(faults_and_notices(explained(wanted, wider, kUpwards)), Numbers(1, 0));
  EXPECT_EQ(faults_and_notices(explained(found, wanted, kUpwards)), Numbers(1, 0))
      << "one less is no version's doing";
  EXPECT_EQ(faults_and_notices(explained(
                wanted, found, {.engine = "postgresql", .source_major = 17, .target_major = 18})),
            Numbers(1, 0));
}

CatalogModel member(const std::string& inherit, const std::string& item) {
  return {{"role \"app\"", {.properties = {{"INHERIT", inherit}}, .items = {item}}}};
}

TEST(Explained, AreTheOptionsOfMembershipsThatPostgresql16Has) {
  const auto step = [](const CatalogModel& wanted, const CatalogModel& found) {
    return faults_and_notices(explained(wanted, found, kUpwards));
  };
  const CatalogModel before = member("yes", "MEMBER OF \"r\"");

  EXPECT_EQ(step(before, member("yes", "MEMBER OF \"r\" INHERIT TRUE SET TRUE")), Numbers(0, 2));
  EXPECT_EQ(step(member("no", "MEMBER OF \"r\" WITH ADMIN OPTION"),
                 member("no", "MEMBER OF \"r\" WITH ADMIN OPTION INHERIT FALSE SET TRUE")),
            Numbers(0, 2));
  EXPECT_EQ(step(before, member("yes", "MEMBER OF \"r\" INHERIT FALSE SET TRUE")), Numbers(2, 0));
  EXPECT_EQ(step(before, member("yes", "MEMBER OF \"r\" INHERIT TRUE SET FALSE")), Numbers(2, 0));
  EXPECT_EQ(step(before, member("yes", "MEMBER OF \"r\" WITH ADMIN OPTION INHERIT TRUE SET TRUE")),
            Numbers(2, 0))
      << "that is more than before";
  EXPECT_EQ(step(before, member("yes", "MEMBER OF \"q\" INHERIT TRUE SET TRUE")), Numbers(2, 0));
}

}  // namespace
}  // namespace vya
