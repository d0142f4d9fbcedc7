-- needs: version 17
-- What PostgreSQL 17 brought.
\connect postgres
CREATE DATABASE built_in LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
GRANT pg_maintain TO guest;
-- fact: a database with a locale of the server's own
--   SELECT concat(datlocprovider, datlocale) FROM pg_database WHERE datname = 'built_in'
--   -> bC.UTF-8
-- fact: a member of those who may maintain everything
--   SELECT pg_has_role('guest', 'pg_maintain', 'USAGE')
--   -> t
\connect built_in
CREATE COLLATION own_builtin (PROVIDER = builtin, LOCALE = 'C.UTF-8');
CREATE FUNCTION at_login() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER logs_in ON login EXECUTE FUNCTION at_login();
ALTER EVENT TRIGGER logs_in ENABLE ALWAYS;
-- fact: a collation of the server's own
--   SELECT collprovider FROM pg_collation WHERE collname = 'own_builtin'
--   -> b
-- fact: an event trigger at login
--   SELECT concat(evtevent, evtenabled) FROM pg_event_trigger WHERE evtname = 'logs_in'
--   -> loginA
\connect zoo
SET search_path = zoo;
GRANT MAINTAIN ON houses TO guest WITH GRANT OPTION;
CREATE TABLE maintained_by_none (a int);
REVOKE MAINTAIN ON maintained_by_none FROM postgres;
ALTER DEFAULT PRIVILEGES FOR ROLE keeper GRANT MAINTAIN ON TABLES TO cats;
CREATE TABLE parted_identity (id int GENERATED ALWAYS AS IDENTITY, a int) PARTITION BY LIST (a);
CREATE TABLE parted_identity_1 PARTITION OF parted_identity FOR VALUES IN (1);
INSERT INTO parted_identity (a) VALUES (1), (1);
CREATE TABLE parted_heap (a int) PARTITION BY LIST (a) USING heap_of_old;
-- fact: a grant to maintain a table
--   SELECT has_table_privilege('guest', 'zoo.houses', 'MAINTAIN WITH GRANT OPTION')
--   -> t
-- fact: an owner that gave up maintaining
--   SELECT count(*) FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'zoo.maintained_by_none'::regclass AND privilege_type = 'MAINTAIN'
--   -> 0
-- fact: default privileges to maintain
--   SELECT count(*) FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = 'keeper'::regrole AND grantee = 'cats'::regrole AND privilege_type = 'MAINTAIN'
--   -> 1
-- fact: an identity column of a partitioned table
--   SELECT attidentity FROM pg_attribute WHERE attrelid = 'zoo.parted_identity_1'::regclass AND attname = 'id'
--   -> a
-- fact: a partitioned table with an access method for its partitions
--   SELECT amname FROM pg_class JOIN pg_am ON pg_am.oid = relam WHERE relname = 'parted_heap'
--   -> heap_of_old
