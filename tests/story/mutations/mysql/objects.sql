-- Views, routines, events.
-- mutation: a view's query
CREATE OR REPLACE VIEW recent AS SELECT id, total FROM orders WHERE id > 5;
-- undo
CREATE OR REPLACE VIEW recent AS SELECT id, total FROM orders;

-- mutation: a view's algorithm
ALTER ALGORITHM=TEMPTABLE VIEW merged AS SELECT id FROM orders;
-- undo
ALTER ALGORITHM=MERGE VIEW merged AS SELECT id FROM orders;

-- mutation: as whom a view reads
ALTER SQL SECURITY INVOKER VIEW secured AS SELECT id FROM orders;
-- undo
ALTER SQL SECURITY DEFINER VIEW secured AS SELECT id FROM orders;

-- mutation: a view's check option
ALTER VIEW checked AS SELECT id, total FROM orders WHERE total > 0 WITH LOCAL CHECK OPTION;
-- undo
ALTER VIEW checked AS SELECT id, total FROM orders WHERE total > 0 WITH CASCADED CHECK OPTION;

-- mutation: a view's definer
ALTER DEFINER=app@localhost VIEW owned AS SELECT id FROM orders;
-- undo
ALTER DEFINER=root@localhost VIEW owned AS SELECT id FROM orders;

-- mutation: a view is gone
DROP VIEW dropped;
-- undo
CREATE VIEW dropped AS SELECT id FROM orders;

-- mutation: a function's body
DROP FUNCTION tax; CREATE FUNCTION tax(amount DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC RETURN amount * 0.16;
-- undo
DROP FUNCTION tax; CREATE FUNCTION tax(amount DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC RETURN amount * 0.19; GRANT EXECUTE ON FUNCTION tax TO routines@localhost;

-- mutation: a function that is not deterministic
DROP FUNCTION sure; CREATE FUNCTION sure() RETURNS INT NO SQL RETURN 1;
-- undo
DROP FUNCTION sure; CREATE FUNCTION sure() RETURNS INT DETERMINISTIC RETURN 1;

-- mutation: a function's sql_mode
SET sql_mode = 'ANSI_QUOTES'; DROP FUNCTION modes; CREATE FUNCTION modes() RETURNS INT DETERMINISTIC RETURN 1;
-- undo
DROP FUNCTION modes; CREATE FUNCTION modes() RETURNS INT DETERMINISTIC RETURN 1;

-- mutation: as whom a procedure runs
ALTER PROCEDURE guarded SQL SECURITY INVOKER;
-- undo
ALTER PROCEDURE guarded SQL SECURITY DEFINER;

-- mutation: a procedure's definer
DROP PROCEDURE defined; CREATE DEFINER=app@localhost PROCEDURE defined() SELECT 1;
-- undo
DROP PROCEDURE defined; CREATE PROCEDURE defined() SELECT 1;

-- mutation: a procedure's comment
ALTER PROCEDURE remarked COMMENT 'of theirs';
-- undo
ALTER PROCEDURE remarked COMMENT 'of ours';

-- mutation: the collation that a procedure was made with
SET NAMES utf8mb4 COLLATE utf8mb4_bin; DROP PROCEDURE collated; CREATE PROCEDURE collated() SELECT 'a' = 'A';
-- undo
DROP PROCEDURE collated; CREATE PROCEDURE collated() SELECT 'a' = 'A';

-- mutation: a procedure's parameter
DROP PROCEDURE parameters; CREATE PROCEDURE parameters(IN a BIGINT) SELECT a;
-- undo
DROP PROCEDURE parameters; CREATE PROCEDURE parameters(IN a INT) SELECT a;

-- mutation: an event that does not run
ALTER EVENT nightly DISABLE;
-- undo
ALTER EVENT nightly ENABLE;

-- mutation: when an event runs
ALTER EVENT hourly ON SCHEDULE EVERY 2 HOUR STARTS '2031-01-01 00:00:00';
-- undo
ALTER EVENT hourly ON SCHEDULE EVERY 1 HOUR STARTS '2031-01-01 00:00:00';

-- mutation: what an event does
ALTER EVENT once DO DELETE FROM log WHERE id < 5;
-- undo
ALTER EVENT once DO DELETE FROM log;

-- mutation: an event that is gone when it ran
ALTER EVENT kept ON COMPLETION NOT PRESERVE;
-- undo
ALTER EVENT kept ON COMPLETION PRESERVE;

-- mutation: an event's time zone
SET time_zone = '+03:00'; DROP EVENT zoned; CREATE EVENT zoned ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' DO DELETE FROM log;
-- undo
DROP EVENT zoned; CREATE EVENT zoned ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' DO DELETE FROM log;

-- mutation: a package's body
-- needs: mariadb
SET sql_mode = 'ORACLE'; CREATE OR REPLACE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 2; END; END;
-- undo
SET sql_mode = 'ORACLE'; CREATE OR REPLACE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; END;
