-- Tables of every kind, and their keys.
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
