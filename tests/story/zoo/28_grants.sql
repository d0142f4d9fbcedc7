-- Grants on everything, given by owners and by others.
\connect zoo
SET search_path = zoo;

GRANT USAGE, CREATE ON SCHEMA zoo TO cats WITH GRANT OPTION;
SET ROLE cats;
GRANT USAGE ON SCHEMA zoo TO guest, veteran;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- fact: a grant on a schema, passed on
--   SELECT string_agg(DISTINCT grantor::regrole::text, ' ') FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'zoo' AND grantee = 'guest'::regrole
--   -> cats
-- fact: PUBLIC's rights in the schema public
--   SELECT has_schema_privilege('intern', 'public', 'USAGE')::text || has_schema_privilege('intern', 'public', 'CREATE')
--   -> truefalse

GRANT SELECT, UPDATE ON animals TO guest WITH GRANT OPTION;
SET ROLE guest;
GRANT SELECT ON zoo.animals TO intern WITH GRANT OPTION;
RESET ROLE;
GRANT USAGE ON SCHEMA zoo TO intern;
SET ROLE intern;
GRANT SELECT ON zoo.animals TO "Wärter 飼育員 🐘", PUBLIC;
RESET ROLE;
GRANT INSERT (name, mood), REFERENCES (id) ON animals TO loner;
GRANT SELECT (name) ON animals TO veteran WITH GRANT OPTION;
SET ROLE veteran;
GRANT SELECT (name) ON zoo.animals TO locked;
RESET ROLE;
GRANT TRIGGER, TRUNCATE ON TABLE cages TO "select";
REVOKE ALL ON diary FROM postgres;
GRANT INSERT ON diary TO postgres;
GRANT SELECT ON houses TO guest;
REVOKE SELECT ON houses FROM guest;
-- fact: a grant given by one to whom it was given
--   SELECT string_agg(grantor::regrole || ' to ' || grantee::regrole, ', ' ORDER BY grantor::regrole::text, grantee::regrole::text) FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'zoo.animals'::regclass AND privilege_type = 'SELECT' AND grantee <> relowner
--   -> guest to intern, intern to "Wärter 飼育員 🐘", intern to -, keeper to guest
-- fact: grants on single columns
--   SELECT string_agg(attname || ' ' || privilege_type, ', ' ORDER BY attname) FROM pg_attribute, aclexplode(attacl) WHERE attrelid = 'zoo.animals'::regclass AND grantee = 'loner'::regrole
--   -> id REFERENCES, mood INSERT, name INSERT
-- fact: a grant on a column, passed on
--   SELECT grantor::regrole FROM pg_attribute, aclexplode(attacl) WHERE attrelid = 'zoo.animals'::regclass AND grantee = 'locked'::regrole
--   -> veteran
-- fact: an owner that took rights from itself
--   SELECT string_agg(privilege_type, ' ') FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'zoo.diary'::regclass AND grantee = relowner AND privilege_type <> 'MAINTAIN'
--   -> INSERT
-- fact: rare rights, to a role named like a reserved word
--   SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'zoo.cages'::regclass AND grantee = '"select"'::regrole
--   -> TRIGGER TRUNCATE
-- fact: a grant that was taken back
--   SELECT count(*) FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'zoo.houses'::regclass AND grantee = 'guest'::regrole AND privilege_type = 'SELECT'
--   -> 0

GRANT USAGE ON SEQUENCE tickets TO guest WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION costly(text) TO guest;
REVOKE EXECUTE ON FUNCTION costly(text) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE feed(int) TO cats WITH GRANT OPTION;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
GRANT USAGE ON TYPE mood TO cats;
GRANT USAGE ON DOMAIN weight TO "select";
REVOKE EXECUTE ON FUNCTION listed(text) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO keeper;
GRANT SELECT ON pg_catalog.pg_authid TO keeper;
GRANT SELECT (rolname) ON pg_catalog.pg_authid TO cats;
-- fact: a grant on a sequence
--   SELECT is_grantable FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'zoo.tickets'::regclass AND grantee = 'guest'::regrole
--   -> t
-- fact: a function that PUBLIC may not call, and one may
--   SELECT has_function_privilege('intern', 'zoo.costly(text)', 'EXECUTE')::text || has_function_privilege('guest', 'zoo.costly(text)', 'EXECUTE')
--   -> falsetrue
-- fact: a grant on a procedure
--   SELECT has_function_privilege('cats', 'zoo.feed(int)', 'EXECUTE WITH GRANT OPTION')
--   -> t
-- fact: grants on types
--   SELECT has_type_privilege('intern', 'zoo.mood', 'USAGE')::text || has_type_privilege('cats', 'zoo.mood', 'USAGE')
--   -> falsetrue
-- fact: a grant on a domain
--   SELECT count(*) FROM pg_type, aclexplode(typacl) WHERE typname = 'weight' AND grantee = '"select"'::regrole
--   -> 1
-- fact: an aggregate that PUBLIC may not call
--   SELECT has_function_privilege('intern', 'zoo.listed(text)', 'EXECUTE')
--   -> f
-- fact: a function of the server's that was taken from PUBLIC
--   SELECT has_function_privilege('intern', 'pg_catalog.pg_sleep(double precision)', 'EXECUTE')
--   -> f
-- fact: a function of the server's that was given
--   SELECT has_function_privilege('keeper', 'pg_catalog.pg_ls_dir(text)', 'EXECUTE')
--   -> t
-- fact: a table of the server's that was given
--   SELECT has_table_privilege('keeper', 'pg_catalog.pg_authid', 'SELECT')
--   -> t
-- fact: a column of the server's that was given
--   SELECT has_column_privilege('cats', 'pg_catalog.pg_authid', 'rolname', 'SELECT')::text || has_column_privilege('cats', 'pg_catalog.pg_authid', 'rolpassword', 'SELECT')
--   -> truefalse

ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO cats;
ALTER DEFAULT PRIVILEGES FOR ROLE keeper REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE keeper IN SCHEMA zoo GRANT EXECUTE ON FUNCTIONS TO guest WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE keeper IN SCHEMA zoo GRANT ALL ON SEQUENCES TO "select";
ALTER DEFAULT PRIVILEGES FOR ROLE "Wärter 飼育員 🐘" REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE chief GRANT CREATE ON SCHEMAS TO cats;
ALTER DEFAULT PRIVILEGES FOR ROLE loner REVOKE ALL ON TABLES FROM loner;
-- fact: default privileges everywhere
--   SELECT count(*) FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = 'postgres'::regrole AND defaclnamespace = 0 AND grantee = 'cats'::regrole
--   -> 1
-- fact: default privileges that take from PUBLIC
--   SELECT count(*) FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = 'keeper'::regrole AND defaclnamespace = 0 AND grantee = 0
--   -> 0
-- fact: default privileges in a schema
--   SELECT grantee::regrole::text || is_grantable FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = 'keeper'::regrole AND defaclnamespace = 'zoo'::regnamespace AND defaclobjtype = 'f'
--   -> guesttrue
-- fact: default privileges for sequences, types and schemas
--   SELECT string_agg(DISTINCT defaclobjtype::text, '') FROM pg_default_acl WHERE defaclobjtype <> 'L'
--   -> STfnr
-- fact: default privileges by which an owner has none
--   SELECT count(*) FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = 'loner'::regrole AND privilege_type <> 'MAINTAIN'
--   -> 0
