-- needs: extension postgres_fdw
-- needs: extension citext
-- Extensions of the server's own package.
\connect zoo
CREATE SCHEMA "Ext ""of"" it";
CREATE EXTENSION hstore SCHEMA "Ext ""of"" it";
CREATE EXTENSION citext VERSION '1.5';
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;
CREATE EXTENSION btree_gist;
CREATE SERVER neighbour FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '/nowhere', dbname 'zoo', fetch_size '7');
CREATE USER MAPPING FOR CURRENT_USER SERVER neighbour OPTIONS (user 'x', password 'fake-neighbour-password');
CREATE FOREIGN TABLE zoo.next_door (id int OPTIONS (column_name 'nr')) SERVER neighbour OPTIONS (schema_name 'zoo', table_name 'animals', updatable 'false');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE zoo.words_in_a_file (w text) SERVER files OPTIONS (filename '/etc/hostname', format 'text');
CREATE TABLE zoo.tolerant (name citext PRIMARY KEY, more "Ext ""of"" it".hstore);
INSERT INTO zoo.tolerant VALUES ('Cat', '"a b"=>"c\"d", e=>NULL');
CREATE TABLE zoo.bookings (cage int, during tsrange, EXCLUDE USING gist (cage WITH =, during WITH &&));
INSERT INTO zoo.bookings VALUES (1, '[2026-01-01, 2026-01-02)');
CREATE TABLE zoo.partly_foreign (w text) PARTITION BY LIST (w);
CREATE TABLE zoo.partly_here PARTITION OF zoo.partly_foreign FOR VALUES IN ('here');
CREATE FOREIGN TABLE zoo.partly_there PARTITION OF zoo.partly_foreign DEFAULT SERVER files OPTIONS (filename '/etc/hostname');
INSERT INTO zoo.partly_foreign VALUES ('here');
GRANT EXECUTE ON FUNCTION "Ext ""of"" it".akeys("Ext ""of"" it".hstore) TO cats;
REVOKE EXECUTE ON FUNCTION "Ext ""of"" it".avals("Ext ""of"" it".hstore) FROM PUBLIC;
-- fact: an extension in a schema with an odd name
--   SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'hstore'
--   -> "Ext ""of"" it"
-- fact: an extension in an older version
--   SELECT extversion FROM pg_extension WHERE extname = 'citext'
--   -> 1.5
-- fact: a foreign server of another PostgreSQL, with the password of its user
--   SELECT string_agg(o, ', ' ORDER BY o) FROM pg_user_mappings, unnest(umoptions) o WHERE srvname = 'neighbour'
--   -> password=fake-neighbour-password, user=x
-- fact: a foreign table of another PostgreSQL
--   SELECT ftoptions FROM pg_foreign_table WHERE ftrelid = 'zoo.next_door'::regclass
--   -> {schema_name=zoo,table_name=animals,updatable=false}
-- fact: a foreign table that is a file
--   SELECT ftoptions FROM pg_foreign_table WHERE ftrelid = 'zoo.words_in_a_file'::regclass
--   -> {filename=/etc/hostname,format=text}
-- fact: rows of an extension's types
--   SELECT (more OPERATOR("Ext ""of"" it".->) 'a b') FROM zoo.tolerant WHERE name = 'CAT'
--   -> c"d
-- fact: an exclusion constraint by an extension's operator class
--   SELECT count(*) FROM pg_constraint WHERE conrelid = 'zoo.bookings'::regclass AND contype = 'x'
--   -> 1
-- fact: a function of an extension that was taken from PUBLIC
--   SELECT count(*) FROM pg_proc, aclexplode(proacl) WHERE proname = 'avals' AND grantee = 0
--   -> 0
-- fact: a function of an extension that was given
--   SELECT count(*) FROM pg_proc, aclexplode(proacl) WHERE proname = 'akeys' AND grantee = 'cats'::regrole
--   -> 1
-- fact: a partition that is a foreign table
--   SELECT relkind::text || relispartition FROM pg_class WHERE oid = 'zoo.partly_there'::regclass
--   -> ftrue
-- fact: rows of a partitioned table that is partly elsewhere
--   SELECT w FROM zoo.partly_here
--   -> here
