-- needs: version 15
-- What PostgreSQL 15 brought.
\connect postgres
CREATE DATABASE icu_house LOCALE_PROVIDER icu ICU_LOCALE 'de-AT' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0;
GRANT SET ON PARAMETER log_min_duration_statement TO keeper WITH GRANT OPTION;
GRANT ALTER SYSTEM ON PARAMETER work_mem TO cats;
SET ROLE keeper;
GRANT SET ON PARAMETER log_min_duration_statement TO guest;
RESET ROLE;
-- fact: a database with a locale of ICU
--   SELECT datlocprovider FROM pg_database WHERE datname = 'icu_house'
--   -> i
-- fact: a grant to set a parameter
--   SELECT has_parameter_privilege('keeper', 'log_min_duration_statement', 'SET WITH GRANT OPTION')
--   -> t
-- fact: a grant to set a parameter, passed on
--   SELECT grantor::regrole FROM pg_parameter_acl, aclexplode(paracl) WHERE parname = 'log_min_duration_statement' AND grantee = 'guest'::regrole
--   -> keeper
-- fact: a grant to change a parameter for the whole server
--   SELECT has_parameter_privilege('cats', 'work_mem', 'ALTER SYSTEM')
--   -> t
\connect icu_house
CREATE TABLE sorted (t text PRIMARY KEY);
INSERT INTO sorted VALUES ('a'), ('B'), ('ä'), ('Z');
-- fact: the order of a database with a locale of ICU
--   SELECT string_agg(t, '' ORDER BY t) FROM sorted
--   -> aäBZ

\connect zoo
SET search_path = zoo;
SET client_min_messages = error;
CREATE TABLE one_null (a int, UNIQUE NULLS NOT DISTINCT (a));
CREATE UNIQUE INDEX one_null_more ON one_null (a, (a + 1)) NULLS NOT DISTINCT;
CREATE VIEW as_the_caller WITH (security_invoker = true) AS SELECT id FROM animals;
CREATE PUBLICATION filtered FOR TABLE cages (id, house) WHERE (id > 0 AND house IS NOT NULL);
CREATE PUBLICATION whole_schema FOR TABLES IN SCHEMA "table", TABLE houses;
CREATE TABLE partial_null (a int, b int, FOREIGN KEY (a, b) REFERENCES cages (house, number) ON DELETE SET NULL (b));
CREATE SUBSCRIPTION cautious CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false, enabled = false, slot_name = NONE, two_phase = true, disable_on_error = true);
-- fact: a key in which one null equals another
--   SELECT bool_and(indnullsnotdistinct) FROM pg_index WHERE indrelid = 'zoo.one_null'::regclass
--   -> t
-- fact: a view with the caller's rights
--   SELECT reloptions FROM pg_class WHERE oid = 'zoo.as_the_caller'::regclass
--   -> {security_invoker=true}
-- fact: a publication with a row filter and a list of columns
--   SELECT pg_get_expr(prqual, prrelid) || prattrs::text FROM pg_publication_rel JOIN pg_publication p ON p.oid = prpubid WHERE pubname = 'filtered'
--   -> ((id > 0) AND (house IS NOT NULL))1 2
-- fact: a publication of a schema
--   SELECT pnnspid::regnamespace FROM pg_publication_namespace
--   -> "table"
-- fact: a foreign key that sets one of its columns to null
--   SELECT confdelsetcols FROM pg_constraint WHERE conrelid = 'zoo.partial_null'::regclass AND contype = 'f'
--   -> {2}
-- fact: a subscription that stops at an error
--   SELECT subdisableonerr FROM pg_subscription WHERE subname = 'cautious'
--   -> t
