-- Databases in other encodings, with texts, names and comments beyond ASCII.
\connect ascii
SET client_encoding = 'SQL_ASCII';
CREATE TABLE bytes (id int PRIMARY KEY, t text);
INSERT INTO bytes VALUES (1, E'latin \xe9'), (2, E'utf8 \xc3\xa9'), (3, E'neither \xff\x80\x01'), (4, E'\\ \t \n');
COMMENT ON TABLE bytes IS E'not UTF-8: \xe9\xff';
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (%I int DEFAULT 1)', E'caf\xe9 "\xff"', E'gr\xfcn'); END $$;
CREATE FUNCTION greet() RETURNS text LANGUAGE sql AS E'SELECT ''gr\xfc\xdf''::text';
CREATE TYPE colour AS ENUM (E'gr\xfcn', 'rot');
DO $$ BEGIN EXECUTE format('CREATE VIEW v AS SELECT %L::text AS t', E'\xe4\xff'); END $$;
ALTER TABLE bytes ALTER t SET DEFAULT E'd\xe9';
GRANT SELECT ON bytes TO "Wärter 飼育員 🐘";
-- fact: bytes of no encoding in rows
--   SELECT string_agg(encode(t::bytea, 'hex'), ' ' ORDER BY id) FROM bytes WHERE id < 4
--   -> 6c6174696e20e9 7574663820c3a9 6e65697468657220ff8001
-- fact: bytes of no encoding in a comment
--   SELECT encode(obj_description('bytes'::regclass)::bytea, 'hex')
--   -> 6e6f74205554462d383a20e9ff
-- fact: bytes of no encoding in names of a table and a column
--   SELECT encode((relname || attname)::bytea, 'hex') FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum = 1 WHERE relname LIKE 'caf%' AND relkind = 'r'
--   -> 636166e92022ff226772fc6e
-- fact: bytes of no encoding in a function's body
--   SELECT encode(greet()::bytea, 'hex')
--   -> 6772fcdf
-- fact: bytes of no encoding in an enum
--   SELECT encode(enumlabel::text::bytea, 'hex') FROM pg_enum WHERE enumsortorder = 1
--   -> 6772fc6e
-- fact: bytes of no encoding in a view and in a default
--   SELECT encode(t::bytea, 'hex') || (SELECT pg_get_expr(adbin, adrelid) = E'''d\xe9''::text' FROM pg_attrdef WHERE adrelid = 'bytes'::regclass) FROM v
--   -> e4fftrue
-- fact: a grant to a role whose name is beyond ASCII, in a database of bytes
--   SELECT count(*) FROM pg_class c, aclexplode(relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE c.oid = 'bytes'::regclass AND rolname LIKE 'W%rter%'
--   -> 1

\connect "1 latin"
SET client_encoding = 'UTF8';
CREATE TABLE "Käfige" ("Größe" text DEFAULT 'groß');
INSERT INTO "Käfige" VALUES ('ÿ'), ('£§');
COMMENT ON TABLE "Käfige" IS 'für große Tiere';
CREATE FUNCTION "grüß"() RETURNS text LANGUAGE sql AS 'SELECT ''größer''::text';
CREATE TYPE "Stärke" AS ENUM ('schwächer', 'stärker');
GRANT USAGE ON SCHEMA public TO veteran WITH GRANT OPTION;
DO $$ BEGIN EXECUTE format('GRANT SELECT ON "Käfige" TO %I', (SELECT rolname FROM pg_roles WHERE rolname LIKE 'W%rter%')); END $$;
DO $$ BEGIN EXECUTE format('CREATE SCHEMA his AUTHORIZATION %I', (SELECT rolname FROM pg_roles WHERE rolname LIKE 'W%rter%')); END $$;
-- fact: rows in LATIN1
--   SELECT string_agg(encode(convert_to("Größe", 'LATIN1'), 'hex'), ' ' ORDER BY "Größe" COLLATE "C") FROM "Käfige"
--   -> a3a7 ff
-- fact: names in LATIN1
--   SELECT encode(convert_to(relname, 'LATIN1'), 'hex') FROM pg_class WHERE relname LIKE 'K%' AND relkind = 'r'
--   -> 4be466696765
-- fact: a comment in LATIN1
--   SELECT obj_description('"Käfige"'::regclass) = 'für große Tiere'
--   -> t
-- fact: a function's name and body in LATIN1
--   SELECT "grüß"() = 'größer'
--   -> t
-- fact: an enum in LATIN1
--   SELECT 'stärker'::"Stärke" > 'schwächer'
--   -> t
-- fact: a grant to a role whose name LATIN1 does not have
--   SELECT count(*) FROM pg_class c, aclexplode(relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE c.oid = '"Käfige"'::regclass AND rolname LIKE 'W%rter%'
--   -> 1
-- fact: a schema of a role whose name LATIN1 does not have
--   SELECT rolname LIKE 'W%rter%' FROM pg_namespace JOIN pg_roles r ON r.oid = nspowner WHERE nspname = 'his'
--   -> t
