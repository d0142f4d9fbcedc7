-- Roles, databases, and their settings.
-- mutation: a role is new
CREATE ROLE intern;
-- undo
DROP ROLE intern;
-- finding: role "intern" was not there

-- mutation: a role's name
ALTER ROLE keeper RENAME TO guard;
-- undo
ALTER ROLE guard RENAME TO keeper;
-- finding: role "guard" was not there
-- finding: role "keeper" is missing

-- mutation: a password
ALTER ROLE app PASSWORD 'fake-other';
-- undo
ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:MDEyMzQ1Njc4OWFiY2RlZg==$/L2UUhcGxS/8aP/bunmP7AW8PkR9D0+Vbtmf9kHh2JU=:zE0yfMKxmjQcSpl4eehM8QIE1Caf5o45n3/WYeZQDjQ=';
-- finding: password of role "app" is another one

-- mutation: a role without password
ALTER ROLE auditor PASSWORD NULL;
-- undo
ALTER ROLE auditor PASSWORD 'SCRAM-SHA-256$4096:ZmVkY2JhOTg3NjU0MzIxMA==$T3PDqU6JBs8MHEDDVWRvm1cgjPbxyc6J06cy+hEPy8I=:w+wf5kp7gZS7bKA0dyA8lWXJyUqoxqW0COlhCP3PN1o=';
-- finding: password of role "auditor" is another one

-- mutation: a role that may log in
ALTER ROLE reader LOGIN;
-- undo
ALTER ROLE reader NOLOGIN;
-- finding: LOGIN of role "reader" is "yes", was "no"

-- mutation: a superuser
ALTER ROLE writer SUPERUSER;
-- undo
ALTER ROLE writer NOSUPERUSER;
-- finding: SUPERUSER of role "writer" is "yes", was "no"

-- mutation: a role that may make roles
ALTER ROLE reader CREATEROLE;
-- undo
ALTER ROLE reader NOCREATEROLE;
-- finding: CREATEROLE of role "reader" is "yes", was "no"

-- mutation: a role that may make no databases
ALTER ROLE writer NOCREATEDB;
-- undo
ALTER ROLE writer CREATEDB;
-- finding: CREATEDB of role "writer" is "no", was "yes"

-- mutation: a role that may replicate
ALTER ROLE app REPLICATION;
-- undo
ALTER ROLE app NOREPLICATION;
-- finding: REPLICATION of role "app" is "yes", was "no"

-- mutation: a role whom row security holds no longer
ALTER ROLE reader BYPASSRLS;
-- undo
ALTER ROLE reader NOBYPASSRLS;
-- finding: BYPASSRLS of role "reader" is "yes", was "no"

-- mutation: a role that inherits
ALTER ROLE auditor INHERIT;
-- undo
ALTER ROLE auditor NOINHERIT;
-- finding: INHERIT of role "auditor" is "yes", was "no"

-- mutation: a role's connection limit
ALTER ROLE app CONNECTION LIMIT 21;
-- undo
ALTER ROLE app CONNECTION LIMIT 20;
-- finding: connection limit of role "app" is "21", was "20"

-- mutation: when a password ends
ALTER ROLE app VALID UNTIL '2032-01-01 00:00:00+00';
-- undo
ALTER ROLE app VALID UNTIL '2031-01-01 00:00:00+00';
-- finding: VALID UNTIL of role "app" is "2032-01-01 00:00:00+00", was "2031-01-01 00:00:00+00"

-- mutation: a role's comment
COMMENT ON ROLE reader IS 'reads all';
-- undo
COMMENT ON ROLE reader IS 'reads';
-- finding: comment of role "reader" is "reads all", was "reads"

-- mutation: a member more
GRANT reader TO auditor;
-- undo
REVOKE reader FROM auditor;
-- finding [before 16]: role "auditor" has MEMBER OF "reader", which was not there
-- finding [from 16]: role "auditor" has MEMBER OF "reader" INHERIT TRUE SET TRUE, which was not there

-- mutation: a member less
REVOKE reader FROM app;
-- undo
GRANT reader TO app;
-- finding [before 16]: role "app" lacks MEMBER OF "reader"
-- finding [from 16]: role "app" lacks MEMBER OF "reader" INHERIT TRUE SET TRUE

-- mutation: a member without the admin option
REVOKE ADMIN OPTION FOR writer FROM auditor;
-- undo
GRANT writer TO auditor WITH ADMIN OPTION;
-- finding [before 16]: role "auditor" lacks MEMBER OF "writer" WITH ADMIN OPTION
-- finding [from 16]: role "auditor" lacks MEMBER OF "writer" WITH ADMIN OPTION INHERIT FALSE SET TRUE
-- finding [before 16]: role "auditor" has MEMBER OF "writer", which was not there
-- finding [from 16]: role "auditor" has MEMBER OF "writer" INHERIT FALSE SET TRUE, which was not there

-- mutation: a setting of a role
ALTER ROLE app SET work_mem = '16MB';
-- undo
ALTER ROLE app SET work_mem = '8MB';
-- finding: setting work_mem of role "app" is "16MB", was "8MB"

-- mutation: a setting of all roles
ALTER ROLE ALL RESET log_min_duration_statement;
-- undo
ALTER ROLE ALL SET log_min_duration_statement = '10s';
-- finding: setting log_min_duration_statement of all roles is nothing, was "10s"

-- mutation: a setting of a database
ALTER DATABASE crm SET statement_timeout = '2min';
-- undo
ALTER DATABASE crm SET statement_timeout = '1min';
-- finding: setting statement_timeout of database crm is "2min", was "1min"

-- mutation: a setting of a role in a database
ALTER ROLE app IN DATABASE crm SET search_path = 'sales', 'public';
-- undo
ALTER ROLE app IN DATABASE crm SET search_path = 'sales';
-- finding: setting search_path in database crm of role "app" is "sales, public", was "sales"

-- mutation: a database's owner
ALTER DATABASE crm OWNER TO app;
-- undo
ALTER DATABASE crm OWNER TO postgres;
-- finding: owner of database crm is "app", was "postgres"

-- mutation: a database's connection limit
ALTER DATABASE crm CONNECTION LIMIT 51;
-- undo
ALTER DATABASE crm CONNECTION LIMIT 50;
-- finding: connection limit of database crm is "51", was "50"

-- mutation: a database's comment
COMMENT ON DATABASE crm IS NULL;
-- undo
COMMENT ON DATABASE crm IS 'who buys';
-- finding: comment of database crm is nothing, was "who buys"

-- mutation: who may connect
GRANT CONNECT ON DATABASE crm TO writer;
-- undo
REVOKE CONNECT ON DATABASE crm FROM writer;
-- finding: database crm has CONNECT TO "writer", which was not there

-- mutation: everybody may connect
GRANT CONNECT ON DATABASE crm TO PUBLIC;
-- undo
REVOKE CONNECT ON DATABASE crm FROM PUBLIC;
-- finding: database crm has CONNECT TO PUBLIC, which was not there

-- mutation: nobody may make temporary tables
REVOKE TEMPORARY ON DATABASE shop FROM PUBLIC;
-- undo
GRANT TEMPORARY ON DATABASE shop TO PUBLIC;
-- finding: database shop lacks TEMPORARY TO PUBLIC

-- mutation: a database is a template
ALTER DATABASE crm IS_TEMPLATE true;
-- undo
ALTER DATABASE crm IS_TEMPLATE false;
-- finding: is template of database crm is "yes", was "no"

-- mutation: a database is new
CREATE DATABASE lab;
-- undo
DROP DATABASE lab;
-- finding: database lab was not there

-- mutation: a parameter that somebody may set
GRANT SET ON PARAMETER log_statement TO reader;
-- undo
REVOKE SET ON PARAMETER log_statement FROM reader;
-- finding: parameter log_statement has SET TO "reader", which was not there

-- mutation: a membership that is not inherited
-- needs: from 16
GRANT reader TO apprentice WITH INHERIT FALSE;
-- undo
GRANT reader TO apprentice WITH INHERIT TRUE;
-- finding: role "apprentice" lacks MEMBER OF "reader" INHERIT TRUE SET TRUE
-- finding: role "apprentice" has MEMBER OF "reader" INHERIT FALSE SET TRUE, which was not there

-- mutation: a membership with which one cannot become the role
-- needs: from 16
GRANT writer TO apprentice WITH SET FALSE;
-- undo
GRANT writer TO apprentice WITH SET TRUE;
-- finding: role "apprentice" lacks MEMBER OF "writer" INHERIT TRUE SET TRUE
-- finding: role "apprentice" has MEMBER OF "writer" INHERIT TRUE SET FALSE, which was not there
