// A schema with many kinds of objects and with text that is hard to take apart.
#pragma once

namespace vya::pg {

inline constexpr const char* kVariedSchema = R"sql(
CREATE SCHEMA "o'dd; s""x";
SET search_path = "o'dd; s""x";
COMMENT ON SCHEMA "o'dd; s""x" IS 'it''s; a -- comment /* not one';
CREATE TYPE mood AS ENUM ('sad;', 'o''k', '"');
CREATE TYPE pair AS (a int, "b;" text);
CREATE DOMAIN posint AS int DEFAULT 1 CHECK (VALUE > 0);
CREATE SEQUENCE q START 7;
CREATE TABLE parent (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "col; (umn" text DEFAULT E'a\\;''',
  m mood, n numeric CHECK (n <> 0 AND '; --' <> ''), g text GENERATED ALWAYS AS ("col; (umn" || ';') STORED);
ALTER TABLE parent ALTER COLUMN n SET (n_distinct = 5, n_distinct_inherited = -0.5);
ALTER TABLE parent ALTER COLUMN m SET STATISTICS 100;
COMMENT ON COLUMN parent."col; (umn" IS $$dollar; ' "$$;
CREATE TABLE child (x int REFERENCES parent, y int) INHERITS (parent);
CREATE TABLE parted (k int, v text) PARTITION BY RANGE (k);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE INDEX parted_k ON parted (k);
CREATE INDEX child_y ON child (y) INCLUDE (x) WHERE y > 0;
CREATE STATISTICS st ON x, y FROM child;
CREATE VIEW "v;" AS SELECT id, ';' AS "semi;colon" FROM parent WHERE n > 1;
CREATE RULE r AS ON INSERT TO "v;" DO INSTEAD (SELECT 1; SELECT ';');
CREATE MATERIALIZED VIEW mv AS SELECT id FROM parent WITH NO DATA;
CREATE FUNCTION atomic(a int) RETURNS int LANGUAGE sql
  BEGIN ATOMIC
    SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END;
    SELECT CASE a WHEN 1 THEN CASE WHEN true THEN 3 END END AS "END;";
  END;
CREATE FUNCTION quoted() RETURNS text LANGUAGE plpgsql AS $body$
  BEGIN -- it's
    RETURN $$;$$ || '$body' /* ; /* nested */ */; END $body$;
CREATE PROCEDURE proc(INOUT a int) LANGUAGE sql AS 'SELECT 1; -- ''';
CREATE FUNCTION trig() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW WHEN (NEW.y > 1) EXECUTE FUNCTION trig('a;''b');
CREATE POLICY p ON child USING (y = 1 OR 'x;' = '');
ALTER TABLE child ENABLE ROW LEVEL SECURITY;
CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE OPERATOR ==> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4lt);
CREATE COLLATION german (LOCALE = 'C');
CREATE TEXT SEARCH CONFIGURATION ts (COPY = simple);
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER fs FOREIGN DATA WRAPPER w OPTIONS (host 'a;''b');
CREATE FOREIGN TABLE ft (a int OPTIONS (o 'x;')) SERVER fs;
ALTER FOREIGN TABLE ft ALTER COLUMN a SET (n_distinct = 3);
CREATE PUBLICATION pub FOR TABLE parent;
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN NULL; END$$;
CREATE EVENT TRIGGER et ON ddl_command_start WHEN TAG IN ('CREATE CAST') EXECUTE FUNCTION ev();
)sql";

}  // namespace vya::pg
