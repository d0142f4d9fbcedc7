-- Functions, types, views, extensions and the rest.
-- mutation: a function's body
CREATE OR REPLACE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.16';
-- undo
CREATE OR REPLACE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.19';
-- finding: definition of function shop.public.tax(numeric) is "...TABLE AS $$SELECT amount * 0.16$$;", was "...TABLE AS $$SELECT amount * 0.19$$;"

-- mutation: a function's volatility
ALTER FUNCTION rate(numeric) STABLE;
-- undo
ALTER FUNCTION rate(numeric) IMMUTABLE;
-- finding: definition of function shop.public.rate(numeric) is "...ETURNS numeric LANGUAGE "sql" STABLE AS $$SELECT amount * 0.5...", was "...ETURNS numeric LANGUAGE "sql" IMMUTABLE AS $$SELECT amount * 0.5..."

-- mutation: as whom a function runs
ALTER FUNCTION guarded() SECURITY INVOKER;
-- undo
ALTER FUNCTION guarded() SECURITY DEFINER;
-- finding: definition of function shop.public.guarded() is "CREATE FUNCTION "public"."guarded"() RETURNS integer LANGUAGE "sql" AS $$SELECT 1$$;", was "...ETURNS integer LANGUAGE "sql" SECURITY DEFINER AS $$SELECT 1$$;"

-- mutation: a function's setting
ALTER FUNCTION configured() SET search_path = 'sales';
-- undo
ALTER FUNCTION configured() SET search_path = 'public';
-- finding: definition of function shop.public.configured() is "...E "sql" SET "search_path" TO 'sales' AS $$SELECT 1$$;", was "...E "sql" SET "search_path" TO 'public' AS $$SELECT 1$$;"

-- mutation: a function's cost
ALTER FUNCTION costly() COST 500;
-- undo
ALTER FUNCTION costly() COST 5;
-- finding: definition of function shop.public.costly() is "CREATE FUNCTION "public"."costly"() RETURNS integer LANGUAGE "sql" COST 500 AS $$SELECT 1$$;", was "CREATE FUNCTION "public"."costly"() RETURNS integer LANGUAGE "sql" COST 5 AS $$SELECT 1$$;"

-- mutation: a function's owner
ALTER FUNCTION owned() OWNER TO app;
-- undo
ALTER FUNCTION owned() OWNER TO postgres;
-- finding: owner of function shop.public.owned() is "app", was "postgres"

-- mutation: a procedure's default
CREATE OR REPLACE PROCEDURE tidy(days int DEFAULT 8) LANGUAGE sql AS 'SELECT 1';
-- undo
CREATE OR REPLACE PROCEDURE tidy(days int DEFAULT 7) LANGUAGE sql AS 'SELECT 1';
-- finding: definition of procedure shop.public.tidy(integer) is "CREATE PROCEDURE "public"."tidy"(IN "days" integer DEFAULT 8) LANGUAGE "sql" AS $$SELECT 1$$;", was "CREATE PROCEDURE "public"."tidy"(IN "days" integer DEFAULT 7) LANGUAGE "sql" AS $$SELECT 1$$;"

-- mutation: an aggregate's start
CREATE OR REPLACE AGGREGATE summed(int) (SFUNC = int4pl, STYPE = int, INITCOND = '1');
-- undo
CREATE OR REPLACE AGGREGATE summed(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
-- finding: definition of aggregate shop.public.summed(integer) is "CREATE AGGREGATE "public"."summed"(integer) ( SFUNC = "int4pl", STYPE = integer, INITCOND = '1' );", was "CREATE AGGREGATE "public"."summed"(integer) ( SFUNC = "int4pl", STYPE = integer, INITCOND = '0' );"

-- mutation: an operator's properties
ALTER OPERATOR === (int, int) SET (RESTRICT = eqsel);
-- undo
ALTER OPERATOR === (int, int) SET (RESTRICT = NONE);
-- finding: definition of operator shop.public.=== is "... = integer, RIGHTARG = integer, RESTRICT = "eqsel" );", was "CREATE OPERATOR "public".=== ( FUNCTION = "int4eq", LEFTARG = integer, RIGHTARG = integer );"

-- mutation: a cast is used by itself
DROP CAST (text AS date); CREATE CAST (text AS date) WITH INOUT AS ASSIGNMENT;
-- undo
DROP CAST (text AS date); CREATE CAST (text AS date) WITH INOUT;
-- finding: definition of cast (text AS date) of database shop is "CREATE CAST ("text" AS "date") WITH INOUT AS ASSIGNMENT;", was "CREATE CAST ("text" AS "date") WITH INOUT;"

-- mutation: a value of an enum
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
-- undo
ALTER TYPE mood RENAME VALUE 'blue' TO 'sad';
-- finding: definition of type shop.public.mood is "CREATE TYPE "public"."mood" AS ENUM ( 'glad', 'blue' );", was "CREATE TYPE "public"."mood" AS ENUM ( 'glad', 'sad' );"

-- mutation: an attribute of a type
ALTER TYPE money_of ADD ATTRIBUTE since date;
-- undo
ALTER TYPE money_of DROP ATTRIBUTE since;
-- finding: definition of type shop.public.money_of is "CREATE TYPE "public"."money_of" AS ( "amount" numeric, "currency" "text", "since" "date" );", was "CREATE TYPE "public"."money_of" AS ( "amount" numeric, "currency" "text" );"

-- mutation: a domain's check
ALTER DOMAIN percent DROP CONSTRAINT percent_check; ALTER DOMAIN percent ADD CONSTRAINT percent_check CHECK (VALUE BETWEEN 0 AND 200);
-- undo
ALTER DOMAIN percent DROP CONSTRAINT percent_check; ALTER DOMAIN percent ADD CONSTRAINT percent_check CHECK (VALUE BETWEEN 0 AND 100);
-- finding: definition of domain shop.public.percent is "... (((VALUE >= 0) AND (VALUE <= 200)));", was "... (((VALUE >= 0) AND (VALUE <= 100)));"

-- mutation: a type's owner
ALTER TYPE span OWNER TO app;
-- undo
ALTER TYPE span OWNER TO postgres;
-- finding: owner of type shop.public.span is "app", was "postgres"

-- mutation: a view's query
CREATE OR REPLACE VIEW recent AS SELECT id, placed FROM orders WHERE id > 5;
-- undo
CREATE OR REPLACE VIEW recent AS SELECT id, placed FROM orders;
-- finding [before 16]: definition of view shop.public.recent is "...placed" FROM "public"."orders" WHERE ("orders"."id" > 5);", was "CREATE VIEW "public"."recent" AS SELECT "orders"."id", "orders"."placed" FROM "public"."orders";"
-- finding [from 16]: definition of view shop.public.recent is "CREATE VIEW "public"."recent" AS SELECT "id", "placed" FROM "public"."orders" WHERE ("id" > 5);", was "CREATE VIEW "public"."recent" AS SELECT "id", "placed" FROM "public"."orders";"

-- mutation: a view's options
ALTER VIEW safe RESET (security_barrier);
-- undo
ALTER VIEW safe SET (security_barrier);
-- finding [before 16]: definition of view shop.public.safe is "CREATE VIEW "public"."safe" AS SELECT "orders"."id" FROM "public"."orders";", was "CREATE VIEW "public"."safe" WITH ("security_barrier"='true') AS SELECT "orders"."id" FROM "..."
-- finding [from 16]: definition of view shop.public.safe is "CREATE VIEW "public"."safe" AS SELECT "id" FROM "public"."orders";", was "CREATE VIEW "public"."safe" WITH ("security_barrier"='true') AS SELECT "id" FROM "public"."orders";"

-- mutation: a view's check option
ALTER VIEW checked_view SET (check_option = local);
-- undo
ALTER VIEW checked_view SET (check_option = cascaded);
-- finding [before 16]: definition of view shop.public.checked_view is "..."orders"."customer" > 0) WITH LOCAL CHECK OPTION;", was "..."orders"."customer" > 0) WITH CASCADED CHECK OPTION;"
-- finding [from 16]: definition of view shop.public.checked_view is "..." WHERE ("customer" > 0) WITH LOCAL CHECK OPTION;", was "..." WHERE ("customer" > 0) WITH CASCADED CHECK OPTION;"

-- mutation: a materialized view's query
DROP MATERIALIZED VIEW yearly; CREATE MATERIALIZED VIEW yearly AS SELECT sum(a) AS n FROM twin_b WHERE a > 0;
-- undo
DROP MATERIALIZED VIEW yearly; CREATE MATERIALIZED VIEW yearly AS SELECT sum(a) AS n FROM twin_b;
-- finding [before 16]: definition of materialized view shop.public.yearly is "...S "n" FROM "public"."twin_b" WHERE ("twin_b"."a" > 0) WITH NO DATA;", was "...S "n" FROM "public"."twin_b" WITH NO DATA;"
-- finding [from 16]: definition of materialized view shop.public.yearly is "...S "n" FROM "public"."twin_b" WHERE ("a" > 0) WITH NO DATA;", was "...S "n" FROM "public"."twin_b" WITH NO DATA;"

-- mutation: a collation's locale
DROP COLLATION german; CREATE COLLATION german (provider = icu, locale = 'de-AT', deterministic = false);
-- undo
DROP COLLATION german; CREATE COLLATION german (provider = icu, locale = 'de', deterministic = false);
-- finding: definition of collation shop.public.german is "CREATE COLLATION "public"."german" (provider = icu, deterministic = false, locale = 'de-AT');", was "CREATE COLLATION "public"."german" (provider = icu, deterministic = false, locale = 'de');"

-- mutation: a text search dictionary's options
ALTER TEXT SEARCH DICTIONARY plain (accept = false);
-- undo
ALTER TEXT SEARCH DICTIONARY plain (accept);
-- finding: definition of text search dictionary shop.public.plain is "...MPLATE = "pg_catalog"."simple", accept = 'false' );", was "CREATE TEXT SEARCH DICTIONARY "public"."plain" ( TEMPLATE = "pg_catalog"."simple" );"

-- mutation: a text search configuration's mapping
ALTER TEXT SEARCH CONFIGURATION plain DROP MAPPING FOR email;
-- undo
ALTER TEXT SEARCH CONFIGURATION plain ADD MAPPING FOR email WITH simple;
-- finding: definition of text search configuration shop.public.plain is "...lic"."plain" ADD MAPPING FOR "url" WITH "simple"; ALTER TEXT...", was "...lic"."plain" ADD MAPPING FOR "email" WITH "simple"; ALTER TEXT SEARCH CONFIGURATION "public"."plain" ADD MAPPING FOR "url" WITH "simple"; ALTER TEXT..."

-- mutation: a foreign data wrapper's option
ALTER FOREIGN DATA WRAPPER elsewhere OPTIONS (SET debug 'true');
-- undo
ALTER FOREIGN DATA WRAPPER elsewhere OPTIONS (SET debug 'false');
-- finding: definition of foreign data wrapper shop.elsewhere is "CREATE FOREIGN DATA WRAPPER "elsewhere" OPTIONS ( "debug" 'true' );", was "CREATE FOREIGN DATA WRAPPER "elsewhere" OPTIONS ( "debug" 'false' );"

-- mutation: a foreign server's option
ALTER SERVER branch OPTIONS (SET host 'other.example');
-- undo
ALTER SERVER branch OPTIONS (SET host 'branch.example');
-- finding: definition of server shop.branch is another one

-- mutation: a password of a user mapping
ALTER USER MAPPING FOR app SERVER branch OPTIONS (SET password 'fake-branch-two');
-- undo
ALTER USER MAPPING FOR app SERVER branch OPTIONS (SET password 'fake-branch-one');
-- finding: definition of user mapping app SERVER branch of database shop is another one

-- mutation: a foreign table's option
ALTER FOREIGN TABLE remote ALTER id OPTIONS (SET column_name 'id');
-- undo
ALTER FOREIGN TABLE remote ALTER id OPTIONS (SET column_name 'nr');
-- finding: definition of foreign table shop.public.remote is "..."id" OPTIONS ( "column_name" 'id' );", was "..."id" OPTIONS ( "column_name" 'nr' );"

-- mutation: a table that is published
ALTER PUBLICATION feed ADD TABLE orders;
-- undo
ALTER PUBLICATION feed DROP TABLE orders;
-- finding: publication table shop.public.feed orders was not there

-- mutation: what is published
ALTER PUBLICATION feed SET (publish = 'insert');
-- undo
ALTER PUBLICATION feed SET (publish = 'insert, update');
-- finding: definition of publication shop.feed is "CREATE PUBLICATION "feed" WITH (publish = 'insert');", was "CREATE PUBLICATION "feed" WITH (publish = 'insert, update');"

-- mutation: a subscription's password
ALTER SUBSCRIPTION intake CONNECTION 'host=/nowhere dbname=shop password=fake-intake-two';
-- undo
ALTER SUBSCRIPTION intake CONNECTION 'host=/nowhere dbname=shop password=fake-intake-one';
-- finding: definition of subscription shop.intake is another one

-- mutation: an event trigger does not run
ALTER EVENT TRIGGER ddl DISABLE;
-- undo
ALTER EVENT TRIGGER ddl ENABLE;
-- finding: definition of event trigger shop.ddl is "... FUNCTION "public"."on_ddl"(); ALTER EVENT TRIGGER "ddl" DISABLE;", was "CREATE EVENT TRIGGER "ddl" ON "ddl_command_end" EXECUTE FUNCTION "public"."on_ddl"();"

-- mutation: an event trigger runs
ALTER EVENT TRIGGER drops ENABLE;
-- undo
ALTER EVENT TRIGGER drops DISABLE;
-- finding: definition of event trigger shop.drops is "CREATE EVENT TRIGGER "drops" ON "sql_drop" EXECUTE FUNCTION "public"."on_ddl"();", was "... FUNCTION "public"."on_ddl"(); ALTER EVENT TRIGGER "drops" DISABLE;"

-- mutation: an extension's version
ALTER EXTENSION pg_trgm UPDATE TO '1.6';
-- undo
DROP EXTENSION pg_trgm; CREATE EXTENSION pg_trgm WITH SCHEMA stock VERSION '1.5';
-- finding: version of extension shop.pg_trgm is "1.6", was "1.5"

-- mutation: an extension's schema
ALTER EXTENSION hstore SET SCHEMA stock;
-- undo
ALTER EXTENSION hstore SET SCHEMA public;
-- finding: schema of extension shop.hstore is "stock", was "public"

-- mutation: an extension is new
CREATE EXTENSION citext;
-- undo
DROP EXTENSION citext;
-- finding: extension shop.citext was not there

-- mutation: a sequence's cache
ALTER SEQUENCE counting CACHE 50;
-- undo
ALTER SEQUENCE counting CACHE 5;
-- finding: definition of sequence shop.public.counting is "CREATE SEQUENCE "public"."counting" START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 50;", was "CREATE SEQUENCE "public"."counting" START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 5;"

-- mutation: which column a sequence belongs to
ALTER SEQUENCE owned_by_column OWNED BY NONE;
-- undo
ALTER SEQUENCE owned_by_column OWNED BY with_serial.id;
-- finding: column of sequence shop.public.owned_by_column is nothing, was "ALTER SEQUENCE "public"."owned_by_column" OWNED BY "public"."with_serial"."id";"
-- finding: default id on table shop.public.with_serial is missing
-- finding: definition of table shop.public.with_serial is "...."with_serial" ( "id" integer DEFAULT "nextval"('"public"."owned_by_column"'::"regclass") );", was "CREATE TABLE "public"."with_serial" ( "id" integer );"

-- mutation: a schema is new
CREATE SCHEMA archive;
-- undo
DROP SCHEMA archive;
-- finding: schema shop.archive was not there

-- mutation: a schema's owner
ALTER SCHEMA sales OWNER TO writer;
-- undo
ALTER SCHEMA sales OWNER TO app;
-- finding: owner of schema shop.sales is "writer", was "app"

-- mutation: a schema's comment
COMMENT ON SCHEMA stock IS 'what there was';
-- undo
COMMENT ON SCHEMA stock IS 'what there is';
-- finding: text of comment on schema shop.stock is "what there was", was "what there is"

-- mutation: the comment of the schema public
COMMENT ON SCHEMA public IS 'ours';
-- undo
COMMENT ON SCHEMA public IS 'standard public schema';
-- finding: comment of schema shop.public is "ours", was "standard public schema"

-- mutation: a function's comment
COMMENT ON FUNCTION tax(numeric) IS 'of this year';
-- undo
COMMENT ON FUNCTION tax(numeric) IS NULL;
-- finding: comment on function shop.public.tax(amount numeric) was not there

-- mutation: a large object is gone
SELECT lo_unlink(4713);
-- undo
SELECT lo_from_bytea(4713, 'a third');
-- finding: large object 4713 of database shop is missing
-- finding: large objects (table shop.pg_catalog.pg_largeobject) has 2 rows, had 3
