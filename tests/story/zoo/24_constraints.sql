-- Constraints and indexes.
\connect zoo
SET search_path = zoo;

CREATE TABLE houses (id int PRIMARY KEY, name text UNIQUE DEFERRABLE INITIALLY DEFERRED, area box,
  CONSTRAINT "no overlap" EXCLUDE USING gist (area WITH &&) WHERE (area IS NOT NULL) DEFERRABLE);
CREATE TABLE cages (id int, house int CONSTRAINT lives REFERENCES houses DEFERRABLE INITIALLY DEFERRED, size int,
  number int, CONSTRAINT cage_key PRIMARY KEY (id) INCLUDE (size) WITH (fillfactor = 80), UNIQUE (house, number));
CREATE TABLE bars (cage int, house int, number int,
  CONSTRAINT whole FOREIGN KEY (house, number) REFERENCES cages (house, number) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL,
  CONSTRAINT part FOREIGN KEY (cage) REFERENCES cages ON DELETE SET DEFAULT);
INSERT INTO houses VALUES (1, 'cats', '(0,0),(1,1)'), (2, 'birds', '(2,2),(3,3)');
INSERT INTO cages VALUES (1, 1, 5, 1), (2, NULL, 5, 2);
INSERT INTO bars VALUES (1, 1, 1), (2, NULL, NULL);
CREATE TABLE old_rules (a int, b int);
INSERT INTO old_rules VALUES (-1, 99);
ALTER TABLE old_rules ADD CONSTRAINT unproven CHECK (a > 0) NOT VALID;
ALTER TABLE old_rules ADD CONSTRAINT dangling FOREIGN KEY (b) REFERENCES houses NOT VALID;
ALTER TABLE old_rules ADD CONSTRAINT mine CHECK (b > 0) NO INHERIT;
CREATE TABLE ring_a (id int PRIMARY KEY, b int);
CREATE TABLE ring_b (id int PRIMARY KEY, a int REFERENCES ring_a);
ALTER TABLE ring_a ADD FOREIGN KEY (b) REFERENCES ring_b;
INSERT INTO ring_a VALUES (1, NULL);
INSERT INTO ring_b VALUES (1, 1);
UPDATE ring_a SET b = 1;
CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree ON DELETE CASCADE);
INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2);
CREATE TABLE entries (day date, gate text, ticket int, FOREIGN KEY (day, gate, ticket) REFERENCES visits);
INSERT INTO entries SELECT day, gate, ticket FROM visits;
-- fact: a unique constraint that waits for the end of the transaction
--   SELECT condeferrable AND condeferred FROM pg_constraint WHERE conrelid = 'zoo.houses'::regclass AND contype = 'u'
--   -> t
-- fact: an exclusion constraint with a condition, deferrable
--   SELECT condeferrable::text || condeferred || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'no overlap'
--   -> truefalse EXCLUDE USING gist (area WITH &&) WHERE ((area IS NOT NULL)) DEFERRABLE
-- fact: a key that carries another column and a fillfactor
--   SELECT indnatts || ' ' || indnkeyatts || reloptions::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indexrelid = 'zoo.cage_key'::regclass
--   -> 2 1{fillfactor=80}
-- fact: a deferred foreign key
--   SELECT condeferred FROM pg_constraint WHERE conname = 'lives'
--   -> t
-- fact: a foreign key of two columns that matches in full and follows
--   SELECT concat(confmatchtype, confupdtype, confdeltype) FROM pg_constraint WHERE conname = 'whole'
--   -> fcn
-- fact: a foreign key that falls back to the default
--   SELECT confdeltype FROM pg_constraint WHERE conname = 'part'
--   -> d
-- fact: a check that its rows do not hold
--   SELECT convalidated FROM pg_constraint WHERE conname = 'unproven'
--   -> f
-- fact: the row that does not hold it
--   SELECT a FROM zoo.old_rules
--   -> -1
-- fact: a foreign key that its rows do not hold
--   SELECT convalidated FROM pg_constraint WHERE conname = 'dangling'
--   -> f
-- fact: a check that children do not inherit
--   SELECT connoinherit FROM pg_constraint WHERE conname = 'mine'
--   -> t
-- fact: two tables that refer to each other
--   SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid IN ('zoo.ring_a'::regclass, 'zoo.ring_b'::regclass)
--   -> 2
-- fact: a table that refers to itself
--   SELECT count(*) FROM pg_constraint WHERE conrelid = 'zoo.tree'::regclass AND confrelid = conrelid AND confdeltype = 'c'
--   -> 1
-- fact: a foreign key to a partitioned table
--   SELECT count(*) FROM pg_constraint WHERE conrelid = 'zoo.entries'::regclass AND contype = 'f' AND confrelid = 'zoo.visits'::regclass AND convalidated
--   -> 1

CREATE INDEX by_words ON animals USING btree (lower(name) COLLATE "POSIX" text_pattern_ops DESC NULLS LAST, (kg * 2)) WHERE mood = 'hungry';
CREATE INDEX by_doc ON animals USING gin (doc jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX by_born ON animals USING brin (id) WITH (pages_per_range = 16);
CREATE INDEX by_hash ON animals USING hash (name);
CREATE INDEX by_place ON houses USING spgist (area);
CREATE INDEX by_bits ON animals (bits, net);
ALTER INDEX by_words ALTER COLUMN 2 SET STATISTICS 55;
COMMENT ON INDEX by_doc IS 'for searching';
-- fact: an index by expressions, with a collation, an operator class, an order and a condition
--   SELECT pg_get_indexdef('zoo.by_words'::regclass) LIKE '%lower(name) COLLATE "POSIX" text_pattern_ops DESC NULLS LAST%WHERE%'
--   -> t
-- fact: the statistics of an index's expression
--   SELECT attstattarget FROM pg_attribute WHERE attrelid = 'zoo.by_words'::regclass AND attnum = 2
--   -> 55
-- fact: an inverted index with options
--   SELECT reloptions FROM pg_class WHERE oid = 'zoo.by_doc'::regclass
--   -> {fastupdate=off}
-- fact: indexes by other methods
--   SELECT string_agg(amname, ' ' ORDER BY amname) FROM pg_class c JOIN pg_am a ON a.oid = relam WHERE relname IN ('by_born', 'by_hash', 'by_place')
--   -> brin hash spgist
-- fact: a comment on an index
--   SELECT obj_description('zoo.by_doc'::regclass)
--   -> for searching

CREATE STATISTICS of_animals (ndistinct, dependencies) ON id, name FROM animals;
ALTER STATISTICS of_animals SET STATISTICS 99;
ALTER STATISTICS of_animals OWNER TO keeper;
COMMENT ON STATISTICS of_animals IS 'counted together';
-- fact: extended statistics and their kinds
--   SELECT array_to_string(stxkind, '') || stxowner::regrole FROM pg_statistic_ext WHERE stxname = 'of_animals'
--   -> dfkeeper
-- fact: how exact extended statistics are
--   SELECT stxstattarget FROM pg_statistic_ext WHERE stxname = 'of_animals'
--   -> 99
-- fact: a comment on extended statistics
--   SELECT obj_description(oid, 'pg_statistic_ext') FROM pg_statistic_ext WHERE stxname = 'of_animals'
--   -> counted together
