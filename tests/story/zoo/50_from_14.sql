-- needs: version 14
-- What PostgreSQL 14 brought.
\connect zoo
SET search_path = zoo;

CREATE TYPE span AS RANGE (subtype = int, multirange_type_name = "Many ""Spans""");
CREATE TABLE spans (s "Many ""Spans""");
INSERT INTO spans VALUES ('{[1,3), [7,9)}');
-- fact: a multirange type with a name of its own
--   SELECT rngmultitypid::regtype FROM pg_range WHERE rngtypid = 'zoo.span'::regtype
--   -> zoo."Many ""Spans"""
-- fact: rows of a multirange type
--   SELECT s FROM zoo.spans
--   -> {[1,3),[7,9)}

CREATE FUNCTION parsed(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT count(*)::int + a FROM zoo.nothing; END;
CREATE PROCEDURE out_of(OUT n int) LANGUAGE sql AS 'SELECT 1';
-- fact: a function whose body is parsed and depends on a table
--   SELECT zoo.parsed(1)
--   -> 3
-- fact: a procedure that gives something back
--   SELECT proargmodes FROM pg_proc WHERE proname = 'out_of'
--   -> {o}

CREATE TABLE squeezed (a text COMPRESSION pglz);
-- fact: how a column is compressed
--   SELECT attcompression FROM pg_attribute WHERE attrelid = 'zoo.squeezed'::regclass AND attname = 'a'
--   -> p
CREATE STATISTICS of_expressions ON (lower(name)), (id % 10) FROM animals;
-- fact: statistics of expressions
--   SELECT count(*) FROM pg_statistic_ext WHERE stxname = 'of_expressions' AND stxexprs IS NOT NULL
--   -> 1
CREATE SUBSCRIPTION in_binary CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false, enabled = false, slot_name = NONE, binary = true, streaming = true);
-- fact: a subscription that streams in binary
--   SELECT subbinary::text || left(substream::text, 1) FROM pg_subscription WHERE subname = 'in_binary'
--   -> truet
GRANT pg_read_all_data TO guest;
-- fact: a member of those who may read everything
--   SELECT pg_has_role('guest', 'pg_read_all_data', 'USAGE')
--   -> t
