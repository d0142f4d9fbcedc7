-- Settings of databases, and of roles in databases. Last, as they change the sessions that come after.
\connect settled
CREATE TABLE kept (i int);
INSERT INTO kept VALUES (1);
ALTER TABLE kept OWNER TO keeper;
\connect postgres
ALTER DATABASE settled SET default_transaction_read_only TO on;
ALTER DATABASE settled SET search_path TO "Odd, ""Schema""", "$user", public;
ALTER DATABASE settled SET role TO keeper;
ALTER DATABASE settled SET "DateStyle" TO 'SQL, DMY';
ALTER DATABASE settled SET "TimeZone" TO 'Asia/Kathmandu';
ALTER DATABASE settled SET zoo.feeding TO 'noon; ''sharp'' \ ü';
ALTER DATABASE settled SET temp_tablespaces TO "Aquarium";
ALTER DATABASE settled SET bytea_output TO 'escape';
ALTER DATABASE settled SET standard_conforming_strings TO off;
ALTER DATABASE settled SET extra_float_digits TO -15;
ALTER DATABASE settled SET "IntervalStyle" TO 'sql_standard';
ALTER ROLE guest IN DATABASE settled SET search_path TO pg_catalog;
ALTER ROLE ALL IN DATABASE zoo SET zoo.everyone TO 'in the zoo';
ALTER ROLE "KEEPER" IN DATABASE "Odd ""Db"", 100% \ it's" SET work_mem TO '9MB';
ALTER DATABASE closed_house WITH ALLOW_CONNECTIONS false;
-- fact: a database that is read-only by default
--   SELECT count(*) FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c = 'default_transaction_read_only=on'
--   -> 1
-- fact: a database's search_path with odd names
--   SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c LIKE 'search_path%'
--   -> search_path="Odd, ""Schema""", "$user", public
-- fact: a database in which everybody becomes another role
--   SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c LIKE 'role%'
--   -> role=keeper
-- fact: a database's own way to write dates, intervals, times and bytes
--   SELECT string_agg(c, ', ' ORDER BY c) FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c ~ '^(Date|Interval|Time|bytea)'
--   -> DateStyle=SQL, DMY, IntervalStyle=sql_standard, TimeZone=Asia/Kathmandu, bytea_output=escape
-- fact: a database's setting with all that must be quoted
--   SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c LIKE 'zoo.feeding%'
--   -> zoo.feeding=noon; 'sharp' \ ü
-- fact: a database's tablespaces for what is temporary
--   SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c LIKE 'temp%'
--   -> temp_tablespaces="Aquarium"
-- fact: a database in which backslashes escape
--   SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'settled') AND c LIKE 'standard%'
--   -> standard_conforming_strings=off
-- fact: a role's setting in one database
--   SELECT setconfig FROM pg_db_role_setting WHERE setrole = 'guest'::regrole AND setdatabase <> 0
--   -> {search_path=pg_catalog}
-- fact: a setting for all roles in one database
--   SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = 'zoo')
--   -> zoo.everyone=in the zoo
-- fact: a role's setting in a database with an odd name
--   SELECT setconfig FROM pg_db_role_setting WHERE setrole = '"KEEPER"'::regrole
--   -> {work_mem=9MB}
-- fact: a database that allows no connections
--   SELECT datallowconn FROM pg_database WHERE datname = 'closed_house'
--   -> f
