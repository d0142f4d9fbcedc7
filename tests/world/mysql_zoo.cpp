#include "tests/world/mysql_zoo.h"

namespace vya::world {

namespace {

constexpr const char* kTypes = R"sql(
SET sql_mode = '', foreign_key_checks = 0;
CREATE DATABASE zoo CHARACTER SET latin1;
CREATE DATABASE zoo_two CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE DATABASE `odd ``base. é`;
USE zoo;
CREATE TABLE numbers (k INT PRIMARY KEY, t TINYINT UNSIGNED, s SMALLINT, m MEDIUMINT, b BIGINT UNSIGNED,
  d DECIMAL(65,30), f FLOAT, f2 FLOAT(9,3), r DOUBLE, bits BIT(64), z INT(8) ZEROFILL, y YEAR);
INSERT INTO numbers VALUES (1, 255, -32768, -8388608, 18446744073709551615,
  12345678901234567890123456789012345.123456789012345678901234567890, 16777217, 123456.789, 1e-308,
  b'1000000000000000000000000000000000000000000000000000000000001001', 42, 1999),
  (2, 0, 32767, 8388607, 0, -0.5, 3.4028234e38, 0.1, 1.7976931348623157e308, 10, 0, 0),
  (3, NULL, NULL, NULL, NULL, NULL, 1e-45, NULL, 0.1, 92, NULL, NULL), (0, 1, 1, 1, 1, 1, 0.1, 1, 1, 9, 1, 2155);
CREATE TABLE times (k INT PRIMARY KEY, d DATE, dt DATETIME(6), ts TIMESTAMP(3) NULL, t TIME(6),
  changed TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);
INSERT INTO times VALUES (1, '0000-00-00', '2020-02-00 00:00:00', '2020-01-01 05:00:00.123', '-838:59:59', '2001-02-03 04:05:06'),
  (2, '9999-12-31', '9999-12-31 23:59:59.999999', NULL, '12:34:56.789012', '2001-02-03 04:05:06');
CREATE TABLE texts (k INT PRIMARY KEY, l VARCHAR(50) CHARACTER SET latin1, g VARCHAR(50) CHARACTER SET gbk,
  s VARCHAR(50) CHARACTER SET sjis, c VARCHAR(50) CHARACTER SET cp932, u2 VARCHAR(50) CHARACTER SET ucs2,
  u16 TEXT CHARACTER SET utf16, u32 TEXT CHARACTER SET utf32, u3 VARCHAR(50) CHARACTER SET utf8mb3,
  u4 LONGTEXT CHARACTER SET utf8mb4, b5 CHAR(9) CHARACTER SET big5, kr TINYTEXT CHARACTER SET euckr,
  r MEDIUMTEXT CHARACTER SET koi8r, a VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin);
INSERT INTO texts VALUES (1, x'e4095c0a', x'b0a1fefe', x'8abf', x'8790', x'00e4005c', x'd83dde00', x'0001f600',
  x'e282ac', x'f09f9880275c090a00', x'a440', x'b0a1', x'c1c2', x'5c27'),
  (2, '', '', '', '', '', '', '', '', '', '', '', '', ''),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, '\\N', 'NULL', '"', '''', '\\', '\n', '\t', '\r\n', ' lead and trail ', '\Z', '\b', '%_', '`');
CREATE TABLE bytes (k INT PRIMARY KEY, f BINARY(8), v VARBINARY(300), t TINYBLOB, b BLOB, m MEDIUMBLOB, l LONGBLOB);
INSERT INTO bytes VALUES (1, x'00090a5c1aff27', x'00', x'0a', x'09', x'5c4e', x'1a');
INSERT INTO bytes SELECT 2, '', GROUP_CONCAT(CHAR(n) ORDER BY n SEPARATOR ''), NULL, REPEAT(x'00ff5c0a09', 9000), NULL, REPEAT('ab\\\n', 99999)
  FROM (SELECT a.i + 16 * b.i AS n FROM
  (SELECT 0 i UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
   UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14 UNION ALL SELECT 15) a,
  (SELECT 0 i UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
   UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14 UNION ALL SELECT 15) b) n;
CREATE TABLE enums (k INT PRIMARY KEY, e ENUM('a', 'ä', '', 'it''s', 'x,y'), s SET('one', 'zwölf', 'th\\ree') NOT NULL,
  g ENUM('一', '乙') CHARACTER SET gbk, u ENUM('ä', '€') CHARACTER SET utf8mb4, none ENUM('a', 'b'));
INSERT INTO enums VALUES (1, 2, 3, 2, 2, 1), (2, 'it''s', '', 1, 1, 2), (3, '', 'th\\ree', NULL, NULL, NULL);
INSERT IGNORE INTO enums VALUES (4, 'x,y', 4, 1, 1, 'neither');
CREATE TABLE old_sets (k INT PRIMARY KEY, s SET('ä', 'b') CHARACTER SET utf8mb3, e ENUM('ü', 'v') CHARACTER SET utf8mb3);
INSERT INTO old_sets VALUES (1, 'ä,b', 'ü'), (2, '', 'v'), (3, NULL, NULL);
CREATE TABLE json_values (k INT PRIMARY KEY, j JSON);
INSERT INTO json_values VALUES (1, '{"a": "\\u00e4\\n\\t\\\\", "b": [1, 2.50, null, true], "€": "😀"}'), (2, NULL), (3, '"x"'), (4, '1e300');
CREATE TABLE places (k INT PRIMARY KEY, g GEOMETRY, p POINT NOT NULL, pg POLYGON, SPATIAL KEY sp (p));
INSERT INTO places VALUES (1, ST_GeomFromText('LINESTRING(0 0, 1 1, 2.5 -3)'), ST_GeomFromText('POINT(9 92)'),
  ST_GeomFromText('POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))')), (2, NULL, ST_GeomFromText('POINT(0 0)'), NULL);
)sql";

constexpr const char* kTables = R"sql(
CREATE TABLE computed (k INT PRIMARY KEY, a INT, v INT AS (a * 2) VIRTUAL, s VARCHAR(30) AS (CONCAT('it''s ', a)) STORED,
  hidden INT INVISIBLE DEFAULT 7, KEY by_v (v), UNIQUE KEY by_s (s));
INSERT INTO computed (k, a, hidden) VALUES (1, 5, 8), (2, NULL, NULL);
CREATE TABLE checked (k INT PRIMARY KEY, a INT CHECK (a > 0), b VARCHAR(9), CONSTRAINT `odd ``check` CHECK (b <> ',)'), CHECK (a < 1000));
INSERT INTO checked VALUES (1, 1, 'x');
CREATE TABLE parents (id INT AUTO_INCREMENT PRIMARY KEY, code VARCHAR(9) UNIQUE, body TEXT, FULLTEXT KEY words (body), FULLTEXT KEY both_words (code, body)) COMMENT='it''s, (a) "comment"';
INSERT INTO parents VALUES (1, 'one', 'some words'), (0, 'zero', 'more words'), (7, 'seven', NULL);
CREATE TABLE children (parent INT, n INT, note VARCHAR(100) DEFAULT 'a, (b) ''c'' `d`' COMMENT 'KEY `x` (`y`)', KEY z (n), UNIQUE KEY a (note, parent),
  KEY late (note(10), n DESC), CONSTRAINT `fk 1` FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE CASCADE ON UPDATE SET NULL,
  FOREIGN KEY (note) REFERENCES parents (code));
INSERT INTO children VALUES (1, 1, 'one'), (99, 2, 'orphan');
CREATE TABLE itself (id INT PRIMARY KEY, up INT, FOREIGN KEY (up) REFERENCES itself (id));
INSERT INTO itself VALUES (1, 2), (2, 1);
CREATE TABLE counted_late (a INT NOT NULL, k INT NOT NULL AUTO_INCREMENT, b INT, KEY by_b (b), UNIQUE KEY by_a (a, b), KEY by_k (k), KEY after_k (b, a)) AUTO_INCREMENT=100;
INSERT INTO counted_late VALUES (1, 5, 1), (2, 50, 2);
CREATE TABLE no_key (a INT, b TEXT);
INSERT INTO no_key VALUES (1, 'same'), (1, 'same'), (NULL, NULL);
CREATE TABLE only_unique (a INT NOT NULL, b INT, c INT NOT NULL, KEY x (b), UNIQUE KEY nullable (b), UNIQUE KEY whole (c, a), UNIQUE KEY also (a));
INSERT INTO only_unique VALUES (1, NULL, 1), (2, NULL, 1);
CREATE TABLE two_columns (a INT, b INT, PRIMARY KEY (b, a), KEY (a)) ROW_FORMAT=COMPRESSED;
INSERT INTO two_columns VALUES (2, 1), (1, 2);
CREATE TABLE by_range (k INT NOT NULL, d DATE NOT NULL, PRIMARY KEY (k, d), KEY by_d (d)) PARTITION BY RANGE (YEAR(d))
  SUBPARTITION BY HASH (k) SUBPARTITIONS 2 (PARTITION old VALUES LESS THAN (2000) COMMENT = 'it''s, (old)', PARTITION rest VALUES LESS THAN MAXVALUE);
INSERT INTO by_range VALUES (1, '1999-01-01'), (2, '2020-01-01');
CREATE TABLE by_list (s VARCHAR(9), n INT) PARTITION BY LIST COLUMNS (s) (PARTITION p0 VALUES IN ('*/', ')', 'a,b', '/*'), PARTITION p1 VALUES IN (NULL, 'x'));
INSERT INTO by_list VALUES ('*/', 1), (NULL, 2), ('a,b', 3);
CREATE TABLE by_key (k INT PRIMARY KEY) PARTITION BY KEY () PARTITIONS 3;
INSERT INTO by_key VALUES (1), (2), (3), (4);
CREATE TABLE myisam_table (k INT PRIMARY KEY AUTO_INCREMENT, t TEXT, FULLTEXT KEY (t), KEY (t(5))) ENGINE=MyISAM;
INSERT INTO myisam_table VALUES (1, 'one'), (2, 'two');
CREATE TABLE merge_part (k INT, KEY (k)) ENGINE=MyISAM;
CREATE TABLE a_merge (k INT, KEY (k)) ENGINE=MERGE UNION=(merge_part) INSERT_METHOD=LAST;
INSERT INTO a_merge VALUES (1), (2);
CREATE TABLE memory_table (k INT, KEY USING HASH (k), KEY b USING BTREE (k)) ENGINE=MEMORY;
CREATE TABLE `weird ``name``. ä; -- /*` (`col ``a``, (` INT, `b.c` INT, `*/` INT, `ü` VARCHAR(9), KEY `key ``a``` (`col ``a``, (`), KEY `select` (`*/`));
INSERT INTO `weird ``name``. ä; -- /*` VALUES (1, 2, 3, 'ü');
CREATE TABLE `UPPER` (`Key` INT PRIMARY KEY, `SELECT` INT);
CREATE TABLE empty_table (k INT PRIMARY KEY, UNIQUE KEY (k));
CREATE TABLE all_computed (v INT AS (1 + 1) VIRTUAL, s INT AS (2) STORED);
INSERT INTO all_computed VALUES (), ();
CREATE TABLE one_text (t VARCHAR(9));
INSERT INTO one_text VALUES (''), (NULL), ('x'), ('');
USE zoo_two;
CREATE TABLE far (id INT PRIMARY KEY, zoo_parent INT, FOREIGN KEY (zoo_parent) REFERENCES zoo.parents (id));
INSERT INTO far VALUES (1, 7);
CREATE TABLE log (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(200));
INSERT INTO log VALUES (5, 'before');
USE `odd ``base. é`;
CREATE TABLE `t ``1` (k INT PRIMARY KEY, v VARCHAR(9));
INSERT INTO `t ``1` VALUES (1, 'é');
)sql";

constexpr const char* kObjects = R"sql(
USE zoo;
CREATE VIEW z_base AS SELECT id, code FROM parents WHERE code <> 'it''s';
CREATE VIEW a_on_z AS SELECT * FROM z_base;
CREATE VIEW b_on_a AS SELECT a_on_z.id, far.zoo_parent FROM a_on_z, zoo_two.far;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW invoked AS SELECT k FROM numbers WITH CASCADED CHECK OPTION;
CREATE ALGORITHM=TEMPTABLE VIEW `odd ``view` AS SELECT COUNT(*) AS `c ``1` FROM `weird ``name``. ä; -- /*`;
CREATE VIEW with_function AS SELECT 1 AS one;
SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT';
CREATE FUNCTION joined(a VARCHAR(20), b VARCHAR(20)) RETURNS VARCHAR(60) DETERMINISTIC COMMENT 'it''s' RETURN a || ' "x" ' || b;
CREATE TRIGGER t1 BEFORE INSERT ON checked FOR EACH ROW SET NEW.b = "b";
CREATE TRIGGER t0 BEFORE INSERT ON checked FOR EACH ROW PRECEDES t1 SET NEW.a = NEW.a + 1;
CREATE TRIGGER t2 AFTER UPDATE ON checked FOR EACH ROW INSERT INTO zoo_two.log (what) VALUES ('upd' || 'ated');
SET sql_mode = 'NO_BACKSLASH_ESCAPES';
CREATE PROCEDURE plain(IN a INT, OUT b INT) SQL SECURITY INVOKER MODIFIES SQL DATA BEGIN SET b = a + 1; SELECT '\', "\"; END;
SET sql_mode = DEFAULT;
CREATE PROCEDURE loops(INOUT n BIGINT) BEGIN DECLARE i INT DEFAULT 0; again: LOOP SET i = i + 1; IF i > 3 THEN LEAVE again; END IF; END LOOP; SET n = i; END;
CREATE FUNCTION takes_text(t VARCHAR(9)) RETURNS VARCHAR(9) DETERMINISTIC RETURN t;
CREATE FUNCTION `odd ``function`() RETURNS INT NO SQL RETURN 1;
ALTER VIEW with_function AS SELECT takes_text('x') AS one;
SET NAMES latin1;
CREATE FUNCTION accents() RETURNS VARCHAR(9) CHARACTER SET latin1 DETERMINISTIC )sql"
                                 "RETURN '\xe4';"
                                 R"sql(
SET NAMES utf8mb4 COLLATE utf8mb4_bin;
CREATE PROCEDURE collated() SELECT 'ä' = 'A';
ALTER DATABASE zoo CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
CREATE FUNCTION of_another_time(t VARCHAR(9)) RETURNS VARCHAR(9) DETERMINISTIC RETURN t;
ALTER DATABASE zoo CHARACTER SET latin1;
SET NAMES utf8mb4;
SET time_zone = '+03:00';
CREATE EVENT every_day ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' ON COMPLETION PRESERVE COMMENT 'it''s ENABLE' DO INSERT INTO zoo_two.log (what) VALUES ('daily');
CREATE EVENT once ON SCHEDULE AT '2035-05-05 05:05:05' DO BEGIN DECLARE x INT; SET x = 1; END;
CREATE EVENT `off` ON SCHEDULE EVERY 5 MINUTE DISABLE DO SELECT 1;
SET time_zone = DEFAULT;
CREATE DEFINER=`gone`@`nowhere` VIEW by_nobody AS SELECT 1 AS i;
CREATE DEFINER=`gone`@`nowhere` PROCEDURE by_nobody_too() SELECT 1;
USE `odd ``base. é`;
CREATE TRIGGER `trig ``1` AFTER INSERT ON `t ``1` FOR EACH ROW SET @seen = 1;
CREATE VIEW `v ``1` AS SELECT k AS `k ``1` FROM `t ``1`;
CREATE PROCEDURE `p ``1`() SELECT `v` FROM `t ``1`;
)sql";

constexpr const char* kOfMariadb = R"sql(
USE zoo;
CREATE SEQUENCE numbers_of_orders START WITH 5 INCREMENT BY 3 MAXVALUE 1000 CACHE 10;
DO NEXTVAL(numbers_of_orders);
CREATE SEQUENCE downwards START WITH -1 INCREMENT BY -1 MINVALUE -100 NOCACHE CYCLE;
CREATE SEQUENCE spent START WITH 1 MAXVALUE 2 NOCACHE;
DO NEXTVAL(spent); DO NEXTVAL(spent);
CREATE TABLE counted_by_sequence (k INT DEFAULT NEXTVAL(zoo.numbers_of_orders) PRIMARY KEY, v INT);
INSERT INTO counted_by_sequence (v) VALUES (1);
CREATE TABLE versioned (k INT PRIMARY KEY, v VARCHAR(9), KEY by_v (v)) WITH SYSTEM VERSIONING;
INSERT INTO versioned VALUES (1, 'one'), (2, 'two'); UPDATE versioned SET v = 'uno' WHERE k = 1; DELETE FROM versioned WHERE k = 2;
CREATE TABLE versioned_by_name (k INT PRIMARY KEY, until TIMESTAMP(6) GENERATED ALWAYS AS ROW END, since TIMESTAMP(6) GENERATED ALWAYS AS ROW START, v INT,
  PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION past HISTORY, PARTITION present CURRENT);
INSERT INTO versioned_by_name (k, v) VALUES (1, 1); UPDATE versioned_by_name SET v = 2;
CREATE TABLE booked (room INT, since DATE, until DATE, PERIOD FOR stay (since, until), UNIQUE KEY free (room, stay WITHOUT OVERLAPS), KEY k (until));
INSERT INTO booked VALUES (1, '2020-01-01', '2020-01-05'), (1, '2020-01-05', '2020-02-01');
CREATE TABLE addresses (k INT PRIMARY KEY, u UUID, i INET6, i4 INET4);
INSERT INTO addresses VALUES (1, '12345678-1234-1234-8234-1234567890ab', '2001:db8::1', '10.0.0.1'), (2, NULL, NULL, NULL);
CREATE TABLE aria_table (k INT PRIMARY KEY, t TEXT, KEY (t(9))) ENGINE=Aria TRANSACTIONAL=1;
INSERT INTO aria_table VALUES (1, 'x');
CREATE TABLE compressed_column (k INT PRIMARY KEY, t TEXT COMPRESSED);
INSERT INTO compressed_column VALUES (1, REPEAT('x', 999));
CREATE TABLE ignored_key (k INT PRIMARY KEY, a INT, KEY by_a (a) IGNORED);
SET check_constraint_checks = 0;
INSERT INTO checked VALUES (2, -5, 'x'), (3, 5000, 'x');
SET check_constraint_checks = 1;
SET sql_mode = 'ORACLE';
CREATE PACKAGE tools AS FUNCTION one RETURN INT; PROCEDURE two; END;
CREATE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; PROCEDURE two AS BEGIN SELECT one(); END; END;
CREATE PROCEDURE of_oracle (a INT) AS BEGIN SELECT a; END;
SET sql_mode = DEFAULT;
CREATE AGGREGATE FUNCTION summed(x INT) RETURNS INT BEGIN DECLARE s INT DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s; LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP; END;
)sql";

constexpr const char* kOfMysql = R"sql(
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
)sql";

}  // namespace

void make_mysql_zoo(const MysqlServer& server) {
  server.query(std::string(kTypes) + kTables + (server.mariadb() ? kOfMariadb : kOfMysql));
  server.query(kObjects);
}

}  // namespace vya::world
