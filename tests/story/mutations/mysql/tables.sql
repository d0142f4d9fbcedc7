-- Tables, columns, keys.
-- mutation: a column's type
ALTER TABLE c_type MODIFY total DECIMAL(12,2);
-- undo
ALTER TABLE c_type MODIFY total DECIMAL(10,2);

-- mutation: a column's length
ALTER TABLE c_length MODIFY code VARCHAR(30);
-- undo
ALTER TABLE c_length MODIFY code VARCHAR(20);

-- mutation: a column without a sign
ALTER TABLE c_unsigned MODIFY n INT UNSIGNED;
-- undo
ALTER TABLE c_unsigned MODIFY n INT;

-- mutation: a column's default
ALTER TABLE c_default ALTER state SET DEFAULT 'old';
-- undo
ALTER TABLE c_default ALTER state SET DEFAULT 'new';

-- mutation: a column without its default
ALTER TABLE c_default_gone MODIFY state VARCHAR(9);
-- undo
ALTER TABLE c_default_gone MODIFY state VARCHAR(9) DEFAULT 'new';

-- mutation: a column that is set by updates
ALTER TABLE c_on_update MODIFY at_time DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;
-- undo
ALTER TABLE c_on_update MODIFY at_time DATETIME DEFAULT CURRENT_TIMESTAMP;

-- mutation: a column's character set
ALTER TABLE c_charset MODIFY name VARCHAR(20) CHARACTER SET latin1;
-- undo
ALTER TABLE c_charset MODIFY name VARCHAR(20);

-- mutation: a column's collation
ALTER TABLE c_collation MODIFY name VARCHAR(20) COLLATE utf8mb4_bin;
-- undo
ALTER TABLE c_collation MODIFY name VARCHAR(20);

-- mutation: a column that may not be null
ALTER TABLE c_not_null MODIFY name VARCHAR(20) NOT NULL;
-- undo
ALTER TABLE c_not_null MODIFY name VARCHAR(20);

-- mutation: a column more
ALTER TABLE c_added ADD extra INT;
-- undo
ALTER TABLE c_added DROP extra;

-- mutation: a column less
ALTER TABLE c_dropped DROP name;
-- undo
ALTER TABLE c_dropped ADD name VARCHAR(20);

-- mutation: a column's name
ALTER TABLE c_renamed CHANGE name title VARCHAR(20);
-- undo
ALTER TABLE c_renamed CHANGE title name VARCHAR(20);

-- mutation: the order of columns
ALTER TABLE c_order MODIFY b INT AFTER id;
-- undo
ALTER TABLE c_order MODIFY b INT AFTER a;

-- mutation: a generated column's expression
ALTER TABLE c_generated MODIFY b INT AS (a * 3) STORED;
-- undo
ALTER TABLE c_generated MODIFY b INT AS (a * 2) STORED;

-- mutation: a generated column that is stored
ALTER TABLE c_virtual DROP b, ADD b INT AS (a * 2) STORED;
-- undo
ALTER TABLE c_virtual DROP b, ADD b INT AS (a * 2) VIRTUAL;

-- mutation: an invisible column
ALTER TABLE c_invisible MODIFY a INT INVISIBLE;
-- undo
ALTER TABLE c_invisible MODIFY a INT;

-- mutation: a column's comment
ALTER TABLE c_comment MODIFY a INT COMMENT 'how much';
-- undo
ALTER TABLE c_comment MODIFY a INT COMMENT 'how many';

-- mutation: a value of an enum
ALTER TABLE c_enum MODIFY e ENUM('a', 'c');
-- undo
ALTER TABLE c_enum MODIFY e ENUM('a', 'b');

-- mutation: a column that counts
ALTER TABLE c_increment MODIFY id INT AUTO_INCREMENT;
-- undo
ALTER TABLE c_increment MODIFY id INT NOT NULL;

-- mutation: a table's comment
ALTER TABLE t_comment COMMENT = 'what there was';
-- undo
ALTER TABLE t_comment COMMENT = 'what there is';

-- mutation: a table's engine
ALTER TABLE t_engine ENGINE = MyISAM;
-- undo
ALTER TABLE t_engine ENGINE = InnoDB;

-- mutation: a table's row format
ALTER TABLE t_format ROW_FORMAT = COMPACT;
-- undo
ALTER TABLE t_format ROW_FORMAT = DYNAMIC;

-- mutation: a table's character set
ALTER TABLE t_charset DEFAULT CHARACTER SET latin1;
-- undo
ALTER TABLE t_charset DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- mutation: a table's options
ALTER TABLE t_stats STATS_PERSISTENT = 0;
-- undo
ALTER TABLE t_stats STATS_PERSISTENT = 1;

-- mutation: a partition's bound
ALTER TABLE t_parted REORGANIZE PARTITION high INTO (PARTITION high VALUES LESS THAN (30));
-- undo
ALTER TABLE t_parted PARTITION BY RANGE (id) (PARTITION low VALUES LESS THAN (10), PARTITION high VALUES LESS THAN (20));

-- mutation: the number of partitions
ALTER TABLE t_hashed PARTITION BY HASH (id) PARTITIONS 3;
-- undo
ALTER TABLE t_hashed PARTITION BY HASH (id) PARTITIONS 2;

-- mutation: a table is gone
DROP TABLE t_gone;
-- undo
CREATE TABLE t_gone (id INT PRIMARY KEY);

-- mutation: a table's name
RENAME TABLE t_renamed TO t_named;
-- undo
RENAME TABLE t_named TO t_renamed;

-- mutation: a primary key is gone
ALTER TABLE keyless DROP PRIMARY KEY;
-- undo
ALTER TABLE keyless ADD PRIMARY KEY (id);

-- mutation: a table with history
-- needs: mariadb
ALTER TABLE unversioned ADD SYSTEM VERSIONING;
-- undo
ALTER TABLE unversioned DROP SYSTEM VERSIONING;

-- mutation: an index that is not used
-- needs: mariadb
ALTER TABLE ignored ALTER INDEX by_a IGNORED;
-- undo
ALTER TABLE ignored ALTER INDEX by_a NOT IGNORED;

-- mutation: a period
-- needs: mariadb
ALTER TABLE periods ADD PERIOD FOR stay (since, until);
-- undo
ALTER TABLE periods DROP PERIOD FOR stay, MODIFY since DATE, MODIFY until DATE;

-- mutation: a sequence's bounds
-- needs: mariadb
ALTER SEQUENCE cycling MAXVALUE 200;
-- undo
ALTER SEQUENCE cycling MAXVALUE 100;

-- mutation: an index that is not seen
-- needs: mysql
ALTER TABLE unseen ALTER INDEX by_a INVISIBLE;
-- undo
ALTER TABLE unseen ALTER INDEX by_a VISIBLE;

-- mutation: an index of an expression
-- needs: mysql
ALTER TABLE functional DROP KEY low, ADD KEY low ((UPPER(t)));
-- undo
ALTER TABLE functional DROP KEY low, ADD KEY low ((LOWER(t)));

-- mutation: a check that is not enforced
-- needs: mysql
ALTER TABLE enforced ALTER CHECK c NOT ENFORCED;
-- undo
ALTER TABLE enforced ALTER CHECK c ENFORCED;

-- mutation: a default that is an expression
-- needs: mysql
ALTER TABLE computed_default ALTER j SET DEFAULT (JSON_ARRAY(2));
-- undo
ALTER TABLE computed_default ALTER j SET DEFAULT (JSON_ARRAY(1));

-- mutation: a spatial reference system
-- needs: mysql
ALTER TABLE on_earth MODIFY p POINT NOT NULL SRID 0;
-- undo
ALTER TABLE on_earth MODIFY p POINT NOT NULL SRID 4326;

-- mutation: a database's character set
ALTER DATABASE crm CHARACTER SET utf8mb4;
-- undo
ALTER DATABASE crm CHARACTER SET latin1;

-- mutation: a database is new
CREATE DATABASE lab CHARACTER SET latin1;
-- undo
DROP DATABASE lab;
