-- Odd names, wherever an object can have one.
\connect zoo

CREATE SCHEMA zoo AUTHORIZATION keeper;
CREATE SCHEMA "Odd, ""Schema""" AUTHORIZATION "Head ""Keeper"", 'old' dept. 9\ 100% $x$";
CREATE SCHEMA "table" AUTHORIZATION "select";
CREATE SCHEMA "Häuser 家" AUTHORIZATION "Wärter 飼育員 🐘";
-- fact: a schema's name with quotes and a comma, and its owner
--   SELECT nspowner::regrole::text LIKE '"Head%' FROM pg_namespace WHERE nspname = 'Odd, "Schema"'
--   -> t
-- fact: a schema named like a reserved word, of a role named so
--   SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'table'
--   -> "select"
-- fact: a schema and its owner beyond ASCII
--   SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'Häuser 家'
--   -> "Wärter 飼育員 🐘"

CREATE TABLE "Odd, ""Schema"""."a.b ""c"" 'd' \e 100% $f$; -- no comment" ("x.y ""z"" '\ 100%" int, "select" int, "UPPER" int, "ü 🐘" int);
INSERT INTO "Odd, ""Schema"""."a.b ""c"" 'd' \e 100% $f$; -- no comment" VALUES (1, 2, 3, 4);
-- fact: a table's name with all that could end a name too early
--   SELECT relname FROM pg_class WHERE relname LIKE 'a.b%'
--   -> a.b "c" 'd' \e 100% $f$; -- no comment
-- fact: columns with odd names
--   SELECT string_agg(attname, '|' ORDER BY attnum) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relname LIKE 'a.b%' AND attnum > 0
--   -> x.y "z" '\ 100%|select|UPPER|ü 🐘
-- fact: rows under odd names
--   SELECT "ü 🐘" FROM "Odd, ""Schema"""."a.b ""c"" 'd' \e 100% $f$; -- no comment"
--   -> 4

CREATE TABLE zoo."line
end" ("tab	in it" int);
-- fact: a name with a line end in it
--   SELECT count(*) FROM pg_class WHERE relname = E'line\nend'
--   -> 1
-- fact: a column's name with a tab in it
--   SELECT count(*) FROM pg_attribute WHERE attname = E'tab\tin it'
--   -> 1

CREATE TABLE zoo."Cage" (a int);
CREATE TABLE zoo.cage (b int);
CREATE TABLE zoo."CAGE" (c int);
-- fact: tables whose names differ only in case
--   SELECT count(*) FROM pg_class WHERE lower(relname) = 'cage'
--   -> 3

CREATE TABLE zoo."a_table_name_as_long_as_a_name_can_be_it_has_sixty_three_bytes_x" ("a_column_name_as_long_as_a_name_can_be_it_has_sixty_three_bytes_" int PRIMARY KEY);
-- fact: a table's and a column's name of 63 bytes, and what the server made of them for the key
--   SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = 'zoo.a_table_name_as_long_as_a_name_can_be_it_has_sixty_three_bytes_x'::regclass
--   -> a_table_name_as_long_as_a_name_can_be_it_has_sixty_three_b_pkey

CREATE TABLE "Häuser 家"."Käfig 檻" ("größe" int DEFAULT 1 CONSTRAINT "größer als ""0""" CHECK ("größe" > 0));
CREATE INDEX "Größen-Index ""x""" ON "Häuser 家"."Käfig 檻" ("größe");
-- fact: a constraint with an odd name
--   SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = '"Häuser 家"."Käfig 檻"'::regclass
--   -> größer als "0"
-- fact: an index with an odd name
--   SELECT count(*) FROM pg_class WHERE relname = 'Größen-Index "x"' AND relkind = 'i'
--   -> 1

CREATE TYPE "Odd, ""Schema"""."Type ""of"" it" AS ENUM ('it''s', 'two words', 'ü', '');
CREATE DOMAIN "table"."select" AS int CHECK (VALUE <> 13);
CREATE FUNCTION "table"."from"("where" int, OUT "order" int) LANGUAGE sql AS 'SELECT $1 + 1';
CREATE FUNCTION "Odd, ""Schema"""."Do ""it"""("Odd, ""Schema"""."Type ""of"" it") RETURNS text LANGUAGE sql AS $$SELECT 'it''s' || $1 || '$x$'$$;
ALTER FUNCTION "Odd, ""Schema"""."Do ""it"""("Odd, ""Schema"""."Type ""of"" it") OWNER TO "Wärter 飼育員 🐘";
CREATE SEQUENCE "table"."sequence" START 5 OWNED BY NONE;
CREATE VIEW "table"."view" AS SELECT "table"."from"(1) AS "column";
CREATE TABLE "table"."user" ("group" "table"."select");
CREATE TRIGGER "Trig ""ger""" BEFORE UPDATE ON "table"."user" FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
-- fact: an enum with an odd name and odd values
--   SELECT string_agg(enumlabel, '|' ORDER BY enumsortorder) FROM pg_enum JOIN pg_type t ON t.oid = enumtypid WHERE typname = 'Type "of" it'
--   -> it's|two words|ü|
-- fact: a domain named like a reserved word
--   SELECT typtype FROM pg_type WHERE typname = 'select'
--   -> d
-- fact: a function and its arguments named like reserved words
--   SELECT proname || array_to_string(proargnames, '|') FROM pg_proc WHERE pronamespace = '"table"'::regnamespace
--   -> fromwhere|order
-- fact: a function with an odd name, an odd type and an owner beyond ASCII
--   SELECT proowner::regrole FROM pg_proc WHERE proname = 'Do "it"'
--   -> "Wärter 飼育員 🐘"
-- fact: a view that calls a function named like a reserved word
--   SELECT "column" FROM "table"."view"
--   -> 2
-- fact: a trigger with an odd name
--   SELECT count(*) FROM pg_trigger WHERE tgname = 'Trig "ger"'
--   -> 1
-- fact: a sequence named like a reserved word
--   SELECT start_value FROM pg_sequences WHERE schemaname = 'table' AND sequencename = 'sequence'
--   -> 5
