-- Views, rules, triggers and policies.
\connect zoo
SET search_path = zoo;

CREATE VIEW hungry AS SELECT id, name, mood FROM animals WHERE mood = 'hungry' WITH LOCAL CHECK OPTION;
CREATE VIEW hungry_b WITH (security_barrier) AS SELECT * FROM hungry WITH CASCADED CHECK OPTION;
ALTER VIEW hungry ALTER COLUMN name SET DEFAULT 'nameless';
ALTER VIEW hungry OWNER TO keeper;
COMMENT ON COLUMN hungry.name IS 'of a view';
CREATE RECURSIVE VIEW upwards (id, depth) AS SELECT id, 0 FROM tree WHERE up IS NULL UNION ALL SELECT t.id, depth + 1 FROM tree t JOIN upwards u ON t.up = u.id;
CREATE VIEW first_of_ring AS SELECT 1 AS a;
CREATE VIEW second_of_ring AS SELECT a FROM first_of_ring;
CREATE OR REPLACE VIEW first_of_ring AS SELECT a FROM (SELECT 1 AS a WHERE false UNION SELECT 2) s;
CREATE MATERIALIZED VIEW counted_animals AS SELECT up, count(*) AS n FROM tree GROUP BY up;
CREATE UNIQUE INDEX ON counted_animals (up);
CREATE MATERIALIZED VIEW of_the_view AS SELECT sum(n) AS n FROM counted_animals;
CREATE MATERIALIZED VIEW not_filled AS SELECT 1 AS a WITH NO DATA;
CREATE MATERIALIZED VIEW wet_view TABLESPACE "Aquarium" AS SELECT 1 AS a;
GRANT SELECT ON tree TO keeper;
ALTER MATERIALIZED VIEW counted_animals OWNER TO keeper;
COMMENT ON MATERIALIZED VIEW counted_animals IS 'once a day';
-- fact: a view that checks what is written through it
--   SELECT reloptions FROM pg_class WHERE oid = 'zoo.hungry'::regclass
--   -> {check_option=local}
-- fact: a view as a barrier that checks in depth
--   SELECT reloptions FROM pg_class WHERE oid = 'zoo.hungry_b'::regclass
--   -> {security_barrier=true,check_option=cascaded}
-- fact: the default of a view's column
--   SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'zoo.hungry'::regclass
--   -> 'nameless'::text
-- fact: a comment on a view's column
--   SELECT col_description('zoo.hungry'::regclass, 2)
--   -> of a view
-- fact: a recursive view
--   SELECT max(depth) FROM zoo.upwards
--   -> 2
-- fact: a view of a view
--   SELECT a FROM zoo.second_of_ring
--   -> 2
-- fact: a materialized view with its rows, its owner and comment
--   SELECT relowner::regrole || ' ' || obj_description(oid) || (SELECT sum(n) FROM zoo.counted_animals) FROM pg_class WHERE oid = 'zoo.counted_animals'::regclass
--   -> keeper once a day3
-- fact: a materialized view of another
--   SELECT n FROM zoo.of_the_view
--   -> 3
-- fact: a materialized view that was never filled
--   SELECT relispopulated FROM pg_class WHERE oid = 'zoo.not_filled'::regclass
--   -> f
-- fact: a materialized view in a tablespace
--   SELECT spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE c.oid = 'zoo.wet_view'::regclass
--   -> Aquarium

CREATE TABLE diary (at timestamptz DEFAULT '2026-01-01 00:00:00+00', what text);
CREATE RULE "no, not ""this""" AS ON DELETE TO diary DO INSTEAD NOTHING;
CREATE RULE note_it AS ON UPDATE TO old_rules WHERE NEW.a > 5 DO ALSO INSERT INTO diary (what) VALUES ('changed');
ALTER TABLE diary DISABLE RULE "no, not ""this""";
COMMENT ON RULE note_it ON old_rules IS 'notes it';
-- fact: a rule that is switched off
--   SELECT ev_enabled FROM pg_rewrite WHERE rulename = 'no, not "this"'
--   -> D
-- fact: a rule with a condition, and its comment
--   SELECT obj_description(oid, 'pg_rewrite') FROM pg_rewrite WHERE rulename = 'note_it' AND ev_qual <> '<>'
--   -> notes it

CREATE FUNCTION write_diary() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO zoo.diary (what) VALUES (TG_NAME); RETURN NULL; END';
CREATE TRIGGER noted AFTER INSERT OR UPDATE OF a OR DELETE ON half_wet FOR EACH ROW WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION write_diary('arg', 'it''s');
CREATE TRIGGER in_bulk AFTER INSERT ON half_wet REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION write_diary();
CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON half_wet DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION write_diary();
CREATE TRIGGER on_all_partitions AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION write_diary();
CREATE TRIGGER through_the_view INSTEAD OF INSERT ON hungry FOR EACH ROW EXECUTE FUNCTION write_diary();
CREATE TRIGGER emptied_all BEFORE TRUNCATE ON half_wet EXECUTE FUNCTION write_diary();
ALTER TABLE half_wet ENABLE ALWAYS TRIGGER noted;
ALTER TABLE half_wet DISABLE TRIGGER in_bulk;
ALTER TABLE half_wet ENABLE REPLICA TRIGGER at_the_end;
ALTER TABLE visits_2026 DISABLE TRIGGER on_all_partitions;
COMMENT ON TRIGGER noted ON half_wet IS 'writes the diary';
-- fact: a trigger with columns, a condition and arguments
--   SELECT pg_get_triggerdef(oid) LIKE '%UPDATE OF a%WHEN ((pg_trigger_depth() < 1))%(''arg'', ''it''''s'')' FROM pg_trigger WHERE tgname = 'noted'
--   -> t
-- fact: triggers that fire always, never, and on a replica
--   SELECT string_agg(concat(tgname, tgenabled), ' ' ORDER BY tgname) FROM pg_trigger WHERE tgrelid = 'zoo.half_wet'::regclass AND tgname IN ('noted', 'in_bulk', 'at_the_end')
--   -> at_the_endR in_bulkD notedA
-- fact: a trigger that sees all new rows
--   SELECT tgnewtable FROM pg_trigger WHERE tgname = 'in_bulk'
--   -> fresh
-- fact: a constraint trigger
--   SELECT tgdeferrable AND tginitdeferred FROM pg_trigger WHERE tgname = 'at_the_end'
--   -> t
-- fact: a trigger of all partitions
--   SELECT count(*) FROM pg_trigger WHERE tgname = 'on_all_partitions'
--   -> 8
-- fact: a trigger that one partition has switched off
--   SELECT tgenabled FROM pg_trigger WHERE tgname = 'on_all_partitions' AND tgrelid = 'zoo.visits_2026'::regclass
--   -> D
-- fact: a trigger on a view
--   SELECT count(*) FROM pg_trigger WHERE tgrelid = 'zoo.hungry'::regclass
--   -> 1
-- fact: a comment on a trigger
--   SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgname = 'noted'
--   -> writes the diary
-- fact: no trigger fired during the restore
--   SELECT count(*) FROM zoo.diary
--   -> 0

ALTER TABLE animals ENABLE ROW LEVEL SECURITY;
ALTER TABLE animals FORCE ROW LEVEL SECURITY;
ALTER TABLE animals OWNER TO keeper;
CREATE POLICY "own ""animals""" ON animals AS PERMISSIVE FOR SELECT TO keeper, veteran USING (id < 300);
CREATE POLICY never_heavy ON animals AS RESTRICTIVE TO PUBLIC USING (kg < 5000) WITH CHECK (kg < 4000);
CREATE POLICY on_insert ON animals FOR INSERT TO "Wärter 飼育員 🐘" WITH CHECK (name <> 'x');
COMMENT ON POLICY never_heavy ON animals IS 'they break the floor';
ALTER TABLE diary ENABLE ROW LEVEL SECURITY;
ALTER TABLE diary DISABLE ROW LEVEL SECURITY;
CREATE POLICY sleeping ON diary USING (false);
-- fact: row security that holds for the owner too
--   SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'zoo.animals'::regclass
--   -> t
-- fact: a policy for several roles
--   SELECT array_to_string(roles, ' ') || cmd FROM pg_policies WHERE policyname = 'own "animals"'
--   -> keeper veteranSELECT
-- fact: a policy that restricts, and its comment
--   SELECT polpermissive || obj_description(oid, 'pg_policy') FROM pg_policy WHERE polname = 'never_heavy'
--   -> falsethey break the floor
-- fact: a policy of a table whose row security is off
--   SELECT relrowsecurity FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE polname = 'sleeping'
--   -> f

CREATE FUNCTION at_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no DDL here''; END';
CREATE EVENT TRIGGER "no ""tables""" ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'DROP TABLE', 'COMMENT', 'GRANT') EXECUTE FUNCTION at_ddl();
CREATE EVENT TRIGGER switched_off ON sql_drop EXECUTE FUNCTION at_ddl();
ALTER EVENT TRIGGER switched_off DISABLE;
COMMENT ON EVENT TRIGGER switched_off IS 'sleeps';
ALTER EVENT TRIGGER "no ""tables""" DISABLE;
-- fact: an event trigger with a filter
--   SELECT array_to_string(evttags, ',') FROM pg_event_trigger WHERE evtname = 'no "tables"'
--   -> CREATE TABLE,DROP TABLE,COMMENT,GRANT
-- fact: an event trigger that is switched off, and its comment
--   SELECT evtenabled::text || obj_description(oid, 'pg_event_trigger') FROM pg_event_trigger WHERE evtname = 'switched_off'
--   -> Dsleeps
