-- Views, routines, events.
-- mutation: a view's query
CREATE OR REPLACE VIEW recent AS SELECT id, total FROM orders WHERE id > 5;
-- undo
CREATE OR REPLACE VIEW recent AS SELECT id, total FROM orders;
-- finding [mariadb]: definition of view `shop`.`recent` is "...otal` AS `total` from `orders` where `orders`.`id` > 5", was "...otal` AS `total` from `orders`"
-- finding [mysql]: definition of view `shop`.`recent` is "...otal` AS `total` from `orders` where (`orders`.`id` > 5)", was "...otal` AS `total` from `orders`"

-- mutation: a view's algorithm
ALTER ALGORITHM=TEMPTABLE VIEW merged AS SELECT id FROM orders;
-- undo
ALTER ALGORITHM=MERGE VIEW merged AS SELECT id FROM orders;
-- finding: definition of view `shop`.`merged` is "CREATE ALGORITHM=TEMPTABLE DEFINER=`root`@`localhost` S...", was "CREATE ALGORITHM=MERGE DEFINER=`root`@`localhost` S..."

-- mutation: as whom a view reads
ALTER SQL SECURITY INVOKER VIEW secured AS SELECT id FROM orders;
-- undo
ALTER SQL SECURITY DEFINER VIEW secured AS SELECT id FROM orders;
-- finding: definition of view `shop`.`secured` is "...oot`@`localhost` SQL SECURITY INVOKER VIEW `secured` AS select `o...", was "...oot`@`localhost` SQL SECURITY DEFINER VIEW `secured` AS select `o..."

-- mutation: a view's check option
ALTER VIEW checked AS SELECT id, total FROM orders WHERE total > 0 WITH LOCAL CHECK OPTION;
-- undo
ALTER VIEW checked AS SELECT id, total FROM orders WHERE total > 0 WITH CASCADED CHECK OPTION;
-- finding [mariadb]: definition of view `shop`.`checked` is "...ere `orders`.`total` > 0 WITH LOCAL CHECK OPTION", was "...ere `orders`.`total` > 0 WITH CASCADED CHECK OPTION"
-- finding [mysql]: definition of view `shop`.`checked` is "...e (`orders`.`total` > 0) WITH LOCAL CHECK OPTION", was "...e (`orders`.`total` > 0) WITH CASCADED CHECK OPTION"

-- mutation: a view's definer
ALTER DEFINER=app@localhost VIEW owned AS SELECT id FROM orders;
-- undo
ALTER DEFINER=root@localhost VIEW owned AS SELECT id FROM orders;
-- finding: definer of view `shop`.`owned` is "app@localhost", was "root@localhost"
-- finding [mariadb]: definition of view `shop`.`owned` is "... ALGORITHM=UNDEFINED DEFINER=`app`@`localhost` SQL SECURITY DEFINER VIEW `owned` AS select `shop`.`orders`.`id` AS `id` from `or...", was "... ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `owned` AS select `orders`.`id` AS `id` from `or..."
-- finding [mysql]: definition of view `shop`.`owned` is "... ALGORITHM=UNDEFINED DEFINER=`app`@`localhost` SQL SECURITY DEF...", was "... ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEF..."

-- mutation: a view is gone
DROP VIEW dropped;
-- undo
CREATE VIEW dropped AS SELECT id FROM orders;
-- finding: view `shop`.`dropped` is missing

-- mutation: a function's body
DROP FUNCTION tax; CREATE FUNCTION tax(amount DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC RETURN amount * 0.16;
-- undo
DROP FUNCTION tax; CREATE FUNCTION tax(amount DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC RETURN amount * 0.19; GRANT EXECUTE ON FUNCTION tax TO routines@localhost;
-- finding: definition of function `shop`.`tax` is "...ERMINISTIC RETURN amount * 0.16", was "...ERMINISTIC RETURN amount * 0.19"
-- finding: user `routines`@`localhost` lacks EXECUTE ON FUNCTION `shop`.`tax`

-- mutation: a function that is not deterministic
DROP FUNCTION sure; CREATE FUNCTION sure() RETURNS INT NO SQL RETURN 1;
-- undo
DROP FUNCTION sure; CREATE FUNCTION sure() RETURNS INT DETERMINISTIC RETURN 1;
-- finding [mariadb]: definition of function `shop`.`sure` is "CREATE DEFINER=`root`@`localhost` FUNCTION `sure`() RETURNS int(11) NO SQL RETURN 1", was "CREATE DEFINER=`root`@`localhost` FUNCTION `sure`() RETURNS int(11) DETERMINISTIC RETURN 1"
-- finding [mysql]: definition of function `shop`.`sure` is "CREATE DEFINER=`root`@`localhost` FUNCTION `sure`() RETURNS int NO SQL RETURN 1", was "CREATE DEFINER=`root`@`localhost` FUNCTION `sure`() RETURNS int DETERMINISTIC RETURN 1"

-- mutation: a function's sql_mode
SET sql_mode = 'ANSI_QUOTES'; DROP FUNCTION modes; CREATE FUNCTION modes() RETURNS INT DETERMINISTIC RETURN 1;
-- undo
DROP FUNCTION modes; CREATE FUNCTION modes() RETURNS INT DETERMINISTIC RETURN 1;
-- finding [mariadb]: definition of function `shop`.`modes` is "CREATE DEFINER="root"@"localhost" FUNCTION "modes"() RETURNS int(11) DETERMINISTIC RETURN 1", was "CREATE DEFINER=`root`@`localhost` FUNCTION `modes`() RETURNS int(11) DETERMINISTIC RETURN 1"
-- finding [mariadb]: sql_mode of function `shop`.`modes` is "ANSI_QUOTES", was "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"
-- finding [mysql]: definition of function `shop`.`modes` is "CREATE DEFINER="root"@"localhost" FUNCTION "modes"() RETURNS int DETERMINISTIC RETURN 1", was "CREATE DEFINER=`root`@`localhost` FUNCTION `modes`() RETURNS int DETERMINISTIC RETURN 1"
-- finding [mysql]: sql_mode of function `shop`.`modes` is "ANSI_QUOTES", was "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"

-- mutation: as whom a procedure runs
ALTER PROCEDURE guarded SQL SECURITY INVOKER;
-- undo
ALTER PROCEDURE guarded SQL SECURITY DEFINER;
-- finding: definition of procedure `shop`.`guarded` is "CREATE DEFINER=`root`@`localhost` PROCEDURE `guarded`() SQL SECURITY INVOKER SELECT 1", was "CREATE DEFINER=`root`@`localhost` PROCEDURE `guarded`() SELECT 1"

-- mutation: a procedure's definer
DROP PROCEDURE defined; CREATE DEFINER=app@localhost PROCEDURE defined() SELECT 1;
-- undo
DROP PROCEDURE defined; CREATE PROCEDURE defined() SELECT 1;
-- finding: definer of procedure `shop`.`defined` is "app@localhost", was "root@localhost"
-- finding: definition of procedure `shop`.`defined` is "CREATE DEFINER=`app`@`localhost` PROCEDURE `defined`() SELECT 1", was "CREATE DEFINER=`root`@`localhost` PROCEDURE `defined`() SELECT 1"

-- mutation: a procedure's comment
ALTER PROCEDURE remarked COMMENT 'of theirs';
-- undo
ALTER PROCEDURE remarked COMMENT 'of ours';
-- finding: definition of procedure `shop`.`remarked` is "CREATE DEFINER=`root`@`localhost` PROCEDURE `remarked`() COMMENT 'of theirs' SELECT 1", was "CREATE DEFINER=`root`@`localhost` PROCEDURE `remarked`() COMMENT 'of ours' SELECT 1"

-- mutation: the collation that a procedure was made with
SET NAMES utf8mb4 COLLATE utf8mb4_bin; DROP PROCEDURE collated; CREATE PROCEDURE collated() SELECT 'a' = 'A';
-- undo
DROP PROCEDURE collated; CREATE PROCEDURE collated() SELECT 'a' = 'A';
-- finding [mariadb 10]: connection's collation of procedure `shop`.`collated` is "utf8mb4_bin", was "utf8mb4_general_ci"
-- finding [mysql]: connection's collation of procedure `shop`.`collated` is "utf8mb4_bin", was "utf8mb4_general_ci"
-- finding [mariadb 11]: connection's collation of procedure `shop`.`collated` is "utf8mb4_bin", was "utf8mb4_uca1400_ai_ci"

-- mutation: a procedure's parameter
DROP PROCEDURE parameters; CREATE PROCEDURE parameters(IN a BIGINT) SELECT a;
-- undo
DROP PROCEDURE parameters; CREATE PROCEDURE parameters(IN a INT) SELECT a;
-- finding: definition of procedure `shop`.`parameters` is "CREATE DEFINER=`root`@`localhost` PROCEDURE `parameters`(IN a BIGINT) SELECT a", was "CREATE DEFINER=`root`@`localhost` PROCEDURE `parameters`(IN a INT) SELECT a"

-- mutation: an event that does not run
ALTER EVENT nightly DISABLE;
-- undo
ALTER EVENT nightly ENABLE;
-- finding: definition of event `shop`.`nightly` is "...0' ON COMPLETION NOT PRESERVE DISABLE DO DELETE FROM log", was "...0' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM log"

-- mutation: when an event runs
ALTER EVENT hourly ON SCHEDULE EVERY 2 HOUR STARTS '2031-01-01 00:00:00';
-- undo
ALTER EVENT hourly ON SCHEDULE EVERY 1 HOUR STARTS '2031-01-01 00:00:00';
-- finding: definition of event `shop`.`hourly` is "...NT `hourly` ON SCHEDULE EVERY 2 HOUR STARTS '2031-01-01 00:00...", was "...NT `hourly` ON SCHEDULE EVERY 1 HOUR STARTS '2031-01-01 00:00..."

-- mutation: what an event does
ALTER EVENT once DO DELETE FROM log WHERE id < 5;
-- undo
ALTER EVENT once DO DELETE FROM log;
-- finding: definition of event `shop`.`once` is "...ERVE ENABLE DO DELETE FROM log WHERE id < 5", was "...ERVE ENABLE DO DELETE FROM log"

-- mutation: an event that is gone when it ran
ALTER EVENT kept ON COMPLETION NOT PRESERVE;
-- undo
ALTER EVENT kept ON COMPLETION PRESERVE;
-- finding: definition of event `shop`.`kept` is "...05-05 05:05:05' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM...", was "...05-05 05:05:05' ON COMPLETION PRESERVE ENABLE DO DELETE FROM..."

-- mutation: an event's time zone
SET time_zone = '+03:00'; DROP EVENT zoned; CREATE EVENT zoned ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' DO DELETE FROM log;
-- undo
DROP EVENT zoned; CREATE EVENT zoned ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' DO DELETE FROM log;
-- finding: time zone of event `shop`.`zoned` is "+03:00", was "SYSTEM"

-- mutation: a package's body
-- needs: mariadb
SET sql_mode = 'ORACLE'; CREATE OR REPLACE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 2; END; END;
-- undo
SET sql_mode = 'ORACLE'; CREATE OR REPLACE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; END;
-- finding: definition of package body `shop`.`tools` is "...ne RETURN INT AS BEGIN RETURN 2; END; END", was "...ne RETURN INT AS BEGIN RETURN 1; END; END"
