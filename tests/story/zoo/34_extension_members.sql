-- needs: extension fuzzystrmatch
-- needs: extension pgrowlocks
-- needs: extension citext
-- needs: extension pg_stat_statements
-- Whose extensions and their members are, and what was changed in these; pg_dump says little of it.
\connect zoo
SET ROLE chief;
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_stat_statements;
RESET ROLE;
GRANT CREATE ON DATABASE zoo TO cats;
SET ROLE cats;
CREATE EXTENSION fuzzystrmatch;
RESET ROLE;
REVOKE CREATE ON DATABASE zoo FROM cats;
ALTER ROLE locked SUPERUSER;
SET ROLE locked;
CREATE EXTENSION pgrowlocks;
RESET ROLE;
ALTER ROLE locked NOSUPERUSER;
ALTER FUNCTION soundex(text) OWNER TO cats;
CREATE OR REPLACE FUNCTION unaccent(text) RETURNS text LANGUAGE sql STABLE STRICT AS $$SELECT 'the zoo''s own: ' || $1$$;
ALTER FUNCTION dmetaphone(text) COST 77 SET work_mem = '3MB';
COMMENT ON FUNCTION difference(text, text) IS 'the zoo''s own words';
COMMENT ON AGGREGATE max(citext) IS 'the zoo''s largest';
COMMENT ON COLUMN pg_stat_statements.calls IS 'how often';
REVOKE SELECT ON pg_stat_statements FROM PUBLIC;
GRANT SELECT ON pg_stat_statements TO cats;
CREATE TRUSTED LANGUAGE "own Talk" HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
ALTER LANGUAGE "own Talk" OWNER TO keeper;
CREATE FUNCTION zoo.talk() RETURNS int LANGUAGE "own Talk" AS 'BEGIN RETURN 5; END';
-- fact: an extension of another superuser, with its functions
--   SELECT concat_ws(' ', extowner::regrole, (SELECT proowner::regrole FROM pg_proc WHERE proname = 'unaccent_init')) FROM pg_extension WHERE extname = 'unaccent'
--   -> chief chief
-- fact: an extension of somebody without rights, whose functions are the superuser's
--   SELECT concat_ws(' ', extowner::regrole, (SELECT proowner FROM pg_proc WHERE proname = 'metaphone')) FROM pg_extension WHERE extname = 'fuzzystrmatch'
--   -> cats 10
-- fact: whose extension it is may create nothing more
--   SELECT has_database_privilege('cats', 'zoo', 'CREATE')
--   -> f
-- fact: an extension of a role that is no superuser any more
--   SELECT concat_ws(' ', extowner::regrole, rolsuper) FROM pg_extension, pg_roles WHERE extname = 'pgrowlocks' AND rolname = 'locked'
--   -> locked f
-- fact: a function of an extension that does something else now
--   SELECT unaccent('x')
--   -> the zoo's own: x
-- fact: the comment on an aggregate of an extension
--   SELECT obj_description('max(citext)'::regprocedure, 'pg_proc')
--   -> the zoo's largest
-- fact: a function of an extension with other options
--   SELECT concat_ws(' ', procost, proconfig) FROM pg_proc WHERE proname = 'dmetaphone'
--   -> 77 {work_mem=3MB}
-- fact: a function of an extension with an owner of its own
--   SELECT proowner::regrole FROM pg_proc WHERE proname = 'soundex'
--   -> cats
-- fact: a comment on a function of an extension
--   SELECT obj_description('difference(text, text)'::regprocedure, 'pg_proc')
--   -> the zoo's own words
-- fact: a comment on a column of an extension's view
--   SELECT col_description('pg_stat_statements'::regclass, attnum) FROM pg_attribute WHERE attrelid = 'pg_stat_statements'::regclass AND attname = 'calls'
--   -> how often
-- fact: grants on an extension's view
--   SELECT string_agg(privilege_type || ' ' || grantor::regrole || ' ' || grantee::regrole, ', ' ORDER BY grantee::regrole::text) FROM pg_class, aclexplode(relacl) WHERE relname = 'pg_stat_statements' AND privilege_type = 'SELECT'
--   -> SELECT chief cats, SELECT chief chief
-- fact: a language on an extension's handler
--   SELECT concat_ws(' ', lanpltrusted, lanowner::regrole, lanplcallfoid::regproc, laninline::regproc, lanvalidator::regproc) FROM pg_language WHERE lanname = 'own Talk'
--   -> t keeper plpgsql_call_handler plpgsql_inline_handler plpgsql_validator
-- fact: a function in that language
--   SELECT zoo.talk()
--   -> 5
