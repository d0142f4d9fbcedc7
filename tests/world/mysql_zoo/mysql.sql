-- What only MySQL has.
USE zoo;
CREATE TABLE functional (k INT PRIMARY KEY, t VARCHAR(20), j JSON, KEY low ((LOWER(t))), KEY many ((CAST(j->'$.a' AS UNSIGNED ARRAY))), KEY unseen (t) INVISIBLE);
INSERT INTO functional VALUES (1, 'ABC', '{"a": [1, 2]}');
CREATE TABLE on_earth (k INT PRIMARY KEY, p POINT NOT NULL SRID 4326, SPATIAL KEY (p));
INSERT INTO on_earth VALUES (1, ST_GeomFromText('POINT(48.1 11.5)', 4326));
CREATE TABLE loosely_checked (k INT PRIMARY KEY, a INT, CONSTRAINT loose CHECK (a > 0) NOT ENFORCED);
INSERT INTO loosely_checked VALUES (1, -1);
CREATE TABLE vectors (k INT PRIMARY KEY, v VECTOR(3));
INSERT INTO vectors VALUES (1, TO_VECTOR('[1, 2.5, -3]'));
SET sql_generate_invisible_primary_key = ON;
CREATE TABLE with_hidden_key (a INT);
INSERT INTO with_hidden_key VALUES (1), (2);
SET sql_generate_invisible_primary_key = OFF;
CREATE TABLE defaults (k INT PRIMARY KEY, u BINARY(16) DEFAULT (UUID_TO_BIN(UUID())), j JSON DEFAULT (JSON_ARRAY('it''s', "b")));
INSERT INTO defaults (k) VALUES (1);
