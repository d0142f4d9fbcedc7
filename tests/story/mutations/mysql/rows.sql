-- Rows.
-- mutation: a row was changed
UPDATE changed SET note = 'Two' WHERE id = 2;
-- undo
UPDATE changed SET note = 'two' WHERE id = 2;
-- finding: table shop.changed has 4 rows as before, but not the same ones

-- mutation: a row was added
INSERT INTO added VALUES (5, 'five');
-- undo
DELETE FROM added WHERE id = 5;
-- finding: table shop.added has 5 rows, had 4

-- mutation: a row was removed
DELETE FROM removed WHERE id = 3;
-- undo
INSERT INTO removed VALUES (3, 'three');
-- finding: table shop.removed has 3 rows, had 4

-- mutation: a row is there twice
INSERT INTO doubled VALUES (3, 'three');
-- undo
DELETE FROM doubled WHERE id = 3 LIMIT 1;
-- finding: table shop.doubled has 5 rows, had 4

-- mutation: all rows are gone
DELETE FROM emptied;
-- undo
INSERT INTO emptied SELECT * FROM exchanged;
-- finding: table shop.emptied has 0 rows, had 4

-- mutation: two rows have each other's values
UPDATE exchanged SET note = IF(id = 1, 'two', 'one') WHERE id < 3;
-- undo
UPDATE exchanged SET note = IF(id = 1, 'one', 'two') WHERE id < 3;
-- finding: table shop.exchanged has 4 rows as before, but not the same ones

-- mutation: a null became an empty string
UPDATE nothing_or_empty SET note = '' WHERE id = 4;
-- undo
UPDATE nothing_or_empty SET note = NULL WHERE id = 4;
-- finding: table shop.nothing_or_empty has 4 rows as before, but not the same ones

-- mutation: a letter's case, which the collation does not see
UPDATE cased SET note = 'ONE' WHERE id = 1;
-- undo
UPDATE cased SET note = 'one' WHERE id = 1;
-- finding: table shop.cased has 4 rows as before, but not the same ones

-- mutation: one byte
UPDATE bytes SET b = x'00fe10';
-- undo
UPDATE bytes SET b = x'00ff10';
-- finding: table shop.bytes has 1 rows as before, but not the same ones

-- mutation: where a counter goes on
ALTER TABLE counted AUTO_INCREMENT = 100;
-- undo
ALTER TABLE counted AUTO_INCREMENT = 3;
-- finding: definition of table `shop`.`counted` is "... ENGINE=InnoDB AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4 COLLA...", was "... ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COLLA..."

-- mutation: where a sequence goes on
-- needs: mariadb
DO NEXTVAL(tickets);
-- undo
ALTER SEQUENCE tickets RESTART 5;
-- finding: next value of sequence `shop`.`tickets` is "8", was "5"

-- mutation: a row that was, of a table with history
-- needs: mariadb
UPDATE versioned SET note = 'b';
-- undo
DELETE FROM versioned; DELETE HISTORY FROM versioned; SET timestamp = 1700000000; INSERT INTO versioned VALUES (1, 'a');
-- finding: table shop.versioned has 2 rows, had 1
