-- needs: version 18
-- What PostgreSQL 18 brought.
\connect zoo
SET search_path = zoo;
CREATE TABLE virtual_one (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int GENERATED ALWAYS AS (a * 3) STORED);
INSERT INTO virtual_one (a) VALUES (1), (2);
CREATE TABLE rules_of_18 (id int CONSTRAINT "id is ""there""" NOT NULL, a int, b int CONSTRAINT never_null NOT NULL NO INHERIT,
  CONSTRAINT not_enforced CHECK (a > 0) NOT ENFORCED);
INSERT INTO rules_of_18 VALUES (1, -1, 1);
ALTER TABLE rules_of_18 ADD CONSTRAINT a_there NOT NULL a NOT VALID;
ALTER TABLE rules_of_18 ADD CONSTRAINT not_looked_up FOREIGN KEY (id) REFERENCES houses NOT ENFORCED;
COMMENT ON CONSTRAINT "id is ""there""" ON rules_of_18 IS 'it must be';
CREATE TABLE unnamed_rules (id int NOT NULL);
CREATE TABLE a_copy_of_rules (LIKE unnamed_rules INCLUDING ALL);
CREATE TABLE seasons (id int4range, during daterange, CONSTRAINT seasons_key PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE shows (id int, season int4range, during daterange, CONSTRAINT in_season FOREIGN KEY (season, PERIOD during) REFERENCES seasons (id, PERIOD during));
INSERT INTO seasons VALUES ('[1,2)', '[2026-01-01,2026-07-01)');
INSERT INTO shows VALUES (1, '[1,2)', '[2026-02-01,2026-03-01)');
CREATE PUBLICATION with_computed FOR TABLE computed WITH (publish_generated_columns = stored);
CREATE TABLE unproven_parts (a int, b int REFERENCES houses) PARTITION BY LIST (a);
ALTER DEFAULT PRIVILEGES FOR ROLE keeper GRANT SELECT ON LARGE OBJECTS TO cats;
-- fact: a column that is computed when it is read
--   SELECT concat(attgenerated, (SELECT sum(b) FROM zoo.virtual_one)) FROM pg_attribute WHERE attrelid = 'zoo.virtual_one'::regclass AND attname = 'b'
--   -> v6
-- fact: a NOT NULL with a name, and its comment
--   SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'id is "there"'
--   -> it must be
-- fact: a NOT NULL that children do not inherit
--   SELECT connoinherit FROM pg_constraint WHERE conname = 'never_null'
--   -> t
-- fact: a NOT NULL that is not validated
--   SELECT convalidated FROM pg_constraint WHERE conname = 'a_there'
--   -> f
-- fact: a check that is not enforced
--   SELECT conenforced FROM pg_constraint WHERE conname = 'not_enforced'
--   -> f
-- fact: a foreign key that is not enforced
--   SELECT conenforced FROM pg_constraint WHERE conname = 'not_looked_up'
--   -> f
-- fact: names of constraints that two tables share
--   SELECT string_agg(conname, ' ') FROM pg_constraint WHERE conrelid IN ('zoo.unnamed_rules'::regclass, 'zoo.a_copy_of_rules'::regclass)
--   -> unnamed_rules_id_not_null unnamed_rules_id_not_null
-- fact: a key without overlaps
--   SELECT conperiod FROM pg_constraint WHERE conname = 'seasons_key'
--   -> t
-- fact: a foreign key over periods
--   SELECT conperiod FROM pg_constraint WHERE conname = 'in_season'
--   -> t
-- fact: a publication with computed columns
--   SELECT pubgencols FROM pg_publication WHERE pubname = 'with_computed'
--   -> s
-- fact: default privileges for large objects
--   SELECT count(*) FROM pg_default_acl WHERE defaclobjtype = 'L'
--   -> 1
