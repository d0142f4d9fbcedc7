-- The databases and their properties. A tablespace named Aquarium, in an empty folder, is there already.
\connect postgres

ALTER TABLESPACE "Aquarium" OWNER TO keeper;
ALTER TABLESPACE "Aquarium" SET (random_page_cost = 1.25, seq_page_cost = 0.75);
COMMENT ON TABLESPACE "Aquarium" IS 'wet';
GRANT CREATE ON TABLESPACE "Aquarium" TO cats WITH GRANT OPTION;
-- fact: a tablespace with its owner
--   SELECT spcowner::regrole FROM pg_tablespace WHERE spcname = 'Aquarium'
--   -> keeper
-- fact: a tablespace's options
--   SELECT spcoptions FROM pg_tablespace WHERE spcname = 'Aquarium'
--   -> {random_page_cost=1.25,seq_page_cost=0.75}
-- fact: a comment on a tablespace
--   SELECT shobj_description(oid, 'pg_tablespace') FROM pg_tablespace WHERE spcname = 'Aquarium'
--   -> wet
-- fact: a grant on a tablespace
--   SELECT is_grantable FROM pg_tablespace, aclexplode(spcacl) WHERE spcname = 'Aquarium' AND grantee = 'cats'::regrole
--   -> t

CREATE DATABASE zoo OWNER keeper ENCODING 'UTF8' TEMPLATE template0 CONNECTION LIMIT 90;
CREATE DATABASE "Odd ""Db"", 100% \ it's" OWNER "Head ""Keeper"", 'old' dept. 9\ 100% $x$";
CREATE DATABASE "Gehege 檻 🐘";
CREATE DATABASE "a_database_name_as_long_as_a_name_can_be_it_has_sixty_three_byte";
CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
CREATE DATABASE "1 latin" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
CREATE DATABASE pool TABLESPACE "Aquarium";
CREATE DATABASE stencil IS_TEMPLATE true CONNECTION LIMIT 0;
CREATE DATABASE closed_house;
CREATE DATABASE settled;
CREATE DATABASE table_free OWNER "select";
-- fact: a database with its owner and connection limit
--   SELECT datdba::regrole || ' ' || datconnlimit FROM pg_database WHERE datname = 'zoo'
--   -> keeper 90
-- fact: a database's name with quotes, a comma, blanks, a percent sign and a backslash
--   SELECT datdba::regrole::text LIKE '"Head%' FROM pg_database WHERE datname = 'Odd "Db", 100% \ it''s'
--   -> t
-- fact: a database's name beyond ASCII
--   SELECT count(*) FROM pg_database WHERE datname = 'Gehege 檻 🐘'
--   -> 1
-- fact: a database's name of 63 bytes
--   SELECT max(length(datname)) FROM pg_database
--   -> 63
-- fact: a database in SQL_ASCII
--   SELECT pg_encoding_to_char(encoding) || datcollate FROM pg_database WHERE datname = 'ascii'
--   -> SQL_ASCIIC
-- fact: a database in LATIN1
--   SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = '1 latin'
--   -> LATIN1
-- fact: a database in a tablespace
--   SELECT spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = 'pool'
--   -> Aquarium
-- fact: a template database that takes no connections of others
--   SELECT datistemplate::text || datconnlimit FROM pg_database WHERE datname = 'stencil'
--   -> true0
-- fact: an empty database of a role named like a reserved word
--   SELECT datdba::regrole FROM pg_database WHERE datname = 'table_free'
--   -> "select"

COMMENT ON DATABASE zoo IS 'the animals'' house 🐘';
REVOKE ALL ON DATABASE zoo FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE zoo TO cats WITH GRANT OPTION;
GRANT ALL ON DATABASE zoo TO "KEEPER";
SET ROLE cats;
GRANT CONNECT ON DATABASE zoo TO guest;
RESET ROLE;
REVOKE ALL ON DATABASE settled FROM PUBLIC, postgres;
-- fact: a comment on a database
--   SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'zoo'
--   -> the animals' house 🐘
-- fact: a grant on a database, given by one that may pass it on
--   SELECT grantor::regrole FROM pg_database, aclexplode(datacl) WHERE datname = 'zoo' AND grantee = 'guest'::regrole
--   -> cats
-- fact: a database that PUBLIC may not enter
--   SELECT has_database_privilege('veteran', 'zoo', 'CONNECT')
--   -> f
-- fact: a database whose owner gave up all rights
--   SELECT datacl FROM pg_database WHERE datname = 'settled'
--   -> {}

\connect closed_house
CREATE TABLE sleeping (animal text);
INSERT INTO sleeping VALUES ('bat'), ('dormouse');
\connect stencil
CREATE TABLE in_the_template (i int);
INSERT INTO in_the_template VALUES (1);
-- fact: what a template database holds
--   SELECT count(*) FROM in_the_template
--   -> 1
\connect pool
CREATE TABLE fish (id int PRIMARY KEY);
INSERT INTO fish SELECT generate_series(1, 10);
-- fact: what lies in a database's own tablespace
--   SELECT count(*) FROM fish
--   -> 10
\connect postgres
COMMENT ON DATABASE postgres IS 'here nothing lives';
CREATE TABLE nobody_looks_here (i int);
-- fact: a comment on a database that every server has
--   SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'postgres'
--   -> here nothing lives
-- fact: a table in the database that every server has
--   SELECT count(*) FROM pg_class WHERE relname = 'nobody_looks_here'
--   -> 1
