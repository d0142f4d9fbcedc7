-- Partitions, three deep, by every strategy.
\connect zoo
SET search_path = zoo;

CREATE TABLE visits (day date NOT NULL, gate text NOT NULL, ticket int NOT NULL, price numeric DEFAULT 9.5, note text) PARTITION BY RANGE (day);
CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM (MINVALUE) TO ('2026-01-01') PARTITION BY LIST (gate);
CREATE TABLE visits_2025_north PARTITION OF visits_2025 FOR VALUES IN ('north', 'it''s ü') PARTITION BY HASH (ticket);
CREATE TABLE visits_2025_north_0 PARTITION OF visits_2025_north FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE visits_2025_north_1 PARTITION OF visits_2025_north FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE visits_2025_rest PARTITION OF visits_2025 DEFAULT;
CREATE TABLE visits_2026 (note text, gone int, ticket int NOT NULL, price numeric DEFAULT 12, gate text NOT NULL, day date NOT NULL);
ALTER TABLE visits_2026 DROP COLUMN gone;
ALTER TABLE visits ATTACH PARTITION visits_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE visits_else PARTITION OF visits DEFAULT TABLESPACE "Aquarium";
ALTER TABLE visits ADD CONSTRAINT visits_key PRIMARY KEY (day, gate, ticket);
CREATE INDEX visits_by_price ON visits (price) WHERE price > 10;
CREATE INDEX visits_notes ON ONLY visits (note);
ALTER TABLE visits_2026 ADD CONSTRAINT cheap CHECK (price < 1000);
INSERT INTO visits SELECT date '2025-06-01' + i * 20, CASE i % 3 WHEN 0 THEN 'north' WHEN 1 THEN 'it''s ü' ELSE 'south' END, i, i, 'n' || i
  FROM generate_series(1, 60) i;
-- fact: rows of a partitioned table
--   SELECT count(*) || ' ' || sum(ticket) FROM zoo.visits
--   -> 60 1830
-- fact: a range that begins at the beginning
--   SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = 'zoo.visits_2025'::regclass
--   -> FOR VALUES FROM (MINVALUE) TO ('2026-01-01')
-- fact: a list with odd values
--   SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = 'zoo.visits_2025_north'::regclass
--   -> FOR VALUES IN ('north', 'it''s ü')
-- fact: a hash partition, three levels down
--   SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = 'zoo.visits_2025_north_1'::regclass
--   -> FOR VALUES WITH (modulus 2, remainder 1)
-- fact: default partitions on two levels
--   SELECT count(*) FROM pg_class WHERE relname LIKE 'visits%' AND pg_get_expr(relpartbound, oid) = 'DEFAULT'
--   -> 2
-- fact: how each level is partitioned
--   SELECT string_agg(partstrat::text, '' ORDER BY partrelid::regclass::text) FROM pg_partitioned_table WHERE partrelid::regclass::text LIKE 'zoo.visits%'
--   -> rlh
-- fact: a partition's columns in their own order
--   SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'zoo.visits_2026'::regclass AND attnum > 0 AND NOT attisdropped
--   -> note ticket price gate day
-- fact: a partition's own default
--   SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'zoo.visits_2026'::regclass
--   -> 12
-- fact: a partition's own check
--   SELECT convalidated FROM pg_constraint WHERE conrelid = 'zoo.visits_2026'::regclass AND conname = 'cheap'
--   -> t
-- fact: the key of all partitions
--   SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND conrelid::regclass::text LIKE 'zoo.visits%'
--   -> 8
-- fact: a partial index on all partitions
--   SELECT count(*) FROM pg_index WHERE indpred IS NOT NULL AND indrelid::regclass::text LIKE 'zoo.visits%'
--   -> 8
-- fact: an index that no partition has yet
--   SELECT indisvalid FROM pg_index WHERE indexrelid = 'zoo.visits_notes'::regclass
--   -> f
-- fact: a partition in a tablespace
--   SELECT spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE c.oid = 'zoo.visits_else'::regclass
--   -> Aquarium

CREATE TABLE by_word (word text, n int) PARTITION BY RANGE (lower(word) COLLATE "C", n);
CREATE TABLE by_word_a PARTITION OF by_word FOR VALUES FROM ('a', MINVALUE) TO ('m', MAXVALUE);
CREATE TABLE by_mood (mood mood, n int) PARTITION BY HASH (mood);
CREATE TABLE by_mood_0 PARTITION OF by_mood FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_mood_1 PARTITION OF by_mood FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_mood_2 PARTITION OF by_mood FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO by_word VALUES ('Bear', 1), ('cat', 2);
INSERT INTO by_mood SELECT (enum_range(NULL::mood))[1 + i % 3], i FROM generate_series(1, 60) i;
CREATE TABLE no_partitions (a int) PARTITION BY LIST (a);
-- fact: a table partitioned by an expression with a collation
--   SELECT pg_get_partkeydef('zoo.by_word'::regclass)
--   -> RANGE (lower(word) COLLATE "C", n)
-- fact: rows of a table partitioned by the hash of an enum
--   SELECT string_agg(mood || ' ' || n, ', ' ORDER BY mood) FROM (SELECT mood, count(*) AS n FROM zoo.by_mood GROUP BY mood) m
--   -> calm 20, asleep 20, hungry 20
-- fact: a partitioned table without any partition
--   SELECT relkind FROM pg_class WHERE oid = 'zoo.no_partitions'::regclass
--   -> p
