-- Rows, sequences, large objects.
-- mutation: a row was changed
UPDATE changed SET note = 'Note 7' WHERE id = 7;
-- undo
UPDATE changed SET note = 'note 7' WHERE id = 7;
-- finding: table shop.public.changed has 50 rows as before, but not the same ones

-- mutation: a row was added
INSERT INTO added VALUES (51, 'note 51');
-- undo
DELETE FROM added WHERE id = 51;
-- finding: table shop.public.added has 51 rows, had 50

-- mutation: a row was removed
DELETE FROM removed WHERE id = 50;
-- undo
INSERT INTO removed VALUES (50, 'note 50');
-- finding: table shop.public.removed has 49 rows, had 50

-- mutation: a row is there twice
INSERT INTO doubled VALUES (3, 'note 3');
-- undo
DELETE FROM doubled WHERE ctid = (SELECT min(ctid) FROM doubled WHERE id = 3);
-- finding: table shop.public.doubled has 51 rows, had 50

-- mutation: all rows are gone
TRUNCATE emptied;
-- undo
INSERT INTO emptied SELECT * FROM exchanged;
-- finding: table shop.public.emptied has 0 rows, had 50

-- mutation: two rows have each other's values
UPDATE exchanged SET note = 'note ' || (3 - id) WHERE id < 3;
-- undo
UPDATE exchanged SET note = 'note ' || id WHERE id < 3;
-- finding: table shop.public.exchanged has 50 rows as before, but not the same ones

-- mutation: a null became an empty string
UPDATE nothing_or_empty SET note = '' WHERE id = 9;
-- undo
UPDATE nothing_or_empty SET note = 'note 9' WHERE id = 9;
-- finding: table shop.public.nothing_or_empty has 50 rows as before, but not the same ones

-- mutation: a row of a partition was changed
UPDATE parted SET note = 'another' WHERE id = 30;
-- undo
UPDATE parted SET note = 'note 30' WHERE id = 30;
-- finding: table shop.public.parted has 50 rows as before, but not the same ones

-- mutation: two tables have each other's rows
UPDATE twin_a SET a = a + 2; UPDATE twin_b SET a = a - 2;
-- undo
UPDATE twin_a SET a = a - 2; UPDATE twin_b SET a = a + 2;
-- finding: table shop.public.twin_a has 2 rows as before, but not the same ones
-- finding: table shop.public.twin_b has 2 rows as before, but not the same ones

-- mutation: a sequence went on
SELECT nextval('tickets');
-- undo
SELECT setval('tickets', 7);
-- finding: last value of sequence shop.public.tickets is "8", was "7"

-- mutation: a sequence was called for the first time
SELECT nextval('unused');
-- undo
SELECT setval('unused', 1, false);
-- finding: last value of sequence shop.public.unused is "1", was "none, the next is 1"

-- mutation: a byte of a large object
SELECT lo_put(4711, 3, 'P');
-- undo
SELECT lo_put(4711, 3, 'i');
-- finding: large objects (table shop.pg_catalog.pg_largeobject) has 3 rows as before, but not the same ones

-- mutation: a materialized view without rows
REFRESH MATERIALIZED VIEW totals WITH NO DATA;
-- undo
REFRESH MATERIALIZED VIEW totals;
-- finding: content of materialized view shop.public.totals is nothing, was "there"

-- mutation: a large object's comment
COMMENT ON LARGE OBJECT 4712 IS 'of somebody';
-- undo
COMMENT ON LARGE OBJECT 4712 IS 'of the shop';
-- finding: comment of large object 4712 of database shop is "of somebody", was "of the shop"
