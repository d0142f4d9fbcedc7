-- Who may use the server: every way in which a role can be odd.
\connect postgres
SET password_encryption = 'scram-sha-256';

CREATE ROLE keeper LOGIN PASSWORD 'fake-keeper-password' CONNECTION LIMIT 7;
-- fact: a role with a password of its own
--   SELECT rolcanlogin::text || ' ' || rolconnlimit || ' ' || left(rolpassword, 14) FROM pg_authid WHERE rolname = 'keeper'
--   -> true 7 SCRAM-SHA-256$

CREATE ROLE "KEEPER" NOLOGIN;
-- fact: two roles whose names differ only in case
--   SELECT count(*) FROM pg_roles WHERE lower(rolname) = 'keeper'
--   -> 2

CREATE ROLE "Head ""Keeper"", 'old' dept. 9\ 100% $x$" LOGIN;
-- fact: a role's name with quotes, blanks, a comma, a dot, a backslash, a percent and dollar signs
--   SELECT rolname FROM pg_roles WHERE rolname LIKE 'Head%'
--   -> Head "Keeper", 'old' dept. 9\ 100% $x$

CREATE ROLE "Wärter 飼育員 🐘" LOGIN PASSWORD 'fake-wärter-password';
-- fact: a role's name beyond ASCII
--   SELECT rolcanlogin FROM pg_roles WHERE rolname = 'Wärter 飼育員 🐘'
--   -> t

CREATE ROLE "select" NOLOGIN;
-- fact: a role named like a reserved word
--   SELECT count(*) FROM pg_roles WHERE rolname = 'select'
--   -> 1

CREATE ROLE "a_role_name_that_is_as_long_as_a_name_can_be_sixty_three_bytes_x" LOGIN;
-- fact: a role's name of 63 bytes
--   SELECT max(length(rolname)) FROM pg_roles
--   -> 63

CREATE ROLE " leading and trailing " LOGIN;
-- fact: a role's name that begins and ends with a blank
--   SELECT count(*) FROM pg_roles WHERE rolname = ' leading and trailing '
--   -> 1

CREATE ROLE intern LOGIN PASSWORD 'fake-intern-password' VALID UNTIL '2001-02-03 04:05:06+00';
-- fact: a role that has expired
--   SELECT rolvaliduntil AT TIME ZONE 'UTC' FROM pg_roles WHERE rolname = 'intern'
--   -> 2001-02-03 04:05:06

CREATE ROLE forever LOGIN VALID UNTIL 'infinity';
-- fact: a role that is said never to expire
--   SELECT rolvaliduntil FROM pg_roles WHERE rolname = 'forever'
--   -> infinity

CREATE ROLE guest LOGIN;
-- fact: a role that may log in and has no password
--   SELECT rolcanlogin AND rolpassword IS NULL FROM pg_authid WHERE rolname = 'guest'
--   -> t

CREATE ROLE veteran LOGIN PASSWORD 'md5cc577ab2a15c71072e3d506c40efe6cf';
-- fact: an md5 verifier, as it was
--   SELECT rolpassword FROM pg_authid WHERE rolname = 'veteran'
--   -> md5cc577ab2a15c71072e3d506c40efe6cf

CREATE ROLE locked PASSWORD 'fake-locked-password' NOLOGIN;
-- fact: a role that has a password and may not log in
--   SELECT NOT rolcanlogin AND rolpassword IS NOT NULL FROM pg_authid WHERE rolname = 'locked'
--   -> t

CREATE ROLE chief SUPERUSER LOGIN;
CREATE ROLE builder CREATEDB CREATEROLE NOLOGIN;
CREATE ROLE copier REPLICATION BYPASSRLS LOGIN CONNECTION LIMIT 0;
CREATE ROLE loner NOINHERIT LOGIN;
-- fact: a second superuser
--   SELECT rolsuper FROM pg_roles WHERE rolname = 'chief'
--   -> t
-- fact: who may create roles and databases
--   SELECT rolcreaterole AND rolcreatedb FROM pg_roles WHERE rolname = 'builder'
--   -> t
-- fact: who may replicate and pass by row security, and no connection for it
--   SELECT rolreplication::text || rolbypassrls || rolconnlimit FROM pg_roles WHERE rolname = 'copier'
--   -> truetrue0
-- fact: a role that does not inherit
--   SELECT rolinherit FROM pg_roles WHERE rolname = 'loner'
--   -> f

COMMENT ON ROLE keeper IS E'says ''hello'' to the\nelephants 🐘 \\ every day';
-- fact: a comment on a role, with a line end, quotes and a backslash
--   SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = 'keeper'
--   -> says 'hello' to the{NL}elephants 🐘 \ every day

-- Memberships that were passed on: each link was given by the one before it.
CREATE ROLE cats NOLOGIN;
CREATE ROLE "big cats" NOLOGIN;
GRANT cats TO keeper WITH ADMIN OPTION;
SET ROLE keeper;
GRANT cats TO guest WITH ADMIN OPTION;
SET ROLE guest;
GRANT cats TO "Wärter 飼育員 🐘";
RESET ROLE;
GRANT "big cats" TO cats;
GRANT "select" TO "KEEPER", loner;
GRANT pg_read_all_settings TO loner;
GRANT pg_monitor TO keeper WITH ADMIN OPTION;
-- fact: a membership with the right to pass it on
--   SELECT admin_option FROM pg_auth_members WHERE roleid = 'cats'::regrole AND member = 'keeper'::regrole
--   -> t
-- fact: memberships given by members, in a chain
--   SELECT string_agg(member::regrole || ' by ' || grantor::regrole, ', ' ORDER BY member::regrole::text) FROM pg_auth_members WHERE roleid = 'cats'::regrole AND grantor <> 10
--   -> "Wärter 飼育員 🐘" by guest, guest by keeper
-- fact: a role that is a member of a role that is a member
--   SELECT pg_has_role('guest', 'big cats', 'MEMBER')
--   -> t
-- fact: a role named like a reserved word has members
--   SELECT count(*) FROM pg_auth_members WHERE roleid = '"select"'::regrole
--   -> 2
-- fact: members of the server's own roles
--   SELECT string_agg(roleid::regrole || ' ' || member::regrole || admin_option, ', ' ORDER BY roleid::regrole::text) FROM pg_auth_members WHERE member IN ('loner'::regrole, 'keeper'::regrole) AND roleid < 16384
--   -> pg_monitor keepertrue, pg_read_all_settings lonerfalse

ALTER ROLE keeper SET search_path TO zoo, "Odd, ""Schema""", public;
ALTER ROLE keeper SET work_mem TO '7MB';
ALTER ROLE "Wärter 飼育員 🐘" SET zoo.greeting TO 'it''s "grün" \ 🐘';
ALTER ROLE guest SET search_path TO '';
ALTER ROLE loner SET role TO cats;
ALTER ROLE ALL SET zoo.everyone TO 'all of them';
-- fact: a role's search_path with odd names
--   SELECT (SELECT c FROM unnest(setconfig) c WHERE c LIKE 'search%') FROM pg_db_role_setting WHERE setrole = 'keeper'::regrole AND setdatabase = 0
--   -> search_path=zoo, "Odd, ""Schema""", public
-- fact: a role's empty search_path
--   SELECT setconfig[1] FROM pg_db_role_setting WHERE setrole = 'guest'::regrole AND setdatabase = 0
--   -> search_path=""
-- fact: a role's setting of work_mem
--   SELECT setconfig::text LIKE '%work_mem=7MB%' FROM pg_db_role_setting WHERE setrole = 'keeper'::regrole AND setdatabase = 0
--   -> t
-- fact: a setting of an extension's own, with all that must be quoted
--   SELECT setconfig[1] FROM pg_db_role_setting WHERE setrole = '"Wärter 飼育員 🐘"'::regrole
--   -> zoo.greeting=it's "grün" \ 🐘
-- fact: a role that becomes another at login
--   SELECT setconfig[1] FROM pg_db_role_setting WHERE setrole = 'loner'::regrole
--   -> role=cats
-- fact: a setting for all roles
--   SELECT setconfig[1] FROM pg_db_role_setting WHERE setrole = 0 AND setdatabase = 0
--   -> zoo.everyone=all of them
