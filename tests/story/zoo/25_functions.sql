-- Functions and what is made of them.
\connect zoo
SET search_path = zoo;

CREATE FUNCTION costly(a int, VARIADIC b text[] DEFAULT '{x}') RETURNS SETOF text LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF
  PARALLEL RESTRICTED COST 321 ROWS 12 SET search_path TO zoo, pg_temp SET work_mem TO '3MB' AS $body$BEGIN RETURN QUERY SELECT unnest(b) || '$$'; END$body$;
CREATE FUNCTION costly(a text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE FUNCTION tabled(n int) RETURNS TABLE (x int, "y z" text) LANGUAGE sql AS 'SELECT n, ''ü''';
CREATE PROCEDURE feed(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := n + 1; COMMIT; END';
CREATE FUNCTION any_of(anyelement, anyarray) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = ANY ($2)';
CREATE FUNCTION not_yet_right() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN nowhere.nothing(); END';
ALTER PROCEDURE feed(int) OWNER TO keeper;
COMMENT ON PROCEDURE feed(int) IS 'twice a day';
-- fact: a function with all that can be said of one
--   SELECT concat(provolatile, proisstrict, prosecdef, proleakproof, proparallel, procost, ' ', prorows) FROM pg_proc WHERE proname = 'costly' AND pronargs = 2
--   -> stttr321 12
-- fact: settings of a function's own
--   SELECT proconfig FROM pg_proc WHERE proname = 'costly' AND pronargs = 2
--   -> {"search_path=zoo, pg_temp",work_mem=3MB}
-- fact: a function's defaults and its variadic end
--   SELECT pg_get_function_arguments(oid) FROM pg_proc WHERE proname = 'costly' AND pronargs = 2
--   -> a integer, VARIADIC b text[] DEFAULT '{x}'::text[]
-- fact: functions with one name
--   SELECT count(*) FROM pg_proc WHERE proname = 'costly'
--   -> 2
-- fact: a function's body with dollar signs
--   SELECT zoo.costly(1, 'a')
--   -> a$$
-- fact: a function that returns a table
--   SELECT "y z" FROM zoo.tabled(1)
--   -> ü
-- fact: a procedure, its owner and its comment
--   SELECT prokind::text || proowner::regrole || obj_description(oid, 'pg_proc') FROM pg_proc WHERE proname = 'feed'
--   -> pkeepertwice a day
-- fact: a function of any type
--   SELECT zoo.any_of(1, ARRAY[1, 2])
--   -> t
-- fact: a function that fails when it is called
--   SELECT count(*) FROM pg_proc WHERE proname = 'not_yet_right'
--   -> 1

CREATE FUNCTION glue(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1 || '','', '''') || $2';
CREATE AGGREGATE listed(text) (SFUNC = glue, STYPE = text, INITCOND = 'all: ', COMBINEFUNC = glue, PARALLEL = SAFE);
CREATE AGGREGATE ranked(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
ALTER AGGREGATE listed(text) OWNER TO keeper;
COMMENT ON AGGREGATE listed(text) IS 'one after another';
-- fact: an aggregate
--   SELECT zoo.listed(x ORDER BY x) FROM unnest(ARRAY['a', 'b']) x
--   -> all: ,a,b
-- fact: an aggregate's owner and comment
--   SELECT proowner::regrole || ' ' || obj_description(oid, 'pg_proc') FROM pg_proc WHERE proname = 'listed'
--   -> keeper one after another
-- fact: an aggregate over a hypothetical row
--   SELECT aggkind FROM pg_aggregate WHERE aggfnoid = 'zoo.ranked'::regproc
--   -> h
-- fact: an aggregate without arguments
--   SELECT zoo.counted(*) FROM generate_series(1, 3)
--   -> 3

CREATE FUNCTION near(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) < 3';
CREATE OPERATOR ~=~ (LEFTARG = int, RIGHTARG = int, FUNCTION = near, COMMUTATOR = ~=~, NEGATOR = !~=~, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE FUNCTION not_near(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) >= 3';
CREATE OPERATOR !~=~ (LEFTARG = int, RIGHTARG = int, FUNCTION = not_near, NEGATOR = ~=~);
CREATE OPERATOR ## (RIGHTARG = int, FUNCTION = int4abs);
ALTER OPERATOR ~=~ (int, int) OWNER TO keeper;
COMMENT ON OPERATOR ~=~ (int, int) IS 'about the same';
-- fact: an operator with a commutator and estimators
--   SELECT oprcom::regoperator || ' ' || oprrest || ' ' || oprjoin FROM pg_operator WHERE oprname = '~=~' AND oprnamespace = 'zoo'::regnamespace
--   -> zoo.~=~(integer,integer) eqsel eqjoinsel
-- fact: an operator and its opposite
--   SELECT oprnegate::regoperator FROM pg_operator WHERE oprname = '!~=~' AND oprnamespace = 'zoo'::regnamespace
--   -> zoo.~=~(integer,integer)
-- fact: an operator with one side
--   SELECT OPERATOR(zoo.##) (-5)
--   -> 5
-- fact: an operator's owner and comment
--   SELECT oprowner::regrole || ' ' || obj_description(oid, 'pg_operator') FROM pg_operator WHERE oprname = '~=~' AND oprnamespace = 'zoo'::regnamespace
--   -> keeper about the same

CREATE FUNCTION backwards(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($2, $1)';
CREATE OPERATOR FAMILY turned USING btree;
CREATE OPERATOR CLASS turned_ops FOR TYPE int USING btree FAMILY turned AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 backwards(int, int);
ALTER OPERATOR FAMILY turned USING btree ADD OPERATOR 3 = (int4, int8), FUNCTION 1 (int4, int8) btint48cmp(int4, int8);
ALTER OPERATOR CLASS turned_ops USING btree OWNER TO keeper;
ALTER OPERATOR FAMILY turned USING btree OWNER TO keeper;
COMMENT ON OPERATOR CLASS turned_ops USING btree IS 'the other way round';
COMMENT ON OPERATOR FAMILY turned USING btree IS 'its family';
CREATE TABLE turned_numbers (n int);
CREATE INDEX turned_index ON turned_numbers (n turned_ops);
INSERT INTO turned_numbers VALUES (1), (2);
-- fact: an operator class, its owner and comment
--   SELECT opcowner::regrole || ' ' || obj_description(oid, 'pg_opclass') FROM pg_opclass WHERE opcname = 'turned_ops'
--   -> keeper the other way round
-- fact: an operator family, its owner and comment
--   SELECT opfowner::regrole || ' ' || obj_description(oid, 'pg_opfamily') FROM pg_opfamily WHERE opfname = 'turned'
--   -> keeper its family
-- fact: what a family got beside its class
--   SELECT count(*) FROM pg_amop WHERE amopfamily = (SELECT oid FROM pg_opfamily WHERE opfname = 'turned') AND amoplefttype <> amoprighttype
--   -> 1
-- fact: an index of an operator class of its own
--   SELECT opcname FROM pg_index JOIN pg_opclass o ON o.oid = indclass[0] WHERE indexrelid = 'zoo.turned_index'::regclass
--   -> turned_ops

CREATE FUNCTION to_mood(int) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT (enum_range(NULL::zoo.mood))[$1]';
CREATE CAST (int AS mood) WITH FUNCTION to_mood(int) AS ASSIGNMENT;
CREATE CAST (mood AS bytea) WITH INOUT;
CREATE CAST (tag AS text) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (int AS mood) IS 'by its number';
-- fact: a cast by a function, on assignment
--   SELECT castcontext::text || obj_description(oid, 'pg_cast') FROM pg_cast WHERE casttarget = 'zoo.mood'::regtype
--   -> aby its number
-- fact: a cast through text
--   SELECT castmethod FROM pg_cast WHERE castsource = 'zoo.mood'::regtype
--   -> i
-- fact: a cast of what is stored alike, made by itself
--   SELECT concat(castmethod, castcontext) FROM pg_cast WHERE castsource = 'zoo.tag'::regtype
--   -> bi

CREATE FUNCTION tongue_call() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION tongue_inline(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION tongue_check(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE tongue HANDLER tongue_call INLINE tongue_inline VALIDATOR tongue_check;
ALTER LANGUAGE tongue OWNER TO keeper;
COMMENT ON LANGUAGE tongue IS 'another name of plpgsql';
GRANT USAGE ON LANGUAGE tongue TO cats;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
CREATE FUNCTION in_tongue() RETURNS int LANGUAGE tongue AS 'BEGIN RETURN 42; END';
-- fact: a language, its owner and comment
--   SELECT lanpltrusted::text || lanowner::regrole || obj_description(oid, 'pg_language') FROM pg_language WHERE lanname = 'tongue'
--   -> truekeeperanother name of plpgsql
-- fact: a function in a language of its own
--   SELECT zoo.in_tongue()
--   -> 42
-- fact: a grant on a language
--   SELECT grantee::regrole FROM pg_language, aclexplode(lanacl) WHERE lanname = 'tongue' AND grantee NOT IN (0, lanowner)
--   -> cats
-- fact: a language of the server's that PUBLIC may not use any more
--   SELECT has_language_privilege('guest', 'plpgsql', 'USAGE')
--   -> f

CREATE FUNCTION int_from(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'textlike_support';
CREATE TRANSFORM FOR int LANGUAGE tongue (FROM SQL WITH FUNCTION int_from(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE tongue IS 'does nothing';
-- fact: a transform and its comment
--   SELECT trffromsql || ' ' || obj_description(oid, 'pg_transform') FROM pg_transform WHERE trftype = 'int'::regtype
--   -> zoo.int_from does nothing

CREATE ACCESS METHOD heap_of_old TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD tree_of_old TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD heap_of_old IS 'the heap by another name';
CREATE TABLE in_heap_of_old (a int) USING heap_of_old;
INSERT INTO in_heap_of_old VALUES (1), (2);
-- fact: an access method for tables and its comment
--   SELECT amtype::text || obj_description(oid, 'pg_am') FROM pg_am WHERE amname = 'heap_of_old'
--   -> tthe heap by another name
-- fact: an access method for indexes
--   SELECT amhandler FROM pg_am WHERE amname = 'tree_of_old'
--   -> bthandler
-- fact: a table of another access method, with its rows
--   SELECT amname || (SELECT count(*) FROM zoo.in_heap_of_old) FROM pg_class JOIN pg_am ON pg_am.oid = relam WHERE relname = 'in_heap_of_old'
--   -> heap_of_old2

CREATE CONVERSION own_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
ALTER CONVERSION own_conversion OWNER TO keeper;
COMMENT ON CONVERSION own_conversion IS 'like the server''s';
-- fact: a conversion, its owner and comment
--   SELECT conowner::regrole || ' ' || conproc || ' ' || obj_description(oid, 'pg_conversion') FROM pg_conversion WHERE conname = 'own_conversion'
--   -> keeper iso8859_1_to_utf8 like the server's
