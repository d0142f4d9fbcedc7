-- Tables of every shape.
\connect zoo
SET search_path = zoo;

CREATE TABLE nothing ();
INSERT INTO nothing DEFAULT VALUES;
INSERT INTO nothing DEFAULT VALUES;
-- fact: a table without columns that has rows
--   SELECT count(*) FROM zoo.nothing
--   -> 2

CREATE TABLE once_wide (a int, b text, c int, d text);
INSERT INTO once_wide VALUES (1, 'b', 3, 'd');
ALTER TABLE once_wide DROP COLUMN a, DROP COLUMN c;
ALTER TABLE once_wide ADD COLUMN e int DEFAULT 5;
-- fact: a table after columns were dropped and added
--   SELECT (b, d, e)::text FROM zoo.once_wide
--   -> (b,d,5)

CREATE TABLE emptied (a int);
INSERT INTO emptied VALUES (1);
ALTER TABLE emptied DROP COLUMN a;
-- fact: a row of a table that lost its only column
--   SELECT count(*) FROM zoo.emptied
--   -> 1

CREATE TABLE computed (a int GENERATED ALWAYS AS IDENTITY (MINVALUE -5 START -5 MAXVALUE 1000 CYCLE CACHE 3), b int DEFAULT 2,
  c int GENERATED ALWAYS AS (b * 2) STORED, d text GENERATED ALWAYS AS ('ü' || b) STORED);
INSERT INTO computed (b) VALUES (1), (2);
-- fact: an identity column that is always the server's, with a cycle, a cache and borders
--   SELECT attidentity || seqmin || seqcycle || seqcache FROM pg_attribute, pg_sequence WHERE attrelid = 'zoo.computed'::regclass AND attname = 'a' AND seqrelid = 'zoo.computed_a_seq'::regclass
--   -> a-5true3
-- fact: generated columns
--   SELECT string_agg(c || d, ' ' ORDER BY b) FROM zoo.computed
--   -> 2ü1 4ü2

CREATE TABLE parent (a int, b text DEFAULT 'parent''s');
CREATE TABLE other_parent (b text, z int);
CREATE TABLE child (c int, b text) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child, other_parent);
ALTER TABLE grandchild ALTER COLUMN b SET DEFAULT 'grandchild''s';
CREATE TABLE joined (extra int, b text NOT NULL, gone int, a int, CONSTRAINT small CHECK (a < 100));
ALTER TABLE joined DROP COLUMN gone;
ALTER TABLE joined INHERIT parent;
ALTER TABLE parent ADD COLUMN "Läte" varchar(5) COLLATE "C" NOT NULL DEFAULT 'l';
ALTER TABLE parent ADD COLUMN twice int GENERATED ALWAYS AS (a * 2) STORED;
ALTER TABLE parent ALTER COLUMN b SET STORAGE EXTERNAL;
ALTER TABLE other_parent ALTER COLUMN b SET STORAGE EXTERNAL;
ALTER TABLE parent ADD CONSTRAINT small CHECK (a < 100), ADD CONSTRAINT not_nine CHECK (a <> 9);
ALTER TABLE child ALTER COLUMN "Läte" SET DEFAULT 'c', ALTER COLUMN c SET STATISTICS 7;
INSERT INTO parent (a) VALUES (1);
INSERT INTO child (a, c, "Läte") VALUES (2, 3, '4');
INSERT INTO grandchild (a, c, z) VALUES (5, 6, 7);
INSERT INTO joined (a, b, extra) VALUES (3, 'b', 2);
-- fact: a child whose parent got columns later
--   SELECT string_agg(attname || attislocal || attinhcount, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'zoo.child'::regclass AND attnum > 0
--   -> afalse1 btrue1 ctrue0 Lätefalse1 twicefalse1
-- fact: a child of a child whose parent got columns later
--   SELECT string_agg(attname || attislocal || attinhcount, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'zoo.grandchild'::regclass AND attnum > 0
--   -> afalse1 bfalse2 cfalse1 zfalse1 Lätefalse1 twicefalse1
-- fact: the columns of a table that became a child later, in their own order
--   SELECT string_agg(attname || attislocal || attinhcount, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'zoo.joined'::regclass AND attnum > 0 AND NOT attisdropped
--   -> extratrue0 btrue1 atrue1 Lätefalse1 twicefalse1
-- fact: a check of a table that became a child later
--   SELECT conislocal || ' ' || coninhcount FROM pg_constraint WHERE conrelid = 'zoo.joined'::regclass AND conname = 'small'
--   -> true 1
-- fact: a check that is the parent's alone
--   SELECT conislocal || ' ' || coninhcount FROM pg_constraint WHERE conrelid = 'zoo.joined'::regclass AND conname = 'not_nine'
--   -> false 1
-- fact: a child of two parents, and their order
--   SELECT string_agg(inhparent::regclass::text, ' ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = 'zoo.grandchild'::regclass
--   -> zoo.child zoo.other_parent
-- fact: a child's own default
--   SELECT b || "Läte" FROM zoo.grandchild
--   -> grandchild'sc
-- fact: each table of an inheritance has its own rows
--   SELECT (SELECT count(*) FROM zoo.parent)::text || (SELECT count(*) FROM ONLY zoo.parent)
--   -> 41
-- fact: a child's generated column
--   SELECT twice FROM zoo.child WHERE c = 6
--   -> 10

CREATE TYPE shape AS (side int, label text);
CREATE TABLE shapes OF shape (side WITH OPTIONS PRIMARY KEY, label DEFAULT 'round');
-- fact: a table of a composite type
--   SELECT reloftype::regtype FROM pg_class WHERE oid = 'zoo.shapes'::regclass
--   -> zoo.shape

CREATE UNLOGGED TABLE short_lived (a int) WITH (fillfactor = 70, autovacuum_enabled = off);
INSERT INTO short_lived VALUES (1);
-- fact: an unlogged table, with its rows
--   SELECT relpersistence || (SELECT count(*) FROM zoo.short_lived) FROM pg_class WHERE oid = 'zoo.short_lived'::regclass
--   -> u1
-- fact: a table's storage options
--   SELECT reloptions FROM pg_class WHERE oid = 'zoo.short_lived'::regclass
--   -> {fillfactor=70,autovacuum_enabled=off}

CREATE TABLE tuned (a text, b text, c int);
ALTER TABLE tuned ALTER a SET STORAGE EXTERNAL, ALTER c SET STATISTICS 777, ALTER b SET (n_distinct = -0.5);
ALTER TABLE tuned SET (toast_tuple_target = 4096, toast.autovacuum_enabled = off);
INSERT INTO tuned VALUES (repeat('x', 10000), 'b', 1);
-- fact: how a column is stored
--   SELECT attstorage FROM pg_attribute WHERE attrelid = 'zoo.tuned'::regclass AND attname = 'a'
--   -> e
-- fact: the storage options of a table's toast table
--   SELECT t.reloptions FROM pg_class c JOIN pg_class t ON t.oid = c.reltoastrelid WHERE c.oid = 'zoo.tuned'::regclass
--   -> {autovacuum_enabled=off}
-- fact: how exact a column's statistics are
--   SELECT attstattarget FROM pg_attribute WHERE attrelid = 'zoo.tuned'::regclass AND attname = 'c'
--   -> 777
-- fact: a column's options
--   SELECT 'n_distinct=-0.5' = ANY (attoptions) FROM pg_attribute WHERE attrelid = 'zoo.tuned'::regclass AND attname = 'b'
--   -> t

CREATE TABLE in_the_water (a int PRIMARY KEY USING INDEX TABLESPACE "Aquarium") TABLESPACE "Aquarium";
CREATE TABLE half_wet (a int);
CREATE INDEX wet_index ON half_wet (a) TABLESPACE "Aquarium";
-- fact: a table and its key in a tablespace
--   SELECT count(*) FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE spcname = 'Aquarium' AND relname LIKE 'in_the_water%'
--   -> 2
-- fact: an index in a tablespace, of a table that is not
--   SELECT spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE relname = 'wet_index'
--   -> Aquarium

CREATE SEQUENCE tickets AS smallint START 50 INCREMENT -5 MINVALUE 1 MAXVALUE 100 CACHE 2 CYCLE;
SELECT nextval('tickets');
CREATE SEQUENCE untouched START 7;
CREATE SEQUENCE used_up MAXVALUE 2;
SELECT nextval('used_up'), nextval('used_up');
CREATE TABLE numbered (a serial, b bigserial);
ALTER SEQUENCE numbered_a_seq RENAME TO "Renamed Seq";
-- fact: a sequence that counts down in small numbers
--   SELECT seqtypid::regtype || ' ' || seqincrement || seqcycle FROM pg_sequence WHERE seqrelid = 'zoo.tickets'::regclass
--   -> smallint -5true
-- fact: a sequence that was never used
--   SELECT last_value || ' ' || is_called FROM zoo.untouched
--   -> 7 false
-- fact: a sequence at its end
--   SELECT last_value || ' ' || is_called FROM zoo.used_up
--   -> 2 true
-- fact: a serial column whose sequence was renamed
--   SELECT pg_get_serial_sequence('zoo.numbered', 'a')
--   -> zoo."Renamed Seq"

CREATE TABLE cluster_of (a int, b int NOT NULL);
CREATE UNIQUE INDEX by_b ON cluster_of (b);
CREATE INDEX by_a ON cluster_of (a);
ALTER TABLE cluster_of CLUSTER ON by_a;
ALTER TABLE cluster_of REPLICA IDENTITY USING INDEX by_b;
CREATE TABLE full_identity (a int);
ALTER TABLE full_identity REPLICA IDENTITY FULL;
CREATE TABLE no_identity (a int);
ALTER TABLE no_identity REPLICA IDENTITY NOTHING;
-- fact: the index that a table is clustered on
--   SELECT indexrelid::regclass FROM pg_index WHERE indisclustered AND indrelid = 'zoo.cluster_of'::regclass
--   -> zoo.by_a
-- fact: the index that identifies a table's rows for replication
--   SELECT indexrelid::regclass FROM pg_index WHERE indisreplident AND indrelid = 'zoo.cluster_of'::regclass
--   -> zoo.by_b
-- fact: how other tables' rows are identified
--   SELECT string_agg(relreplident::text, ' ' ORDER BY relname) FROM pg_class WHERE relname IN ('full_identity', 'no_identity')
--   -> f n

SELECT lo_from_bytea(424242, '\x00ff0a5c'), lo_create(424243);
ALTER LARGE OBJECT 424242 OWNER TO keeper;
GRANT SELECT ON LARGE OBJECT 424242 TO cats WITH GRANT OPTION;
COMMENT ON LARGE OBJECT 424242 IS 'a photograph';
-- fact: a large object's bytes
--   SELECT encode(lo_get(424242), 'hex')
--   -> 00ff0a5c
-- fact: an empty large object
--   SELECT length(lo_get(424243))
--   -> 0
-- fact: a large object's owner and grants
--   SELECT lomowner::regrole || ' ' || grantee::regrole || is_grantable FROM pg_largeobject_metadata, aclexplode(lomacl) WHERE oid = 424242 AND grantee <> lomowner
--   -> keeper catstrue
-- fact: a comment on a large object
--   SELECT obj_description(424242, 'pg_largeobject')
--   -> a photograph
