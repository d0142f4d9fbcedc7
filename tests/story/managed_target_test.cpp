// A restore without superuser, as on a server that a provider runs: everything that such a role may
// bring back comes back, and the rest is named, with what an administrator can run.
#include <algorithm>
#include <set>

#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/regex.h"

namespace vya::story {
namespace {

constexpr const char* kAccounts = R"(
CREATE ROLE boss SUPERUSER LOGIN;
CREATE ROLE replicator REPLICATION LOGIN PASSWORD 'fake-replicator-password';
CREATE ROLE app_owner;
CREATE ROLE app LOGIN PASSWORD 'fake-app-password';
CREATE ROLE reader;
CREATE ROLE lead LOGIN CREATEDB;
GRANT reader TO lead WITH ADMIN OPTION;
SET ROLE lead; GRANT reader TO app; RESET ROLE;
GRANT pg_monitor TO lead;
COMMENT ON ROLE app IS 'what the shop logs in as';
ALTER ROLE app SET statement_timeout = '5min';
ALTER ROLE ALL SET idle_in_transaction_session_timeout = '10min';
)";

constexpr const char* kProperties = R"(
ALTER DATABASE shop OWNER TO app_owner;
ALTER DATABASE shop CONNECTION LIMIT 50;
ALTER DATABASE shop SET timezone = 'Europe/Madrid';
COMMENT ON DATABASE shop IS 'the shop';
)";

constexpr const char* kShop = R"(
CREATE EXTENSION pgcrypto;
SET ROLE app_owner;
CREATE SCHEMA shop;
GRANT USAGE ON SCHEMA shop TO lead, app;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO reader;
CREATE TABLE shop.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
INSERT INTO shop.customers (name) SELECT 'customer ' || i FROM generate_series(1, 1000) i;
CREATE TABLE shop.orders (id serial PRIMARY KEY, customer int REFERENCES shop.customers, at date)
  PARTITION BY RANGE (id);
CREATE TABLE shop.orders_1 PARTITION OF shop.orders FOR VALUES FROM (0) TO (5000);
CREATE TABLE shop.orders_2 PARTITION OF shop.orders DEFAULT;
INSERT INTO shop.orders (customer, at) SELECT 1 + i % 1000, '2026-01-01' FROM generate_series(1, 9000) i;
GRANT SELECT ON shop.orders TO lead WITH GRANT OPTION;
SET ROLE lead; GRANT SELECT ON shop.orders TO app; SET ROLE app_owner;
CREATE FUNCTION shop.hidden() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 42';
REVOKE EXECUTE ON FUNCTION shop.hidden() FROM PUBLIC;
CREATE TABLE shop.secrets (who name, what text);
INSERT INTO shop.secrets VALUES ('app', 'mine'), ('lead', 'theirs');
ALTER TABLE shop.secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.secrets USING (who = current_user);
GRANT SELECT ON shop.secrets TO app;
CREATE MATERIALIZED VIEW shop.counts AS SELECT customer, count(*) FROM shop.orders GROUP BY customer;
CREATE INDEX ON shop.counts (customer);
CREATE PUBLICATION orders FOR TABLE shop.customers;
RESET ROLE;
CREATE TABLE public.lists (i int);
INSERT INTO public.lists VALUES (1), (2);
ALTER TABLE public.lists OWNER TO reader;
SELECT lo_from_bytea(4711, 'a picture');
ALTER LARGE OBJECT 4711 OWNER TO app;
GRANT SELECT ON LARGE OBJECT 4711 TO lead;
)";

/// What only a superuser can make.
constexpr const char* kBeyond = R"(
CREATE EXTENSION pageinspect;
CREATE VIEW shop.pages AS SELECT get_raw_page('shop.customers', 0);
COMMENT ON VIEW shop.pages IS 'goes with its extension';
GRANT SELECT ON shop.pages TO app;
CREATE TYPE shop.odd;
CREATE FUNCTION shop.odd_in(cstring) RETURNS shop.odd LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION shop.odd_out(shop.odd) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE shop.odd (INPUT = shop.odd_in, OUTPUT = shop.odd_out, LIKE = int4);
CREATE TABLE shop.odds (o shop.odd, i int PRIMARY KEY, n serial);
INSERT INTO shop.odds VALUES ('1', 1), ('2', 2);
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER noted ON ddl_command_start EXECUTE FUNCTION note();
ALTER TABLE shop.customers OWNER TO boss;
)";

/// From 16 on a role is its creator's to give, and nobody else's without superuser.
constexpr int kMajorWithAdministrators = 16;

class ManagedTarget : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!world::newest_postgres_bin(GetParam()))
      GTEST_SKIP() << "not tested: PostgreSQL " << GetParam() << " is not installed";
    source_ = std::make_unique<world::PostgresServer>(world::PostgresOptions{.major = GetParam()});
    target_ = std::make_unique<world::PostgresServer>(
        world::PostgresOptions{.major = GetParam(),
                               .superuser = "provider",
                               .conf = {"log_statement = ddl", "autovacuum = off"}});
    source_->query("postgres", kAccounts);
    source_->query("postgres", "CREATE DATABASE shop");
    source_->query("postgres", kProperties);
    source_->query("shop", kShop);
    target_->query("postgres",
                   "CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD 'fake-master-password'");
    vya_.add("shop", *source_, "pg_dump: " + world::client_program("pg_dump", GetParam()).string());
    vya_.set_variable("MASTER_PASSWORD", "fake-master-password");
    vya_.add("target", "{engine: postgresql, host: " + target_->host() + ", port: " +
                           target_->port() + ", user: master, password: 'env:MASTER_PASSWORD'}");
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  }

  world::Ended restore(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"restore", "shop", "--to", "target", "--check"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return vya_.run(arguments);
  }

  /// `kind:what` of each gap that a command told of.
  static std::set<std::string> gaps(const world::Ended& ended) {
    std::set<std::string> ids;
    const std::regex form("gap (\\S[^\\n]*?): ");
    for (std::sregex_iterator at(ended.output.begin(), ended.output.end(), form), end; at != end;
         ++at) {
      ids.insert((*at)[1]);
    }
    return ids;
  }

  std::string memberships_of_master() const {
    return target_->value("postgres",
                          "SELECT count(*) FROM pg_auth_members WHERE member = 'master'::regrole"
                          " AND grantor = 'master'::regrole");
  }

  /// What a role without superuser cannot do for the accounts of kAccounts.
  static std::set<std::string> gaps_of_accounts() {
    std::set<std::string> ids = {"grantor:master", "role-attributes:boss",
                                 "role-attributes:postgres", "role-attributes:replicator",
                                 "setting:set idle_in_transaction_session_timeout of ROLE ALL"};
    if (GetParam() >= kMajorWithAdministrators)
      ids.insert({"membership:master", "membership:pg_monitor/lead"});
    return ids;
  }

  /// Why the two servers' dumps differ all the same.
  static std::vector<Rule> rules() {
    const auto matching = [](const std::string& form) {
      return [expression = std::regex(form)](const std::string& line) {
        return std::regex_match(line, expression);
      };
    };
    std::vector<Rule> rules = {
        {"the target has two roles of its own",
         matching("> (CREATE|ALTER) ROLE (master|provider)[ ;].*")},
        {"who makes a server owns its first databases",
         matching(". ALTER DATABASE (postgres|template1) OWNER TO .*")},
        {"only a superuser gives these attributes",
         matching(". ALTER ROLE (boss|postgres|replicator) WITH .*")},
        {"only a superuser sets for all", matching("< setting - .*")},
        {.name = "what the server makes by itself is its superuser's",
         .in_one_way =
             [](const std::string& line) {
               static const std::regex kOwner("(: (?:extension plpgsql|member) .*) provider\\b");
               return std::regex_replace(line, kOwner, "$1 postgres");
             }},
        {.name = "only a superuser names grantors", .in_one_way = [](const std::string& line) {
           return line.substr(0, line.find(" GRANTED BY "));
         }}};
    if (GetParam() >= kMajorWithAdministrators) {
      rules.push_back({"who creates a role administers it",
                       matching("> GRANT [a-z_]+ TO master WITH ADMIN OPTION.*")});
      rules.push_back(
          {"only an administrator of a role gives it", matching("< GRANT pg_monitor TO lead .*")});
    }
    return rules;
  }

  std::unique_ptr<world::PostgresServer> source_;
  std::unique_ptr<world::PostgresServer> target_;
  Vya vya_;
};

TEST_P(ManagedTarget, GetsAllThatARoleWithoutSuperuserMayBring) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  const world::Ended restored = restore();
  EXPECT_TRUE(ended_with(restored, 11, {"verifiers of passwords will be in its log"}));
  EXPECT_EQ(gaps(restored), gaps_of_accounts());
  EXPECT_EQ(differences(*source_, *target_, rules()), std::vector<std::string>{});
  EXPECT_EQ(memberships_of_master(), "0");
  pg::Connection app(target_->address("app", "fake-app-password"), "shop", {});
  EXPECT_EQ(app.value("SELECT count(*) FROM shop.orders"), "9000");
  EXPECT_EQ(app.value("SELECT what FROM shop.secrets"), "mine");
  EXPECT_THROW(app.query("SELECT shop.hidden()"), Error);
  EXPECT_THROW(app.query("CREATE TABLE shop.mine ()"), Error);
}

TEST_P(ManagedTarget, IsToldOfAllThatOnlyASuperuserCanMake) {
  source_->query("shop", kBeyond);
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  const world::Ended restored = restore();
  EXPECT_TRUE(ended_with(restored, 11));
  std::set<std::string> beyond;
  std::ranges::set_difference(gaps(restored), gaps_of_accounts(),
                              std::inserter(beyond, beyond.end()));
  EXPECT_EQ(beyond, (std::set<std::string>{
                        "definition:EXTENSION \"pageinspect\"",
                        "definition:COMMENT ON EXTENSION \"pageinspect\"",
                        "definition:VIEW \"shop\".\"pages\"",
                        "definition:COMMENT ON VIEW \"pages\" of schema \"shop\"",
                        "grant:set the grants on TABLE \"shop\".\"pages\" of database \"shop\"",
                        "definition:SHELL TYPE \"shop\".\"odd\"",
                        "definition:FUNCTION \"shop\".odd_in(\"cstring\")",
                        "definition:FUNCTION \"shop\".odd_out(\"shop\".\"odd\")",
                        "definition:TYPE \"shop\".\"odd\"",
                        "definition:TABLE \"shop\".\"odds\"",
                        "definition:CONSTRAINT \"shop\".\"odds odds_pkey\"",
                        "definition:DEFAULT \"shop\".\"odds n\"",
                        "definition:SEQUENCE \"shop\".\"odds_n_seq\"",
                        "definition:SEQUENCE OWNED BY \"shop\".\"odds_n_seq\"",
                        "sequence:\"shop\".\"odds_n_seq\"",
                        "definition:EVENT TRIGGER \"noted\"",
                    }));
  EXPECT_EQ(
      target_->value("shop", "SELECT tableowner FROM pg_tables WHERE tablename = 'customers'"),
      "boss");
  EXPECT_EQ(target_->value("shop", "SELECT count(*) FROM shop.customers"), "1000");
}

TEST_P(ManagedTarget, HasNothingToDoForAccountsTheSecondTime) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  const auto restore_accounts = [&] {
    return vya_.run({"restore", "shop", "--to", "target", "--only", "accounts"});
  };
  const std::string before = next_transaction(*target_);
  ASSERT_TRUE(ended_with(restore_accounts(), 11));
  const std::string between = next_transaction(*target_);
  EXPECT_NE(between, before);
  EXPECT_TRUE(ended_with(restore_accounts(), 11));
  EXPECT_EQ(next_transaction(*target_), between);
}

TEST_P(ManagedTarget, ReplacesADatabaseThreeTimes) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  ASSERT_TRUE(ended_with(restore(), 11));
  const auto kept = [&] {
    return target_->query("postgres",
                          "SELECT datname, pg_get_userbyid(datdba) FROM pg_database"
                          " WHERE datname LIKE 'shop\\__%' ORDER BY oid");
  };
  for (int round = 1; round <= 3; ++round) {
    target_->query("shop", "CREATE TABLE round AS SELECT " + std::to_string(round) + " AS number");
    EXPECT_TRUE(ended_with(restore({"--database", "shop", "--existing", "replace"}), 11,
                           {"is kept as \"shop_before_"}));
    EXPECT_EQ(target_->value("shop", "SELECT to_regclass('round') IS NULL"), "t");
  }
  ASSERT_EQ(kept().size(), 3U);
  for (int round = 1; round <= 3; ++round) {
    EXPECT_EQ(target_->value(kept()[round - 1][0], "SELECT number FROM round"),
              std::to_string(round));
    EXPECT_EQ(kept()[round - 1][1], "app_owner");
  }
  std::vector<Rule> with_kept = rules();
  with_kept.push_back({.name = "the old ones are kept", .explains = [](const std::string& line) {
                         return line.starts_with("> ") &&
                                line.find(" shop_before_") != std::string::npos;
                       }});
  EXPECT_EQ(differences(*source_, *target_, with_kept), std::vector<std::string>{});
  EXPECT_EQ(memberships_of_master(), "0");
}

TEST_P(ManagedTarget, ReplacesNothingWhoseSessionsItMayNotEnd) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  ASSERT_TRUE(ended_with(restore(), 11));
  const std::vector<std::string> replace = {"--database", "shop", "--existing", "replace",
                                            "--terminate-sessions"};
  {
    const pg::Connection session(target_->address(), "shop", {});
    EXPECT_TRUE(ended_with(restore(replace), 12,
                           {"may not end the sessions of \"provider\" in database \"shop\"",
                            "only a superuser may", "Nothing was changed"}));
  }
  const pg::Connection session(target_->address("app", "fake-app-password"), "shop", {});
  EXPECT_TRUE(ended_with(restore(replace), 11, {"is kept as \"shop_before_"}));
}

TEST_P(ManagedTarget, SaysWhoseDatabaseItMayNotReplace) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  target_->query("postgres", "CREATE DATABASE shop");

  EXPECT_TRUE(ended_with(
      restore({"--database", "shop", "--existing", "replace"}), 12,
      {"may not rename database \"shop\", which belongs to \"provider\"", "Nothing was changed"}));
}

TEST_P(ManagedTarget, TakesNoRoleWithItWhenARestoreFails) {
  source_->query(
      "shop",
      "SET shop.fine = 'yes'; CREATE FUNCTION shop.fussy(int) RETURNS int LANGUAGE plpgsql"
      " IMMUTABLE AS $$BEGIN IF current_setting('shop.fine', true) IS NULL THEN RAISE 'not fine'; "
      "END IF; RETURN $1; END$$;"
      "CREATE INDEX ON shop.customers (shop.fussy(id))");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  EXPECT_TRUE(ended_with(restore(), 13, {"not fine"}));
  EXPECT_EQ(memberships_of_master(), "0");
}

INSTANTIATE_TEST_SUITE_P(Majors, ManagedTarget, testing::Values(15, 17, 18),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace vya::story
