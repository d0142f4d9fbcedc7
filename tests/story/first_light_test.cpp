// The story the program exists for: a server burns, and comes back on an empty one.
#include <gtest/gtest.h>

#include "tests/story/comparison.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

/// Two applications with all that is usually lost.
constexpr const char* kAccounts = R"(
SET password_encryption = 'scram-sha-256';
CREATE ROLE shop_owner NOLOGIN;
CREATE ROLE shop_app LOGIN PASSWORD 'fake-app-password' CONNECTION LIMIT 20 VALID UNTIL '2099-01-01';
CREATE ROLE old_app LOGIN PASSWORD 'md50123456789abcdef0123456789abcdef';
CREATE ROLE shop_read NOLOGIN;
CREATE ROLE reporter LOGIN PASSWORD 'fake-report-password' NOINHERIT;
CREATE ROLE "Odd ""Name" LOGIN CREATEDB CREATEROLE BYPASSRLS REPLICATION;
CREATE ROLE admin SUPERUSER LOGIN PASSWORD 'fake-admin-password';
GRANT shop_owner TO shop_app;
GRANT shop_read TO reporter WITH ADMIN OPTION;
GRANT pg_monitor TO reporter;
SET ROLE reporter; GRANT shop_read TO "Odd ""Name"; RESET ROLE;
COMMENT ON ROLE shop_app IS 'what the shop''s servers log in as';
ALTER ROLE shop_app SET search_path TO shop, public;
ALTER ROLE shop_app SET statement_timeout TO '5min';
ALTER ROLE ALL SET lock_timeout TO '1h';
GRANT SET ON PARAMETER log_min_duration_statement TO shop_owner;
CREATE DATABASE shop OWNER shop_owner CONNECTION LIMIT 50;
CREATE DATABASE "Crm Data" OWNER "Odd ""Name" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
COMMENT ON DATABASE shop IS 'the shop';
REVOKE CONNECT ON DATABASE shop FROM PUBLIC;
GRANT CONNECT ON DATABASE shop TO shop_app, reporter;
ALTER DATABASE shop SET default_transaction_read_only TO off;
ALTER DATABASE shop SET search_path TO shop, "Odd Schema", public;
ALTER ROLE reporter IN DATABASE shop SET default_transaction_read_only TO on;
CREATE DATABASE closed_one;
ALTER DATABASE postgres OWNER TO shop_owner;
COMMENT ON DATABASE postgres IS NULL;
ALTER DATABASE template1 IS_TEMPLATE false;
DROP DATABASE template1;
CREATE DATABASE template1 TEMPLATE template0 IS_TEMPLATE true;
)";

constexpr const char* kShop = R"(
CREATE EXTENSION pgcrypto;
CREATE SCHEMA shop AUTHORIZATION shop_owner;
CREATE SCHEMA "Odd Schema";
SET ROLE shop_owner;
SET search_path = shop;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO shop_read;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA shop TO shop_read;
CREATE TYPE state AS ENUM ('new', 'paid', 'sent');
CREATE FUNCTION next(state) RETURNS state LANGUAGE sql AS 'SELECT $1';
GRANT EXECUTE ON FUNCTION next(state) TO reporter;
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail email UNIQUE, name text NOT NULL,
  name_length int GENERATED ALWAYS AS (length(name)) STORED);
INSERT INTO customers (mail, name) SELECT 'c' || i || '@example.com', E'name\t\\' || i FROM generate_series(1, 500) i;
CREATE TABLE orders (id bigserial, customer int REFERENCES customers, state state DEFAULT 'new', at date NOT NULL,
  amount numeric(12, 2), weight real, note text, CHECK (amount >= 0)) PARTITION BY RANGE (at);
CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY HASH (id);
CREATE TABLE orders_2026_0 PARTITION OF orders_2026 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE orders_2026_1 PARTITION OF orders_2026 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE orders ADD PRIMARY KEY (id, at);
CREATE INDEX ON orders (customer) INCLUDE (state);
INSERT INTO orders (customer, at, amount, weight, note)
  SELECT 1 + i % 500, date '2025-01-01' + i % 700, i / 7.0, i / 3.0::real, CASE WHEN i % 5 = 0 THEN NULL ELSE repeat('n', i % 50) END
  FROM generate_series(1, 20000) i;
CREATE TABLE pages (page xml); INSERT INTO pages VALUES ('no <b>document</b>');
CREATE TABLE audit (at timestamptz DEFAULT '2026-01-01', what text);
CREATE FUNCTION note_order() RETURNS trigger LANGUAGE plpgsql AS $f$
  BEGIN INSERT INTO shop.audit (what) VALUES ('order ' || NEW.id); RETURN NEW; END $f$;
CREATE TRIGGER noted AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note_order();
CREATE VIEW open_orders AS SELECT * FROM orders WHERE state <> 'sent';
CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(amount) AS total FROM orders GROUP BY customer;
CREATE UNIQUE INDEX ON totals (customer);
CREATE MATERIALIZED VIEW totals_of_totals AS SELECT count(*) FROM totals;
CREATE MATERIALIZED VIEW never_filled AS SELECT 1 AS one WITH NO DATA;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON customers TO shop_app USING (id < 100);
GRANT SELECT, INSERT ON orders TO shop_app WITH GRANT OPTION;
GRANT SELECT (id, name) ON customers TO shop_read;
GRANT SELECT ON customers TO shop_app;
RESET ROLE;
SET ROLE shop_app; GRANT SELECT ON shop.orders TO reporter; RESET ROLE;
GRANT USAGE ON SCHEMA shop TO old_app;
GRANT SELECT ON shop.customers TO old_app WITH GRANT OPTION;
SET ROLE old_app; GRANT SELECT ON shop.customers TO reporter; RESET ROLE;
REVOKE ALL ON shop.audit FROM shop_owner;
CREATE SEQUENCE shop.ticket START 1000 INCREMENT 7;
SELECT nextval('shop.ticket'), nextval('shop.ticket');
CREATE UNLOGGED TABLE shop.cache AS SELECT 1 AS one;
CREATE TABLE shop.parent (a int); CREATE TABLE shop.child (b int) INHERITS (shop.parent);
INSERT INTO shop.parent VALUES (1); INSERT INTO shop.child VALUES (2, 3);
CREATE TABLE shop.nothing (); INSERT INTO shop.nothing DEFAULT VALUES; INSERT INTO shop.nothing DEFAULT VALUES;
ALTER TABLE shop.cache ADD COLUMN gone int; ALTER TABLE shop.cache DROP COLUMN gone;
CREATE FUNCTION shop.forbid() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER forbid ON ddl_command_start EXECUTE FUNCTION shop.forbid();
SELECT lo_from_bytea(4711, decode(repeat('00ff5c0a09', 120000), 'hex'));
SELECT lo_create(4712);
ALTER LARGE OBJECT 4711 OWNER TO shop_app;
GRANT SELECT ON LARGE OBJECT 4711 TO shop_read;
COMMENT ON LARGE OBJECT 4711 IS 'a picture';
CREATE PUBLICATION changes FOR TABLE shop.customers;
CREATE STATISTICS shop.together ON customer, state FROM shop.orders;
COMMENT ON COLUMN shop.orders.note IS 'said by the customer';
)";

/// Settings that would end our sessions.
constexpr const char* kImpatience = R"(
ALTER DATABASE shop SET statement_timeout TO '1ms';
ALTER DATABASE shop SET idle_in_transaction_session_timeout TO '1ms';
)";
constexpr const char* kPatience =
    "SET transaction_read_only = off; ALTER DATABASE shop RESET statement_timeout;"
    "ALTER DATABASE shop RESET idle_in_transaction_session_timeout";

class FirstLight : public testing::Test {
 protected:
  FirstLight() {
    run("postgres", kAccounts);
    run("shop", kShop);
    run("Crm Data",
        "SET client_encoding = 'UTF8';"
        "DROP SCHEMA public CASCADE;"
        "CREATE SCHEMA own;"
        "CREATE TABLE own.\"Ümläut\" (t text); INSERT INTO own.\"Ümläut\" VALUES ('grün'), "
        "(E'back\\\\slash')");
    run("postgres", kImpatience);
    source_.query("postgres", "ALTER DATABASE closed_one ALLOW_CONNECTIONS false");
    source_.query("template1", "CREATE TABLE in_every_new_database (i int)");
    vya_.add("burning", source_, "accept_gaps: {'closed-database:closed_one': 'nobody needs it'}");
    vya_.add("fresh", target_);
  }

  void run(const std::string& database, const std::string& sql) {
    source_.run_sql_file(database, files_.write("statements.sql", sql));
  }

  world::Folder files_;
  world::PostgresServer source_;
  world::PostgresServer target_{world::PostgresOptions{
      .conf = {"default_transaction_read_only = on", "xmloption = document"}}};
  Vya vya_;
};

TEST_F(FirstLight, BringsAWholeServerBackOnAnEmptyOne) {
  ASSERT_EQ(vya_.run({"init"}).status, 0);
  const world::Ended backup = vya_.run({"backup", "burning"});
  ASSERT_EQ(backup.status, 0) << backup.errors;

  const world::Ended restored = vya_.run({"restore", "burning", "--to", "fresh", "--check"});

  ASSERT_EQ(restored.status, 0) << restored.errors << restored.output;
  run("postgres", "ALTER DATABASE closed_one ALLOW_CONNECTIONS true; DROP DATABASE closed_one");
  source_.query("postgres", kPatience);  // pg_dump has none
  target_.query("postgres", kPatience);
  EXPECT_EQ(differences(source_, target_), std::vector<std::string>{});
}

}  // namespace
}  // namespace vya::story
