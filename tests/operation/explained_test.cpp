#include "operation/explained.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

const DifferenceContext kUpwards{
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

/// Whether a rule of PostgreSQL explains that a definition is written in another way.
bool is_explained(const std::string& object, const std::string& wanted, const std::string& found,
                  int source_major = 15, int target_major = 18) {
  const auto model = [&](const std::string& definition) {
    return CatalogModel{{object, {.properties = {{"definition", definition}}}}};
  };
  return faults_and_notices(explained(model(wanted), model(found),
                                      {.engine = "postgresql",
                                       .account = "",
                                       .source_major = source_major,
                                       .target_major = target_major})) == Numbers(0, 1);
}

TEST(Explained, IsThePrivilegeThatPostgresql17HasAlsoInAChangedList) {
  const auto model = [](const std::string& grants) {
    return CatalogModel{
        {"table s.pg_catalog.pg_authid", {.properties = {{"changed grants", grants}}}}};
  };
  const CatalogModel wanted = model("DELETE TO its owner, SELECT TO its owner");

  EXPECT_EQ(faults_and_notices(explained(
                wanted, model("DELETE TO its owner, MAINTAIN TO its owner, SELECT TO its owner"),
                kUpwards)),
            Numbers(0, 1));
  EXPECT_EQ(faults_and_notices(
                explained(wanted, model("MAINTAIN TO its owner, SELECT TO its owner"), kUpwards)),
            Numbers(1, 0));
}

TEST(Explained, AreTheNamesInViewsThatPostgresql16LeavesOut) {
  const std::string head = "CREATE VIEW \"s\".\"v\" AS SELECT ";
  const std::string wanted = head + "\"a\".\"a\", (\"a\".\"b\" > 1) FROM \"s\".\"a\"";
  const std::string found = head + "\"a\", (\"b\" > 1) FROM \"s\".\"a\"";

  EXPECT_TRUE(is_explained("view d.s.v", wanted, found));
  EXPECT_TRUE(is_explained("materialized view d.s.v", wanted, found));
  EXPECT_FALSE(is_explained("view d.s.v", wanted, found, 16, 18));
  EXPECT_FALSE(is_explained("view d.s.v", found, wanted));
  EXPECT_FALSE(is_explained("view d.s.v", wanted, head + "\"b\", (\"b\" > 1) FROM \"s\".\"a\""));
  EXPECT_FALSE(is_explained("view d.s.v", wanted, found + " WHERE true"));
  EXPECT_FALSE(is_explained("view d.s.v", wanted + " WHERE true", found));
  EXPECT_FALSE(is_explained("view d.s.v", wanted, head + "\"a\", (\"b\" > 1) FROM \"t\".\"a\""));
}

TEST(Explained, IsOnlyBeforeAForeignTable) {
  const std::string wanted =
      "ALTER FOREIGN TABLE \"s\".\"t\" ALTER COLUMN \"c\" OPTIONS ( \"a\" 'b' );";
  const std::string found =
      "ALTER FOREIGN TABLE ONLY \"s\".\"t\" ALTER COLUMN \"c\" OPTIONS ( \"a\" 'b' );";
  const std::string other =
      "ALTER FOREIGN TABLE ONLY \"s\".\"t\" ALTER COLUMN \"c\" OPTIONS ( \"a\" 'c' );";

  EXPECT_TRUE(is_explained("foreign table d.s.t", wanted, found));
  EXPECT_FALSE(is_explained("foreign table d.s.t", wanted, other));
}

TEST(Explained, AreTheNamesOfNotNullThatPostgresql18Gives) {
  const std::string wanted = "CREATE TABLE \"t\" ( \"a\" integer NOT NULL, \"b\" integer );";
  const std::string found =
      "CREATE TABLE \"t\" ( \"a\" integer CONSTRAINT \"t_a_not_null1\" NOT NULL, \"b\" integer );";
  const std::string more =
      "CREATE TABLE \"t\" ( \"a\" integer NOT NULL, \"b\" integer CONSTRAINT \"c\" NOT NULL );";

  EXPECT_TRUE(is_explained("table d.s.t", wanted, found));
  EXPECT_FALSE(is_explained("table d.s.t", wanted, found, 18, 18));
  EXPECT_FALSE(is_explained("table d.s.t", wanted, more));
}

TEST(Explained, AreDefaultsOfSubscriptionsThatARestoreKeeps) {
  const auto subscription = [](const std::string& options) {
    return "CREATE SUBSCRIPTION s CONNECTION 'host=192.0.2.1' PUBLICATION p WITH (connect = false" +
           options + ");";
  };
  const auto explains = [&](const std::string& wanted, const std::string& found, int source) {
    const auto model = [&](const std::string& options) {
      return CatalogModel{
          {"subscription d.s", {.secrets = {{"definition", subscription(options)}}}}};
    };
    return faults_and_notices(explained(model(wanted), model(found),
                                        {.engine = "postgresql",
                                         .account = "",
                                         .source_major = source,
                                         .target_major = 18})) == Numbers(0, 1);
  };

  EXPECT_TRUE(explains("", ", streaming = off, run_as_owner = true", 15));
  EXPECT_TRUE(explains(", streaming = on", ", streaming = on, run_as_owner = true", 15));
  EXPECT_TRUE(explains("", ", streaming = off", 17));
  EXPECT_FALSE(explains("", ", streaming = off", 18));
  EXPECT_FALSE(explains("", ", run_as_owner = true", 17)) << "that is more than before";
  EXPECT_FALSE(explains("", ", streaming = parallel", 17));
}

TEST(Explained, AreTheMultirangeTypesThatPostgresql14Has) {
  const std::string wanted = "CREATE TYPE \"z\".\"w\" AS RANGE ( subtype = \"text\" );";
  const std::string found =
      "CREATE TYPE \"z\".\"w\" AS RANGE ( multirange_type_name = \"z\".\"m\", subtype = \"text\" "
      ");";
  const std::string other =
      "CREATE TYPE \"z\".\"w\" AS RANGE ( multirange_type_name = \"z\".\"m\", subtype = \"name\" "
      ");";

  EXPECT_TRUE(is_explained("type d.z.w", wanted, found, 13, 15));
  EXPECT_FALSE(is_explained("type d.z.w", wanted, found, 14, 15));
  EXPECT_FALSE(is_explained("type d.z.w", wanted, other, 13, 15));
}

const DifferenceContext kMariadbUpwards{
    .engine = "mysql", .account = "", .source_major = 10, .target_major = 11};

TEST(Explained, IsThePrivilegeThatMariadb11Has) {
  const auto step = [](std::set<std::string> wanted, std::set<std::string> found) {
    return faults_and_notices(explained({{"user `u`@`%`", with_items(std::move(wanted))}},
                                        {{"user `u`@`%`", with_items(std::move(found))}},
                                        kMariadbUpwards));
  };

  EXPECT_EQ(step({"SELECT ON *.*"}, {"SELECT ON *.*", "SHOW CREATE ROUTINE ON *.*"}),
            Numbers(0, 1));
  EXPECT_EQ(step({"SELECT ON `d`.*"}, {"SELECT ON `d`.*", "SHOW CREATE ROUTINE ON *.*"}),
            Numbers(1, 0));
  EXPECT_EQ(
      step({"SELECT ON *.*"}, {"SELECT ON *.*", "SHOW CREATE ROUTINE ON *.* WITH GRANT OPTION"}),
      Numbers(1, 0));
}

TEST(Explained, IsThePlaceOfInvisibleInMariadb11) {
  const auto step = [](const std::string& wanted, const std::string& found) {
    const auto model = [](const std::string& definition) {
      return CatalogModel{{"table `d`.`t`", {.properties = {{"definition", definition}}}}};
    };
    return faults_and_notices(explained(model(wanted), model(found), kMariadbUpwards));
  };
  const std::string before =
      "CREATE TABLE `t` ( `a` int(11) INVISIBLE DEFAULT 7, `b` int(11) DEFAULT 1 ) ENGINE=InnoDB";
  const std::string after =
      "CREATE TABLE `t` ( `a` int(11) DEFAULT 7 INVISIBLE, `b` int(11) DEFAULT 1 ) ENGINE=InnoDB";
  const std::string other =
      "CREATE TABLE `t` ( `a` int(11) DEFAULT 7, `b` int(11) DEFAULT 1 INVISIBLE ) ENGINE=InnoDB";

  EXPECT_EQ(step(before, after), Numbers(0, 1));
  EXPECT_EQ(step(before, other), Numbers(1, 0));
}

}  // namespace
}  // namespace vya
