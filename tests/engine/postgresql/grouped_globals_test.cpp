#include "engine/postgresql/grouped_globals.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace vya::pg {
namespace {

Globals with_roles(const std::vector<std::string>& names) {
  Globals globals;
  for (const std::string& name : names)
    globals.roles.push_back({.name = name, .superuser = true, .login = true});
  return globals;
}

DatabaseProperties database(int number, const std::string& name, const std::string& owner) {
  return {.number = number, .name = name, .owner = owner};
}

std::vector<std::string> ids(const GroupedGlobals& grouped) {
  std::vector<std::string> all;
  for (const Gap& gap : grouped.gaps()) all.push_back(gap.id());
  return all;
}

using Ids = std::vector<std::string>;

TEST(GroupedGlobals, OfOneGroupAreItsOwn) {
  Globals globals = with_roles({"app", "reader"});
  globals.databases = {database(0, "closed", "app"), database(1, "shop", "app")};
  globals.settings = {{"app", "shop", "work_mem", "1MB"}};
  GroupedGlobals grouped;

  grouped.add(globals);

  EXPECT_EQ(grouped.all(), globals);
  EXPECT_TRUE(grouped.gaps().empty());
}

TEST(GroupedGlobals, AreTheLastGroupsAndTellWhatChanged) {
  GroupedGlobals grouped;
  grouped.add(with_roles({"app", "other"}));
  Globals now = with_roles({"app", "other"});
  now.roles[0].connection_limit = 7;

  grouped.add(now);

  EXPECT_EQ(grouped.all(), now);
  EXPECT_EQ(ids(grouped), Ids{"accounts:app"});
}

/// It may own what earlier databases hold; nobody gets in by it.
TEST(GroupedGlobals, KeepARoleThatIsGoneWithoutItsRights) {
  GroupedGlobals grouped;
  grouped.add(with_roles({"a", "m", "z"}));

  grouped.add(with_roles({"a", "z"}));

  const Globals all = grouped.all();
  ASSERT_EQ(all.roles.size(), 3U);
  EXPECT_EQ(all.roles[1], Role{.name = "m"});
  EXPECT_FALSE(all.roles[1].login);
  EXPECT_EQ(ids(grouped), Ids{"accounts:m"});
  EXPECT_NE(grouped.gaps()[0].why.find("cannot log in"), std::string::npos);
}

TEST(GroupedGlobals, TakeARoleAsItIsThatWasGoneForAWhile) {
  GroupedGlobals grouped;
  grouped.add(with_roles({"app"}));
  grouped.add(with_roles({}));
  grouped.add(with_roles({"app"}));

  EXPECT_EQ(grouped.all(), with_roles({"app"}));
  EXPECT_EQ(ids(grouped), Ids{"accounts:app"});
}

TEST(GroupedGlobals, DoNotTellOfWhatIsNew) {
  GroupedGlobals grouped;
  grouped.add(with_roles({"app"}));
  Globals now = with_roles({"app", "new"});
  now.memberships = {{.role = "app", .member = "new", .grantor = "postgres"}};
  now.settings = {{"new", "", "work_mem", "1MB"}, {"", "newer", "work_mem", "1MB"}};
  now.databases = {database(0, "newer", "new")};

  grouped.add(now);

  EXPECT_TRUE(grouped.gaps().empty());
  EXPECT_EQ(grouped.all(), now);
}

TEST(GroupedGlobals, HaveADatabaseAsItWasWhenItWasRead) {
  Globals first = with_roles({"app"});
  first.databases = {database(1, "a", "app"), database(0, "b", "app"), database(0, "c", "app")};
  first.settings = {{"", "a", "work_mem", "1MB"}};
  Globals second = with_roles({"app"});
  second.databases = {database(2, "b", "app"), database(0, "c", "other")};
  GroupedGlobals grouped;

  grouped.add(first);
  grouped.add(second);

  const Globals all = grouped.all();
  EXPECT_EQ(all.databases, (std::vector{database(1, "a", "app"), database(2, "b", "app"),
                                        database(0, "c", "other")}));
  EXPECT_EQ(all.settings, first.settings);
  EXPECT_EQ(ids(grouped), Ids{"accounts:database c"});
}

TEST(GroupedGlobals, TellOfMembershipsSettingsTablespacesAndParameters) {
  Globals first = with_roles({"app", "boss"});
  first.databases = {database(1, "a", "app")};
  first.tablespaces = {{.name = "fast", .owner = "app", .location = "/srv/fast"}};
  first.memberships = {{.role = "boss", .member = "app", .grantor = "postgres"}};
  Globals second = first;
  second.databases[0].number = 0;
  second.tablespaces.clear();
  second.memberships.clear();
  second.settings = {
      {"", "", "work_mem", "1MB"}, {"", "a", "jit", "off"}, {"boss", "", "jit", "on"}};
  second.parameters = {{.kind = "PARAMETER", .object = "\"work_mem\""}};
  GroupedGlobals grouped;

  grouped.add(first);
  grouped.add(second);

  EXPECT_EQ(ids(grouped), (Ids{"accounts:app", "accounts:boss", "accounts:grants on parameters",
                               "accounts:settings of all roles", "accounts:settings of database a",
                               "accounts:tablespace fast"}));
  EXPECT_EQ(grouped.all().tablespaces, first.tablespaces);
}

}  // namespace
}  // namespace vya::pg
