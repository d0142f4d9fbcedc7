-- Comments on what has none elsewhere.
\connect zoo
SET search_path = zoo;

COMMENT ON SCHEMA zoo IS 'the zoo''s own';
COMMENT ON SCHEMA public IS 'nothing of ours';
COMMENT ON TABLE nothing IS E'-- not a comment\n\\connect nowhere\n/* ';
COMMENT ON COLUMN animals.name IS 'ü 🐘 $$ ; ''';
COMMENT ON TYPE mood IS 'how they feel';
COMMENT ON DOMAIN heavy IS 'not to be carried';
COMMENT ON SEQUENCE tickets IS 'counted down';
COMMENT ON VIEW upwards IS 'to the root';
COMMENT ON FUNCTION costly(int, text[]) IS 'all that can be said';
COMMENT ON CONSTRAINT "no overlap" ON houses IS 'houses do not overlap';
COMMENT ON CONSTRAINT cage_key ON cages IS 'a key';
COMMENT ON EXTENSION plpgsql IS 'our words, not its own';
COMMENT ON CONSTRAINT visits_key ON visits IS 'of all partitions';
COMMENT ON TABLE visits_2025_north_1 IS 'three levels down';
COMMENT ON COLUMN computed.c IS 'computed';
-- fact: a comment on a schema
--   SELECT obj_description('zoo'::regnamespace, 'pg_namespace')
--   -> the zoo's own
-- fact: another comment on the schema public
--   SELECT obj_description('public'::regnamespace, 'pg_namespace')
--   -> nothing of ours
-- fact: a comment that looks like SQL and like psql
--   SELECT obj_description('zoo.nothing'::regclass)
--   -> -- not a comment{NL}\connect nowhere{NL}/* 
-- fact: a comment on a column
--   SELECT col_description('zoo.animals'::regclass, 2)
--   -> ü 🐘 $$ ; '
-- fact: comments on an enum and a domain
--   SELECT obj_description('zoo.mood'::regtype, 'pg_type') || obj_description('zoo.heavy'::regtype, 'pg_type')
--   -> how they feelnot to be carried
-- fact: comments on a sequence and a view
--   SELECT obj_description('zoo.tickets'::regclass) || obj_description('zoo.upwards'::regclass)
--   -> counted downto the root
-- fact: a comment on one of several functions of a name
--   SELECT string_agg(coalesce(obj_description(oid, 'pg_proc'), 'none'), ' ' ORDER BY pronargs) FROM pg_proc WHERE proname = 'costly'
--   -> none all that can be said
-- fact: comments on an exclusion constraint and on a key
--   SELECT string_agg(obj_description(oid, 'pg_constraint'), ', ' ORDER BY conname) FROM pg_constraint WHERE conname IN ('no overlap', 'cage_key')
--   -> a key, houses do not overlap
-- fact: another comment on an extension
--   SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'plpgsql'
--   -> our words, not its own
-- fact: a comment on a partition three levels down
--   SELECT obj_description('zoo.visits_2025_north_1'::regclass)
--   -> three levels down
-- fact: a comment on the key of a partitioned table
--   SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'visits_key'
--   -> of all partitions

-- A database without the schema that every database has.
\connect table_free
DROP SCHEMA public;
DROP EXTENSION plpgsql;
CREATE SCHEMA other;
-- fact: a database without the schema public
--   SELECT count(*) FROM pg_namespace WHERE nspname IN ('public', 'other')
--   -> 1

-- fact: a database without the language that every database has
--   SELECT count(*) FROM pg_extension
--   -> 0

-- And one whose schema public was made anew by somebody else.
\connect "Odd ""Db"", 100% \ it's"
DROP SCHEMA public;
CREATE SCHEMA public AUTHORIZATION keeper;
CREATE TABLE public.t (i int);
INSERT INTO public.t VALUES (7);
-- fact: a schema public of somebody else's, without any grant
--   SELECT nspowner::regrole || has_schema_privilege('intern', oid, 'USAGE')::text || coalesce(obj_description(oid, 'pg_namespace'), ' none') FROM pg_namespace WHERE nspname = 'public'
--   -> keeperfalse none
-- fact: rows in a database with an odd name
--   SELECT i FROM public.t
--   -> 7

\connect "Gehege 檻 🐘"
CREATE TABLE "象" ("鼻" text);
INSERT INTO "象" VALUES ('長い');
-- fact: rows in a database whose name is beyond ASCII
--   SELECT "鼻" FROM "象"
--   -> 長い
