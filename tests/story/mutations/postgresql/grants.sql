-- Who may do what.
-- mutation: a grant where there was none
GRANT SELECT ON g_none TO reader;
-- undo
REVOKE SELECT ON g_none FROM reader;
-- finding: table shop.public.g_none has SELECT TO "reader", which was not there

-- mutation: a grant more
GRANT UPDATE ON g_one TO reader;
-- undo
REVOKE UPDATE ON g_one FROM reader;
-- finding: table shop.public.g_one has UPDATE TO "reader", which was not there

-- mutation: a grant less
REVOKE USAGE ON SCHEMA sales FROM reader;
-- undo
GRANT USAGE ON SCHEMA sales TO reader;
-- finding: schema shop.sales lacks USAGE TO "reader"

-- mutation: a grant without the grant option
REVOKE GRANT OPTION FOR SELECT ON g_passed FROM reader;
-- undo
GRANT SELECT ON g_passed TO reader WITH GRANT OPTION;
-- finding: table shop.public.g_passed lacks SELECT TO "reader" WITH GRANT OPTION
-- finding: table shop.public.g_passed has SELECT TO "reader", which was not there

-- mutation: a column's grant
REVOKE SELECT (name) ON g_column FROM reader;
-- undo
GRANT SELECT (name) ON g_column TO reader;
-- finding: table shop.public.g_column lacks SELECT ("name") TO "reader"

-- mutation: a grant on another column
GRANT SELECT (id) ON g_column TO writer;
-- undo
REVOKE SELECT (id) ON g_column FROM writer;
-- finding: table shop.public.g_column has SELECT ("id") TO "writer", which was not there

-- mutation: an owner without a right
REVOKE DELETE ON g_owner FROM postgres;
-- undo
GRANT DELETE ON g_owner TO postgres;
-- finding: table shop.public.g_owner lacks DELETE TO its owner

-- mutation: a grant to everybody
GRANT SELECT ON g_public TO PUBLIC;
-- undo
REVOKE SELECT ON g_public FROM PUBLIC;
-- finding: table shop.public.g_public has SELECT TO PUBLIC, which was not there

-- mutation: a grant on a view
GRANT SELECT ON g_view TO reader;
-- undo
REVOKE SELECT ON g_view FROM reader;
-- finding: view shop.public.g_view has SELECT TO "reader", which was not there

-- mutation: a grant on a sequence
GRANT USAGE ON SEQUENCE g_sequence TO reader;
-- undo
REVOKE USAGE ON SEQUENCE g_sequence FROM reader;
-- finding: sequence shop.public.g_sequence has USAGE TO "reader", which was not there

-- mutation: not everybody may call a function
REVOKE EXECUTE ON FUNCTION executed(int, text) FROM PUBLIC;
-- undo
GRANT EXECUTE ON FUNCTION executed(int, text) TO PUBLIC;
-- finding: function shop.public.executed(integer, text) lacks EXECUTE TO PUBLIC

-- mutation: somebody may call a procedure with a grant option
GRANT EXECUTE ON PROCEDURE tidy(int) TO reader WITH GRANT OPTION;
-- undo
REVOKE EXECUTE ON PROCEDURE tidy(int) FROM reader;
-- finding: procedure shop.public.tidy(integer) has EXECUTE TO "reader" WITH GRANT OPTION, which was not there

-- mutation: not everybody may use a type
REVOKE USAGE ON TYPE mood FROM PUBLIC;
-- undo
GRANT USAGE ON TYPE mood TO PUBLIC;
-- finding: type shop.public.mood lacks USAGE TO PUBLIC

-- mutation: somebody may make things in a schema
GRANT CREATE ON SCHEMA stock TO reader;
-- undo
REVOKE CREATE ON SCHEMA stock FROM reader;
-- finding: schema shop.stock has CREATE TO "reader", which was not there

-- mutation: everybody may make things in the schema public
GRANT CREATE ON SCHEMA public TO PUBLIC;
-- undo
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- finding: schema shop.public has CREATE TO PUBLIC, which was not there

-- mutation: nobody may use a language
REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
-- undo
GRANT USAGE ON LANGUAGE sql TO PUBLIC;
-- finding: changed grants of language shop.sql is "USAGE TO its owner", was nothing

-- mutation: somebody may use a foreign server
GRANT USAGE ON FOREIGN SERVER branch TO app;
-- undo
REVOKE USAGE ON FOREIGN SERVER branch FROM app;
-- finding: server shop.branch has USAGE TO "app", which was not there

-- mutation: somebody may use a foreign data wrapper
GRANT USAGE ON FOREIGN DATA WRAPPER elsewhere TO app;
-- undo
REVOKE USAGE ON FOREIGN DATA WRAPPER elsewhere FROM app;
-- finding: foreign data wrapper shop.elsewhere has USAGE TO "app", which was not there

-- mutation: a function of the system that not everybody may call
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
-- undo
GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) TO PUBLIC;
-- finding: changed grants of function shop.pg_catalog.pg_sleep(double precision) is "EXECUTE TO its owner", was nothing

-- mutation: somebody may read a large object
GRANT SELECT ON LARGE OBJECT 4711 TO app;
-- undo
REVOKE SELECT ON LARGE OBJECT 4711 FROM app;
-- finding: large object 4711 of database shop has SELECT TO "app", which was not there

-- mutation: a large object's owner
ALTER LARGE OBJECT 4713 OWNER TO app;
-- undo
ALTER LARGE OBJECT 4713 OWNER TO postgres;
-- finding: owner of large object 4713 of database shop is "app", was "postgres"

-- mutation: a default privilege is new
ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA sales GRANT USAGE ON SEQUENCES TO reader;
-- undo
ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA sales REVOKE USAGE ON SEQUENCES FROM reader;
-- finding: default privileges of "app" for SEQUENCES in schema shop.sales has GRANT USAGE TO "reader", which was not there

-- mutation: a default privilege is gone
ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA sales REVOKE SELECT ON TABLES FROM reader;
-- undo
ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA sales GRANT SELECT ON TABLES TO reader;
-- finding: default privileges of "app" for TABLES in schema shop.sales lacks GRANT SELECT TO "reader"

-- mutation: a default that was taken away is there again
ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
-- undo
ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
-- finding: default privileges of "app" for FUNCTIONS in database shop lacks REVOKE EXECUTE FROM PUBLIC

-- mutation: a grant that was given and taken back is no difference
GRANT SELECT ON g_written TO reader; REVOKE SELECT ON g_written FROM reader;
-- no finding
-- undo
SELECT 1;
