#include "engine/postgresql/globals_sql.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

constexpr int kOld = 150018;
constexpr int kNew = 180001;

Role app() {
  Role role;
  role.name = "o'dd \"app";
  role.login = true;
  role.connection_limit = 5;
  role.valid_until = "2030-01-01 00:00:00+00";
  role.verifier = Secret("SCRAM-SHA-256$4096:salt$stored:server");
  return role;
}

TEST(CreateRole, GivesAttributesAndTheVerifierAsItIs) {
  const std::vector<Statement> statements = create_role(app());
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[0].sql, R"(CREATE ROLE "o'dd ""app")");
  EXPECT_EQ(statements[1].sql, R"(ALTER ROLE "o'dd ""app" WITH LOGIN)"
                               " CONNECTION LIMIT 5 VALID UNTIL '2030-01-01 00:00:00+00'"
                               " PASSWORD 'SCRAM-SHA-256$4096:salt$stored:server'");
}

TEST(CreateRole, NamesNoSecretInWords) {
  for (const Statement& statement : create_role(app())) {
    EXPECT_EQ(statement.what.find("SCRAM"), std::string::npos);
    EXPECT_EQ(statement.secret, statement.sql.find("SCRAM") != std::string::npos);
  }
}

TEST(GrantMembership, SaysWhatTheServersVersionKnows) {
  const Membership membership{
      .role = "g", .member = "m", .grantor = "a", .admin = true, .inherit = false, .set = true};
  EXPECT_EQ(grant_membership(kOld, membership, "a").sql,
            R"(GRANT "g" TO "m" WITH ADMIN OPTION GRANTED BY "a")");
  EXPECT_EQ(grant_membership(kNew, membership, "a").sql,
            R"(GRANT "g" TO "m" WITH ADMIN TRUE, INHERIT FALSE, SET TRUE GRANTED BY "a")");
}

TEST(GrantMembership, LeavesToTheServerWhatTheSourceDidNotKnow) {
  const Membership membership{.role = "g", .member = "m"};
  EXPECT_EQ(grant_membership(kNew, membership, std::nullopt).sql,
            R"(GRANT "g" TO "m" WITH ADMIN FALSE)");
}

TEST(GrantorOn, IsTheTargetsBootstrapSuperuserForTheSources) {
  const Membership membership{
      .role = "g", .member = "m", .grantor = "root", .grantor_is_bootstrap = true};
  EXPECT_EQ(grantor_on(kNew, membership, {}, "postgres"), "postgres");
}

TEST(GrantorOn, IsKeptFromSixteenOnOnlyWithAnAdminOption) {
  const Membership granted{.role = "g", .member = "m", .grantor = "a"};
  Globals globals;
  globals.memberships = {granted};
  EXPECT_EQ(grantor_on(kOld, granted, globals, "postgres"), "a");
  EXPECT_EQ(grantor_on(kNew, granted, globals, "postgres"), std::nullopt);
  globals.memberships.push_back({.role = "g", .member = "a", .admin = true});
  EXPECT_EQ(grantor_on(kNew, granted, globals, "postgres"), "a");
}

TEST(CreateTablespace, WritesItsOptions) {
  const Tablespace tablespace{
      .name = "fast", .owner = "o", .options = {"random_page_cost=1.1", "seq_page_cost=2"}};
  EXPECT_EQ(create_tablespace(tablespace, "/disk's").sql,
            R"(CREATE TABLESPACE "fast" OWNER "o" LOCATION '/disk''s')"
            R"( WITH ("random_page_cost" = '1.1', "seq_page_cost" = '2'))");
}

DatabaseProperties shop() {
  return {.name = "shop",
          .owner = "o",
          .encoding = "UTF8",
          .locale_provider = "icu",
          .collate = "C",
          .ctype = "de_DE.UTF-8",
          .locale = "de",
          .icu_rules = "&a < g",
          .connection_limit = 9};
}

TEST(CreateDatabase, LetsNobodyInBeforeTheEnd) {
  EXPECT_EQ(
      create_database(kNew, shop(), "fast", Entrance::kSuperusers).sql,
      R"(CREATE DATABASE "shop" WITH TEMPLATE = template0 OWNER = "o" ENCODING = 'UTF8' LOCALE_PROVIDER = icu)"
      R"( LC_COLLATE = 'C' LC_CTYPE = 'de_DE.UTF-8' ICU_LOCALE = 'de' ICU_RULES = '&a < g' TABLESPACE = "fast")"
      " CONNECTION LIMIT = 0");
  EXPECT_EQ(finish_database(shop()).sql,
            R"(ALTER DATABASE "shop" WITH CONNECTION LIMIT 9 IS_TEMPLATE false)");
}

TEST(CreateDatabase, NamesNoProviderToServersThatHaveOne) {
  DatabaseProperties database{.name = "d",
                              .owner = "o",
                              .encoding = "UTF8",
                              .locale_provider = "libc",
                              .collate = "C",
                              .ctype = "C"};
  EXPECT_EQ(
      create_database(140000, database, "", Entrance::kSuperusers).sql,
      R"(CREATE DATABASE "d" WITH TEMPLATE = template0 OWNER = "o" ENCODING = 'UTF8' LC_COLLATE = 'C')"
      " LC_CTYPE = 'C' CONNECTION LIMIT = 0");
  database.locale_provider = "builtin";
  database.locale = "C.UTF-8";
  EXPECT_NE(create_database(kNew, database, "", Entrance::kSuperusers)
                .sql.find("LOCALE_PROVIDER = builtin"),
            std::string::npos);
  EXPECT_NE(create_database(kNew, database, "", Entrance::kSuperusers)
                .sql.find("BUILTIN_LOCALE = 'C.UTF-8'"),
            std::string::npos);
}

TEST(SetGrants, RunsAGrantAsWhoGaveIt) {
  const Acl acl{
      .kind = "TABLE",
      .object = "s.t",
      .owner = "o",
      .grants = {{.grantee = "a", .grantor = "o", .privilege = "SELECT", .grantable = true},
                 {.grantee = "b", .grantor = "a", .privilege = "SELECT"}}};
  const std::string sql = set_grants(acl).value().sql;
  EXPECT_NE(sql.find("SET ROLE \"a\";\nGRANT SELECT ON TABLE s.t TO \"b\";\n"
                     "RESET ROLE;\n"),
            std::string::npos)
      << sql;
}

TEST(WithBootstrap, GivesInitdbsObjectsToTheTargetsSuperuser) {
  const Acl acl{.kind = "FUNCTION",
                .object = "pg_catalog.pg_sleep(double precision)",
                .owner = "root",
                .grants = {{.grantee = "app", .grantor = "root", .privilege = "EXECUTE"}}};
  const Acl mapped = with_bootstrap(acl, "root", "postgres");
  EXPECT_EQ(mapped.owner, "postgres");
  EXPECT_EQ(mapped.grants[0].grantor, "postgres");
  Acl own = acl;
  own.object = "public.f()";
  EXPECT_EQ(with_bootstrap(own, "root", "postgres"), own);
}

TEST(WithNewPrivileges, KeepsAnOwnersMaintenanceOnAServerThatHasAPrivilegeForIt) {
  const Acl acl{.kind = "TABLE", .object = "s.t", .owner = "o"};
  const Grant maintain{.grantee = "o", .grantor = "o", .privilege = "MAINTAIN"};
  EXPECT_EQ(with_new_privileges(acl, 15, 170000).grants, std::vector{maintain});
  EXPECT_EQ(with_new_privileges(acl, 17, 180000), acl);
  EXPECT_EQ(with_new_privileges(acl, 15, kOld), acl);
  const DefaultAcl default_acl{.role = "o", .kind = "TABLES"};
  EXPECT_EQ(with_new_privileges(default_acl, 16, kNew).grants, std::vector{maintain});
}

}  // namespace
}  // namespace vya::pg
