// The statements against a real server: read the grants, take them away, run the statements, and
// read the same grants again.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/postgresql/acl.h"
#include "engine/postgresql/quote.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using world::PostgresServer;
using world::TextRow;

/// Where the catalog keeps one object's grants.
struct Place {
  std::string kind;     ///< as Acl has it
  std::string object;   ///< as Acl has it
  std::string catalog;  ///< `pg_class`
  std::string acl;      ///< its column of grants
  std::string owner;    ///< an expression for the owner's oid, or empty
  std::string row;      ///< condition that finds the object's row
  std::string column;   ///< as Acl has it
};

Grant grant_of(const TextRow& row) { return {row[0], row[1], row[2], row[3] == "t"}; }

std::string exploded(const std::string& acl) {
  return "SELECT CASE WHEN grantee <> 0 THEN pg_get_userbyid(grantee) END, "
         "pg_get_userbyid(grantor),"
         " privilege_type, is_grantable FROM aclexplode((" +
         acl + "))";
}

Acl read(const PostgresServer& server, const Place& place) {
  const std::string from = " FROM " + place.catalog + " WHERE " + place.row;
  Acl acl = {place.kind, place.object, place.column, "", {}};
  if (!place.owner.empty()) {
    acl.owner = server.value("postgres", "SELECT pg_get_userbyid(" + place.owner + ")" + from);
  }
  for (const TextRow& row : server.query("postgres", exploded("SELECT " + place.acl + from))) {
    acl.grants.push_back(grant_of(row));
  }
  std::ranges::sort(acl.grants);
  return acl;
}

bool has_defaults(const PostgresServer& server, const Place& place) {
  return server.value("postgres", "SELECT count(*) FROM " + place.catalog + " WHERE " + place.row +
                                      " AND " + place.acl + " IS NOT NULL") == "0";
}

void take_away(const PostgresServer& server, const Place& place) {
  server.query("postgres", place.catalog == "pg_parameter_acl"
                               ? "DELETE FROM pg_parameter_acl WHERE " + place.row
                               : "UPDATE " + place.catalog + " SET " + place.acl +
                                     " = NULL WHERE " + place.row);
}

void run(const PostgresServer& server, const std::vector<GrantStatement>& list) {
  for (const GrantStatement& statement : list) {
    const std::string role =
        statement.as_role.empty() ? "" : "SET ROLE " + quote_name(statement.as_role) + ";";
    server.query("postgres", role + statement.sql);
  }
}

Place table(const std::string& object) {
  return {"TABLE",  object,     "pg_class",
          "relacl", "relowner", "oid = " + quote_text(object) + "::regclass",
          ""};
}

Place column(const std::string& object, const std::string& name) {
  return {"TABLE",
          object,
          "pg_attribute",
          "attacl",
          "(SELECT relowner FROM pg_class WHERE oid = attrelid)",
          "attrelid = " + quote_text(object) + "::regclass AND attname = " + quote_text(name),
          name};
}

const std::vector<Place>& places() {
  static const std::vector<Place> kPlaces = {
      // First, as in a restore: who passes a privilege on must see the object.
      {"SCHEMA", R"("s s")", "pg_namespace", "nspacl", "nspowner", "nspname = 's s'", ""},
      table(R"("s s"."chain")"),
      table(R"("s s"."self")"),
      table(R"("s s"."none")"),
      table(R"("s s"."ta""ble")"),
      column(R"("s s"."ta""ble")", "a"),
      column(R"("s s"."ta""ble")", R"(b "c)"),
      {"SEQUENCE", R"("s s"."q")", "pg_class", "relacl", "relowner", "relname = 'q'", ""},
      {"FUNCTION", R"("s s"."f"(integer))", "pg_proc", "proacl", "proowner", "proname = 'f'", ""},
      {"ROUTINE", R"("s s"."p"())", "pg_proc", "proacl", "proowner", "proname = 'p'", ""},
      {"TYPE", R"("s s"."mood")", "pg_type", "typacl", "typowner", "typname = 'mood'", ""},
      {"DOMAIN", R"("s s"."posint")", "pg_type", "typacl", "typowner", "typname = 'posint'", ""},
      {"LANGUAGE", R"("plpgsql")", "pg_language", "lanacl", "lanowner", "lanname = 'plpgsql'", ""},
      {"DATABASE", R"("d""b")", "pg_database", "datacl", "datdba", "datname = 'd\"b'", ""},
      {"TABLESPACE", R"("t s")", "pg_tablespace", "spcacl", "spcowner", "spcname = 't s'", ""},
      {"FOREIGN DATA WRAPPER", R"("w")", "pg_foreign_data_wrapper", "fdwacl", "fdwowner",
       "fdwname = 'w'", ""},
      {"FOREIGN SERVER", R"("f s")", "pg_foreign_server", "srvacl", "srvowner", "srvname = 'f s'",
       ""},
      {"LARGE OBJECT", "4711", "pg_largeobject_metadata", "lomacl", "lomowner", "oid = 4711", ""},
      {"PARAMETER", R"("work_mem")", "pg_parameter_acl", "paracl", "", "parname = 'work_mem'", ""},
  };
  return kPlaces;
}

constexpr const char* kObjects = R"(
  CREATE ROLE "o w'n""er"; CREATE ROLE "A"; CREATE ROLE "b ""x"; CREATE ROLE c;
  CREATE SCHEMA "s s" AUTHORIZATION "o w'n""er";
  CREATE FOREIGN DATA WRAPPER w;
  GRANT USAGE ON FOREIGN DATA WRAPPER w TO "o w'n""er";
  SET ROLE "o w'n""er";
  CREATE TABLE "s s".chain (a int); CREATE TABLE "s s".self (a int); CREATE TABLE "s s".none (a int);
  CREATE TABLE "s s"."ta""ble" (a int, "b ""c" int);
  CREATE SEQUENCE "s s".q;
  CREATE FUNCTION "s s".f(int) RETURNS int LANGUAGE sql RETURN 1;
  CREATE PROCEDURE "s s".p() LANGUAGE sql AS '';
  CREATE TYPE "s s".mood AS ENUM ('sad'); CREATE DOMAIN "s s".posint AS int;
  CREATE SERVER "f s" FOREIGN DATA WRAPPER w;
  SELECT lo_create(4711);)";

constexpr const char* kGrants = R"(
  SET ROLE "o w'n""er";
  GRANT ALL ON "s s".chain TO "A" WITH GRANT OPTION; GRANT SELECT ON "s s".chain TO c;
  REVOKE ALL ON "s s".self FROM "o w'n""er"; GRANT SELECT ON "s s".self TO "A";
  GRANT UPDATE ON "s s".self TO "o w'n""er" WITH GRANT OPTION;
  REVOKE ALL ON "s s".none FROM "o w'n""er";
  GRANT USAGE ON SCHEMA "s s" TO "A" WITH GRANT OPTION;
  GRANT USAGE ON SCHEMA "s s" TO PUBLIC;
  GRANT SELECT ON "s s"."ta""ble" TO "A" WITH GRANT OPTION;
  GRANT SELECT (a), UPDATE (a) ON "s s"."ta""ble" TO "b ""x" WITH GRANT OPTION;
  GRANT INSERT ("b ""c"), REFERENCES ("b ""c") ON "s s"."ta""ble" TO PUBLIC;
  GRANT USAGE ON SEQUENCE "s s".q TO "b ""x";
  REVOKE ALL ON FUNCTION "s s".f(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION "s s".f(int) TO c;
  REVOKE ALL ON PROCEDURE "s s".p() FROM PUBLIC, "o w'n""er";
  REVOKE ALL ON TYPE "s s".mood FROM PUBLIC; REVOKE ALL ON DOMAIN "s s".posint FROM PUBLIC;
  GRANT USAGE ON DOMAIN "s s".posint TO "A";
  GRANT USAGE ON FOREIGN SERVER "f s" TO "A" WITH GRANT OPTION;
  GRANT SELECT ON LARGE OBJECT 4711 TO PUBLIC; GRANT UPDATE ON LARGE OBJECT 4711 TO c;
  SET ROLE "A";
  GRANT SELECT, INSERT, DELETE ON "s s".chain TO "b ""x" WITH GRANT OPTION;
  GRANT USAGE ON SCHEMA "s s" TO c;
  GRANT SELECT ("b ""c") ON "s s"."ta""ble" TO c;
  GRANT USAGE ON FOREIGN SERVER "f s" TO c;
  SET ROLE "b ""x";
  GRANT SELECT, DELETE ON "s s".chain TO c; GRANT SELECT ON "s s".chain TO PUBLIC;
  GRANT SELECT ON "s s".chain TO "o w'n""er";
  GRANT UPDATE (a) ON "s s"."ta""ble" TO c;
  RESET ROLE;
  REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC; GRANT USAGE ON LANGUAGE plpgsql TO c;
  REVOKE ALL ON DATABASE "d""b" FROM PUBLIC; GRANT CREATE ON DATABASE "d""b" TO "b ""x" WITH GRANT OPTION;
  GRANT CREATE ON TABLESPACE "t s" TO "A";
  GRANT SET ON PARAMETER work_mem TO "A" WITH GRANT OPTION;
  SET ROLE "A"; GRANT SET ON PARAMETER work_mem TO PUBLIC, c;)";

class AclServer : public testing::Test {
 protected:
  static std::unique_ptr<PostgresServer> start() {
    if (!world::newest_postgres_bin(15)) return nullptr;
    return std::make_unique<PostgresServer>(
        world::PostgresOptions{.conf = {"allow_in_place_tablespaces = on"}});
  }
  void SetUp() override {
    if (!server_) GTEST_SKIP() << "PostgreSQL 15 is not installed";
  }
  const std::unique_ptr<PostgresServer> server_ = start();
};

TEST_F(AclServer, BringsAwkwardGrantsBack) {
  server_->query("postgres", kObjects);
  server_->query("postgres", R"(CREATE DATABASE "d""b" OWNER "o w'n""er")");
  server_->query("postgres", R"(CREATE TABLESPACE "t s" OWNER "o w'n""er" LOCATION '')");
  server_->query("postgres", kGrants);
  std::vector<Acl> before;
  for (const Place& place : places()) {
    EXPECT_FALSE(has_defaults(*server_, place)) << place.object;
    before.push_back(read(*server_, place));
    take_away(*server_, place);
    EXPECT_TRUE(has_defaults(*server_, place)) << place.object;
  }

  for (const Acl& acl : before) run(*server_, statements(acl));

  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_FALSE(has_defaults(*server_, places()[i])) << places()[i].object;
    EXPECT_EQ(read(*server_, places()[i]), before[i]) << places()[i].object;
  }
}

TEST_F(AclServer, BringsBackWhatManyGrantorsMade) {
  server_->query("postgres",
                 "CREATE ROLE o; CREATE ROLE a; CREATE ROLE b; CREATE ROLE c;"
                 "CREATE SCHEMA s AUTHORIZATION o; SET ROLE o; CREATE TABLE s.t (a int);"
                 "GRANT USAGE ON SCHEMA s TO PUBLIC");
  const std::vector<std::string> roles = {"o", "a", "b", "c"};
  const std::vector<std::string> privileges = {"SELECT", "INSERT", "UPDATE"};
  std::mt19937 random(20261122);
  const auto one_of = [&](const auto& list) { return list[random() % list.size()]; };
  for (int round = 0; round < 20; ++round) {
    std::string sql = "SET client_min_messages = error; REVOKE ALL ON s.t FROM PUBLIC CASCADE;";
    sql += "GRANT ALL ON s.t TO o;";
    for (int i = 0; i < 40; ++i) {  // what the server refuses (no option, a circle) is no matter
      const std::string option = random() % 4 == 0 ? "" : " WITH GRANT OPTION";
      sql += "DO $$BEGIN SET LOCAL ROLE " + one_of(roles) + "; GRANT " + one_of(privileges) +
             " ON s.t TO " + one_of(roles) + option + "; EXCEPTION WHEN OTHERS THEN END$$;";
    }
    server_->query("postgres", sql);
    const Acl before = read(*server_, table("s.t"));
    take_away(*server_, table("s.t"));

    run(*server_, statements(before));

    EXPECT_EQ(read(*server_, table("s.t")), before) << "round " << round;
    take_away(*server_, table("s.t"));
  }
}

std::vector<DefaultAcl> read_defaults(const PostgresServer& server) {
  std::vector<DefaultAcl> list;
  for (const TextRow& row : server.query(
           "postgres",
           "SELECT d.oid, pg_get_userbyid(defaclrole), nspname, CASE defaclobjtype WHEN 'r' THEN"
           " 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'"
           " ELSE 'SCHEMAS' END FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid ="
           " defaclnamespace ORDER BY 2, 3, 4")) {
    DefaultAcl acl = {row[1], row[2], row[3], {}};
    for (const TextRow& grant : server.query(
             "postgres", exploded("SELECT defaclacl FROM pg_default_acl WHERE oid = " + row[0]))) {
      acl.grants.push_back(grant_of(grant));
    }
    std::ranges::sort(acl.grants);
    list.push_back(std::move(acl));
  }
  return list;
}

TEST_F(AclServer, BringsDefaultPrivilegesBack) {
  server_->query("postgres", R"(
    CREATE ROLE "o w'n""er"; CREATE ROLE "A"; CREATE SCHEMA "s s";
    ALTER DEFAULT PRIVILEGES FOR ROLE "o w'n""er" GRANT SELECT, INSERT ON TABLES TO "A";
    ALTER DEFAULT PRIVILEGES FOR ROLE "o w'n""er" REVOKE ALL ON FUNCTIONS FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES FOR ROLE "o w'n""er" REVOKE ALL ON TYPES FROM PUBLIC, "o w'n""er";
    ALTER DEFAULT PRIVILEGES FOR ROLE "o w'n""er" GRANT USAGE ON SCHEMAS TO PUBLIC;
    ALTER DEFAULT PRIVILEGES FOR ROLE "A" IN SCHEMA "s s" GRANT USAGE ON SEQUENCES TO "o w'n""er"
      WITH GRANT OPTION;
    ALTER DEFAULT PRIVILEGES FOR ROLE "A" IN SCHEMA "s s" GRANT EXECUTE ON FUNCTIONS TO PUBLIC;)");
  const std::vector<DefaultAcl> before = read_defaults(*server_);
  ASSERT_EQ(before.size(), 6U);
  server_->query("postgres", "DELETE FROM pg_default_acl");

  for (const DefaultAcl& acl : before) run(*server_, statements(acl));

  EXPECT_EQ(read_defaults(*server_), before);
}

}  // namespace
}  // namespace vya::pg
