-- needs: version 16
-- What PostgreSQL 16 brought.
\connect postgres
CREATE ROLE careful LOGIN;
CREATE ROLE team NOLOGIN;
GRANT team TO careful WITH INHERIT FALSE, SET TRUE, ADMIN FALSE;
GRANT team TO guest WITH INHERIT TRUE, SET FALSE;
GRANT team TO keeper WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
SET ROLE keeper;
GRANT team TO careful WITH INHERIT TRUE, SET FALSE;
RESET ROLE;
CREATE DATABASE ruled LOCALE_PROVIDER icu ICU_LOCALE 'de' ICU_RULES '&a < g' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0;
-- fact: a membership without inheritance
--   SELECT inherit_option::text || set_option FROM pg_auth_members WHERE roleid = 'team'::regrole AND member = 'careful'::regrole AND grantor = 10
--   -> falsetrue
-- fact: a membership without SET
--   SELECT inherit_option::text || set_option FROM pg_auth_members WHERE roleid = 'team'::regrole AND member = 'guest'::regrole
--   -> truefalse
-- fact: one membership given twice, by two
--   SELECT count(*) FROM pg_auth_members WHERE roleid = 'team'::regrole AND member = 'careful'::regrole
--   -> 2
-- fact: a database with rules for its order
--   SELECT daticurules FROM pg_database WHERE datname = 'ruled'
--   -> &a < g
\connect zoo
SET search_path = zoo;
CREATE COLLATION own_order (PROVIDER = icu, LOCALE = 'und', RULES = '&V << w <<< W');
CREATE TABLE default_storage (a text STORAGE MAIN);
CREATE SUBSCRIPTION parallel_one CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false, enabled = false, slot_name = NONE, streaming = parallel, password_required = false, run_as_owner = true, origin = none);
-- fact: a collation with rules
--   SELECT collicurules FROM pg_collation WHERE collname = 'own_order'
--   -> &V << w <<< W
-- fact: a subscription that runs as its owner and needs no password
--   SELECT subrunasowner::text || subpasswordrequired || suborigin FROM pg_subscription WHERE subname = 'parallel_one'
--   -> truefalsenone
