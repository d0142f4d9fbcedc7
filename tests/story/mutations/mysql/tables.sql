-- Tables, columns, keys.
-- mutation: a column's type
ALTER TABLE c_type MODIFY total DECIMAL(12,2);
-- undo
ALTER TABLE c_type MODIFY total DECIMAL(10,2);
-- finding [mariadb]: definition of table `shop`.`c_type` is "...1) NOT NULL, `total` decimal(12,2) DEFAULT NULL, PRIMARY KEY ...", was "...1) NOT NULL, `total` decimal(10,2) DEFAULT NULL, PRIMARY KEY ..."
-- finding: table `shop`.`c_type` lacks column `total` decimal(10,2)
-- finding: table `shop`.`c_type` has column `total` decimal(12,2), which was not there
-- finding [mysql]: definition of table `shop`.`c_type` is "...nt NOT NULL, `total` decimal(12,2) DEFAULT NULL, PRIMARY KEY ...", was "...nt NOT NULL, `total` decimal(10,2) DEFAULT NULL, PRIMARY KEY ..."

-- mutation: a column's length
ALTER TABLE c_length MODIFY code VARCHAR(30);
-- undo
ALTER TABLE c_length MODIFY code VARCHAR(20);
-- finding [mariadb]: definition of table `shop`.`c_length` is "...(11) NOT NULL, `code` varchar(30) DEFAULT NULL, PRIMARY KEY (...", was "...(11) NOT NULL, `code` varchar(20) DEFAULT NULL, PRIMARY KEY (..."
-- finding: table `shop`.`c_length` lacks column `code` varchar(20)
-- finding: table `shop`.`c_length` has column `code` varchar(30), which was not there
-- finding [mysql]: definition of table `shop`.`c_length` is "... int NOT NULL, `code` varchar(30) COLLATE utf8mb4_general_ci ...", was "... int NOT NULL, `code` varchar(20) COLLATE utf8mb4_general_ci ..."

-- mutation: a column without a sign
ALTER TABLE c_unsigned MODIFY n INT UNSIGNED;
-- undo
ALTER TABLE c_unsigned MODIFY n INT;
-- finding [mariadb]: definition of table `shop`.`c_unsigned` is "...d` int(11) NOT NULL, `n` int(10) unsigned DEFAULT NULL, PRIMARY KEY (`i...", was "...d` int(11) NOT NULL, `n` int(11) DEFAULT NULL, PRIMARY KEY (`i..."
-- finding [mariadb]: table `shop`.`c_unsigned` lacks column `n` int(11)
-- finding [mariadb]: table `shop`.`c_unsigned` has column `n` int(10) unsigned, which was not there
-- finding [mysql]: definition of table `shop`.`c_unsigned` is "... ( `id` int NOT NULL, `n` int unsigned DEFAULT NULL, PRIMARY KEY (`id...", was "... ( `id` int NOT NULL, `n` int DEFAULT NULL, PRIMARY KEY (`id..."
-- finding [mysql]: table `shop`.`c_unsigned` lacks column `n` int
-- finding [mysql]: table `shop`.`c_unsigned` has column `n` int unsigned, which was not there

-- mutation: a column's default
ALTER TABLE c_default ALTER state SET DEFAULT 'old';
-- undo
ALTER TABLE c_default ALTER state SET DEFAULT 'new';
-- finding [mariadb]: definition of table `shop`.`c_default` is "..., `state` varchar(9) DEFAULT 'old', PRIMARY KEY (`id`) ) ENGINE...", was "..., `state` varchar(9) DEFAULT 'new', PRIMARY KEY (`id`) ) ENGINE..."
-- finding [mysql]: definition of table `shop`.`c_default` is "...E utf8mb4_general_ci DEFAULT 'old', PRIMARY KEY (`id`) ) ENGINE...", was "...E utf8mb4_general_ci DEFAULT 'new', PRIMARY KEY (`id`) ) ENGINE..."

-- mutation: a column without its default
ALTER TABLE c_default_gone MODIFY state VARCHAR(9);
-- undo
ALTER TABLE c_default_gone MODIFY state VARCHAR(9) DEFAULT 'new';
-- finding [mariadb]: definition of table `shop`.`c_default_gone` is "...L, `state` varchar(9) DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=...", was "...L, `state` varchar(9) DEFAULT 'new', PRIMARY KEY (`id`) ) ENGINE=..."
-- finding [mysql]: definition of table `shop`.`c_default_gone` is "...TE utf8mb4_general_ci DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=...", was "...TE utf8mb4_general_ci DEFAULT 'new', PRIMARY KEY (`id`) ) ENGINE=..."

-- mutation: a column that is set by updates
ALTER TABLE c_on_update MODIFY at_time DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;
-- undo
ALTER TABLE c_on_update MODIFY at_time DATETIME DEFAULT CURRENT_TIMESTAMP;
-- finding [mariadb]: definition of table `shop`.`c_on_update` is "...me DEFAULT current_timestamp() ON UPDATE current_timestamp(), PRIMARY KEY (`id`) ) ENGINE=...", was "...me DEFAULT current_timestamp(), PRIMARY KEY (`id`) ) ENGINE=..."
-- finding [mysql]: definition of table `shop`.`c_on_update` is "...time DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (`id`) ) ENGINE=...", was "...time DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (`id`) ) ENGINE=..."

-- mutation: a column's character set
ALTER TABLE c_charset MODIFY name VARCHAR(20) CHARACTER SET latin1;
-- undo
ALTER TABLE c_charset MODIFY name VARCHAR(20);
-- finding [mariadb]: definition of table `shop`.`c_charset` is "... NOT NULL, `name` varchar(20) COLLATE latin1_swedish_ci DEFAULT NULL, PRIMARY KEY (`id...", was "... NOT NULL, `name` varchar(20) DEFAULT NULL, PRIMARY KEY (`id..."
-- finding [mysql]: definition of table `shop`.`c_charset` is "...L, `name` varchar(20) COLLATE latin1_swedish_ci DEFAULT NULL, PRIMARY KEY ...", was "...L, `name` varchar(20) COLLATE utf8mb4_general_ci DEFAULT NULL, PRIMARY KEY ..."

-- mutation: a column's collation
ALTER TABLE c_collation MODIFY name VARCHAR(20) COLLATE utf8mb4_bin;
-- undo
ALTER TABLE c_collation MODIFY name VARCHAR(20);
-- finding [mariadb]: definition of table `shop`.`c_collation` is "... NOT NULL, `name` varchar(20) COLLATE utf8mb4_bin DEFAULT NULL, PRIMARY KEY (`id...", was "... NOT NULL, `name` varchar(20) DEFAULT NULL, PRIMARY KEY (`id..."
-- finding [mysql]: definition of table `shop`.`c_collation` is "...` varchar(20) COLLATE utf8mb4_bin DEFAULT NULL, PRIMARY KEY (`i...", was "...` varchar(20) COLLATE utf8mb4_general_ci DEFAULT NULL, PRIMARY KEY (`i..."

-- mutation: a column that may not be null
ALTER TABLE c_not_null MODIFY name VARCHAR(20) NOT NULL;
-- undo
ALTER TABLE c_not_null MODIFY name VARCHAR(20);
-- finding [mariadb]: definition of table `shop`.`c_not_null` is "... NOT NULL, `name` varchar(20) NOT NULL, PRIMARY KEY (`id`) ) E...", was "... NOT NULL, `name` varchar(20) DEFAULT NULL, PRIMARY KEY (`id`) ) E..."
-- finding [mysql]: definition of table `shop`.`c_not_null` is "...0) COLLATE utf8mb4_general_ci NOT NULL, PRIMARY KEY (`id`) ) E...", was "...0) COLLATE utf8mb4_general_ci DEFAULT NULL, PRIMARY KEY (`id`) ) E..."

-- mutation: a column more
ALTER TABLE c_added ADD extra INT;
-- undo
ALTER TABLE c_added DROP extra;
-- finding [mariadb]: definition of table `shop`.`c_added` is "...ded` ( `id` int(11) NOT NULL, `extra` int(11) DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=In...", was "...ded` ( `id` int(11) NOT NULL, PRIMARY KEY (`id`) ) ENGINE=In..."
-- finding [mariadb]: table `shop`.`c_added` has column `extra` int(11), which was not there
-- finding [mysql]: definition of table `shop`.`c_added` is "...c_added` ( `id` int NOT NULL, `extra` int DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=In...", was "...c_added` ( `id` int NOT NULL, PRIMARY KEY (`id`) ) ENGINE=In..."
-- finding [mysql]: table `shop`.`c_added` has column `extra` int, which was not there

-- mutation: a column less
ALTER TABLE c_dropped DROP name;
-- undo
ALTER TABLE c_dropped ADD name VARCHAR(20);
-- finding [mariadb]: definition of table `shop`.`c_dropped` is "...ped` ( `id` int(11) NOT NULL, PRIMARY KEY (`id`) ) ENGINE=In...", was "...ped` ( `id` int(11) NOT NULL, `name` varchar(20) DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=In..."
-- finding: table `shop`.`c_dropped` lacks column `name` varchar(20)
-- finding [mysql]: definition of table `shop`.`c_dropped` is "...dropped` ( `id` int NOT NULL, PRIMARY KEY (`id`) ) ENGINE=In...", was "...dropped` ( `id` int NOT NULL, `name` varchar(20) COLLATE utf8mb4_general_ci DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=In..."

-- mutation: a column's name
ALTER TABLE c_renamed CHANGE name title VARCHAR(20);
-- undo
ALTER TABLE c_renamed CHANGE title name VARCHAR(20);
-- finding [mariadb]: definition of table `shop`.`c_renamed` is "...ed` ( `id` int(11) NOT NULL, `title` varchar(20) DEFAULT NULL, P...", was "...ed` ( `id` int(11) NOT NULL, `name` varchar(20) DEFAULT NULL, P..."
-- finding: table `shop`.`c_renamed` lacks column `name` varchar(20)
-- finding: table `shop`.`c_renamed` has column `title` varchar(20), which was not there
-- finding [mysql]: definition of table `shop`.`c_renamed` is "...enamed` ( `id` int NOT NULL, `title` varchar(20) COLLATE utf8mb4...", was "...enamed` ( `id` int NOT NULL, `name` varchar(20) COLLATE utf8mb4..."

-- mutation: the order of columns
ALTER TABLE c_order MODIFY b INT AFTER id;
-- undo
ALTER TABLE c_order MODIFY b INT AFTER a;
-- finding [mariadb]: definition of table `shop`.`c_order` is "...er` ( `id` int(11) NOT NULL, `b` int(11) DEFAULT NULL, `a` int(11) DEFAULT NULL, PRIMAR...", was "...er` ( `id` int(11) NOT NULL, `a` int(11) DEFAULT NULL, `b` int(11) DEFAULT NULL, PRIMAR..."
-- finding [mysql]: definition of table `shop`.`c_order` is "..._order` ( `id` int NOT NULL, `b` int DEFAULT NULL, `a` int DEFAULT NULL, PRIMARY KE...", was "..._order` ( `id` int NOT NULL, `a` int DEFAULT NULL, `b` int DEFAULT NULL, PRIMARY KE..."

-- mutation: a generated column's expression
ALTER TABLE c_generated MODIFY b INT AS (a * 3) STORED;
-- undo
ALTER TABLE c_generated MODIFY b INT AS (a * 2) STORED;
-- finding [mariadb]: definition of table `shop`.`c_generated` is "...1) GENERATED ALWAYS AS (`a` * 3) STORED, PRIMARY KEY (`id`) )...", was "...1) GENERATED ALWAYS AS (`a` * 2) STORED, PRIMARY KEY (`id`) )..."
-- finding [mysql]: definition of table `shop`.`c_generated` is "...t GENERATED ALWAYS AS ((`a` * 3)) STORED, PRIMARY KEY (`id`) ...", was "...t GENERATED ALWAYS AS ((`a` * 2)) STORED, PRIMARY KEY (`id`) ..."

-- mutation: a generated column that is stored
ALTER TABLE c_virtual DROP b, ADD b INT AS (a * 2) STORED;
-- undo
ALTER TABLE c_virtual DROP b, ADD b INT AS (a * 2) VIRTUAL;
-- finding [mariadb]: definition of table `shop`.`c_virtual` is "...GENERATED ALWAYS AS (`a` * 2) STORED, PRIMARY KEY (`id`) ) ENGINE=...", was "...GENERATED ALWAYS AS (`a` * 2) VIRTUAL, PRIMARY KEY (`id`) ) ENGINE=..."
-- finding [mysql]: definition of table `shop`.`c_virtual` is "...NERATED ALWAYS AS ((`a` * 2)) STORED, PRIMARY KEY (`id`) ) ENGINE=...", was "...NERATED ALWAYS AS ((`a` * 2)) VIRTUAL, PRIMARY KEY (`id`) ) ENGINE=..."

-- mutation: an invisible column
ALTER TABLE c_invisible MODIFY a INT INVISIBLE;
-- undo
ALTER TABLE c_invisible MODIFY a INT;
-- finding [mariadb 10]: definition of table `shop`.`c_invisible` is "...int(11) NOT NULL, `a` int(11) INVISIBLE DEFAULT NULL, PRIMARY KEY (`id...", was "...int(11) NOT NULL, `a` int(11) DEFAULT NULL, PRIMARY KEY (`id..."
-- finding [mariadb 11]: definition of table `shop`.`c_invisible` is "...NULL, `a` int(11) DEFAULT NULL INVISIBLE, PRIMARY KEY (`id`) ) ENGINE=...", was "...NULL, `a` int(11) DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=..."
-- finding [mysql]: definition of table `shop`.`c_invisible` is "...NOT NULL, `a` int DEFAULT NULL /*!80023 INVISIBLE */, PRIMARY KEY (`id`) ) ENGINE=...", was "...NOT NULL, `a` int DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=..."

-- mutation: a column's comment
ALTER TABLE c_comment MODIFY a INT COMMENT 'how much';
-- undo
ALTER TABLE c_comment MODIFY a INT COMMENT 'how many';
-- finding [mariadb]: definition of table `shop`.`c_comment` is "...1) DEFAULT NULL COMMENT 'how much', PRIMARY KEY (`id`) ) ENGINE...", was "...1) DEFAULT NULL COMMENT 'how many', PRIMARY KEY (`id`) ) ENGINE..."
-- finding [mysql]: definition of table `shop`.`c_comment` is "...nt DEFAULT NULL COMMENT 'how much', PRIMARY KEY (`id`) ) ENGINE...", was "...nt DEFAULT NULL COMMENT 'how many', PRIMARY KEY (`id`) ) ENGINE..."

-- mutation: a value of an enum
ALTER TABLE c_enum MODIFY e ENUM('a', 'c');
-- undo
ALTER TABLE c_enum MODIFY e ENUM('a', 'b');
-- finding [mariadb]: definition of table `shop`.`c_enum` is "...t(11) NOT NULL, `e` enum('a','c') DEFAULT NULL, PRIMARY KEY (...", was "...t(11) NOT NULL, `e` enum('a','b') DEFAULT NULL, PRIMARY KEY (..."
-- finding: table `shop`.`c_enum` lacks column `e` enum('a','b')
-- finding: table `shop`.`c_enum` has column `e` enum('a','c'), which was not there
-- finding [mysql]: definition of table `shop`.`c_enum` is "...` int NOT NULL, `e` enum('a','c') COLLATE utf8mb4_general_ci ...", was "...` int NOT NULL, `e` enum('a','b') COLLATE utf8mb4_general_ci ..."

-- mutation: a column that counts
ALTER TABLE c_increment MODIFY id INT AUTO_INCREMENT;
-- undo
ALTER TABLE c_increment MODIFY id INT NOT NULL;
-- finding [mariadb]: definition of table `shop`.`c_increment` is "...ement` ( `id` int(11) NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`) ) ENGINE=...", was "...ement` ( `id` int(11) NOT NULL, PRIMARY KEY (`id`) ) ENGINE=..."
-- finding [mysql]: definition of table `shop`.`c_increment` is "...increment` ( `id` int NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`) ) ENGINE=...", was "...increment` ( `id` int NOT NULL, PRIMARY KEY (`id`) ) ENGINE=..."

-- mutation: a table's comment
ALTER TABLE t_comment COMMENT = 'what there was';
-- undo
ALTER TABLE t_comment COMMENT = 'what there is';
-- finding: definition of table `shop`.`t_comment` is "...eneral_ci COMMENT='what there was'", was "...eneral_ci COMMENT='what there is'"

-- mutation: a table's engine
ALTER TABLE t_engine ENGINE = MyISAM;
-- undo
ALTER TABLE t_engine ENGINE = InnoDB;
-- finding: definition of table `shop`.`t_engine` is "..., PRIMARY KEY (`id`) ) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COLLA...", was "..., PRIMARY KEY (`id`) ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLA..."

-- mutation: a table's row format
ALTER TABLE t_format ROW_FORMAT = COMPACT;
-- undo
ALTER TABLE t_format ROW_FORMAT = DYNAMIC;
-- finding: definition of table `shop`.`t_format` is "...utf8mb4_general_ci ROW_FORMAT=COMPACT", was "...utf8mb4_general_ci ROW_FORMAT=DYNAMIC"

-- mutation: a table's character set
ALTER TABLE t_charset DEFAULT CHARACTER SET latin1;
-- undo
ALTER TABLE t_charset DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
-- finding: collation of table `shop`.`t_charset` is "latin1_swedish_ci", was "utf8mb4_general_ci"
-- finding [mariadb]: definition of table `shop`.`t_charset` is "...ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci", was "...ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
-- finding [mysql]: definition of table `shop`.`t_charset` is "...ENGINE=InnoDB DEFAULT CHARSET=latin1", was "...ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"

-- mutation: a table's options
ALTER TABLE t_stats STATS_PERSISTENT = 0;
-- undo
ALTER TABLE t_stats STATS_PERSISTENT = 1;
-- finding: definition of table `shop`.`t_stats` is "...4_general_ci STATS_PERSISTENT=0", was "...4_general_ci STATS_PERSISTENT=1"

-- mutation: a partition's bound
ALTER TABLE t_parted REORGANIZE PARTITION high INTO (PARTITION high VALUES LESS THAN (30));
-- undo
ALTER TABLE t_parted PARTITION BY RANGE (id) (PARTITION low VALUES LESS THAN (10), PARTITION high VALUES LESS THAN (20));
-- finding [mariadb]: definition of table `shop`.`t_parted` is "...TION `high` VALUES LESS THAN (30) ENGINE = InnoDB)", was "...TION `high` VALUES LESS THAN (20) ENGINE = InnoDB)"
-- finding [mysql]: definition of table `shop`.`t_parted` is "...TITION high VALUES LESS THAN (30) ENGINE = InnoDB) */", was "...TITION high VALUES LESS THAN (20) ENGINE = InnoDB) */"

-- mutation: the number of partitions
ALTER TABLE t_hashed PARTITION BY HASH (id) PARTITIONS 3;
-- undo
ALTER TABLE t_hashed PARTITION BY HASH (id) PARTITIONS 2;
-- finding [mariadb]: definition of table `shop`.`t_hashed` is "...ION BY HASH (`id`) PARTITIONS 3", was "...ION BY HASH (`id`) PARTITIONS 2"
-- finding [mysql]: definition of table `shop`.`t_hashed` is "...ION BY HASH (`id`) PARTITIONS 3 */", was "...ION BY HASH (`id`) PARTITIONS 2 */"

-- mutation: a table is gone
DROP TABLE t_gone;
-- undo
CREATE TABLE t_gone (id INT PRIMARY KEY);
-- finding: table `shop`.`t_gone` is missing

-- mutation: a table's name
RENAME TABLE t_renamed TO t_named;
-- undo
RENAME TABLE t_named TO t_renamed;
-- finding: table `shop`.`t_named` was not there
-- finding: table `shop`.`t_renamed` is missing

-- mutation: a primary key is gone
ALTER TABLE keyless DROP PRIMARY KEY;
-- undo
ALTER TABLE keyless ADD PRIMARY KEY (id);
-- finding [mariadb]: definition of table `shop`.`keyless` is "...NULL, `n` int(11) DEFAULT NULL ) ENGINE=InnoDB DEFAULT CHARS...", was "...NULL, `n` int(11) DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=InnoDB DEFAULT CHARS..."
-- finding [mysql]: definition of table `shop`.`keyless` is "...NOT NULL, `n` int DEFAULT NULL ) ENGINE=InnoDB DEFAULT CHARS...", was "...NOT NULL, `n` int DEFAULT NULL, PRIMARY KEY (`id`) ) ENGINE=InnoDB DEFAULT CHARS..."

-- mutation: a table with history
-- needs: mariadb
ALTER TABLE unversioned ADD SYSTEM VERSIONING;
-- undo
ALTER TABLE unversioned DROP SYSTEM VERSIONING;
-- finding: definition of table `shop`.`unversioned` is "...mb4 COLLATE=utf8mb4_general_ci WITH SYSTEM VERSIONING", was "...mb4 COLLATE=utf8mb4_general_ci"

-- mutation: an index that is not used
-- needs: mariadb
ALTER TABLE ignored ALTER INDEX by_a IGNORED;
-- undo
ALTER TABLE ignored ALTER INDEX by_a NOT IGNORED;
-- finding: definition of table `shop`.`ignored` is "... KEY (`id`), KEY `by_a` (`a`) IGNORED ) ENGINE=InnoDB DEFAULT CHARSE...", was "... KEY (`id`), KEY `by_a` (`a`) ) ENGINE=InnoDB DEFAULT CHARSE..."

-- mutation: a period
-- needs: mariadb
ALTER TABLE periods ADD PERIOD FOR stay (since, until);
-- undo
ALTER TABLE periods DROP PERIOD FOR stay, MODIFY since DATE, MODIFY until DATE;
-- finding: definition of table `shop`.`periods` is "...1) DEFAULT NULL, `since` date NOT NULL, `until` date NOT NULL, PERIOD FOR `stay` (`since`, `until`) ) ENGINE=InnoDB DEFAULT CHARS...", was "...1) DEFAULT NULL, `since` date DEFAULT NULL, `until` date DEFAULT NULL ) ENGINE=InnoDB DEFAULT CHARS..."

-- mutation: a sequence's bounds
-- needs: mariadb
ALTER SEQUENCE cycling MAXVALUE 200;
-- undo
ALTER SEQUENCE cycling MAXVALUE 100;
-- finding: definition of sequence `shop`.`cycling` is "...rt with 1 minvalue 1 maxvalue 200 increment by 1 cache 1000 n...", was "...rt with 1 minvalue 1 maxvalue 100 increment by 1 cache 1000 n..."

-- mutation: an index that is not seen
-- needs: mysql
ALTER TABLE unseen ALTER INDEX by_a INVISIBLE;
-- undo
ALTER TABLE unseen ALTER INDEX by_a VISIBLE;
-- finding: definition of table `shop`.`unseen` is "... KEY (`id`), KEY `by_a` (`a`) /*!80000 INVISIBLE */ ) ENGINE=InnoDB DEFAULT CHARSE...", was "... KEY (`id`), KEY `by_a` (`a`) ) ENGINE=InnoDB DEFAULT CHARSE..."

-- mutation: an index of an expression
-- needs: mysql
ALTER TABLE functional DROP KEY low, ADD KEY low ((UPPER(t)));
-- undo
ALTER TABLE functional DROP KEY low, ADD KEY low ((LOWER(t)));
-- finding: definition of table `shop`.`functional` is "...IMARY KEY (`id`), KEY `low` ((upper(`t`))) ) ENGINE=InnoDB DEFA...", was "...IMARY KEY (`id`), KEY `low` ((lower(`t`))) ) ENGINE=InnoDB DEFA..."

-- mutation: a check that is not enforced
-- needs: mysql
ALTER TABLE enforced ALTER CHECK c NOT ENFORCED;
-- undo
ALTER TABLE enforced ALTER CHECK c ENFORCED;
-- finding: definition of table `shop`.`enforced` is "...STRAINT `c` CHECK ((`a` > 0)) /*!80016 NOT ENFORCED */ ) ENGINE=InnoDB DEFAULT CHARSE...", was "...STRAINT `c` CHECK ((`a` > 0)) ) ENGINE=InnoDB DEFAULT CHARSE..."

-- mutation: a default that is an expression
-- needs: mysql
ALTER TABLE computed_default ALTER j SET DEFAULT (JSON_ARRAY(2));
-- undo
ALTER TABLE computed_default ALTER j SET DEFAULT (JSON_ARRAY(1));
-- finding: definition of table `shop`.`computed_default` is "... `j` json DEFAULT (json_array(2)), PRIMARY KEY (`id`) ) ENGIN...", was "... `j` json DEFAULT (json_array(1)), PRIMARY KEY (`id`) ) ENGIN..."

-- mutation: a spatial reference system
-- needs: mysql
ALTER TABLE on_earth MODIFY p POINT NOT NULL SRID 0;
-- undo
ALTER TABLE on_earth MODIFY p POINT NOT NULL SRID 4326;
-- finding: definition of table `shop`.`on_earth` is "... point NOT NULL /*!80003 SRID 0 */, PRIMARY KEY (`id`) ) ENGI...", was "... point NOT NULL /*!80003 SRID 4326 */, PRIMARY KEY (`id`) ) ENGI..."

-- mutation: a database's character set
ALTER DATABASE crm CHARACTER SET utf8mb4;
-- undo
ALTER DATABASE crm CHARACTER SET latin1;
-- finding [mariadb 10]: collation of database `crm` is "utf8mb4_general_ci", was "latin1_swedish_ci"
-- finding [mariadb 11]: collation of database `crm` is "utf8mb4_uca1400_ai_ci", was "latin1_swedish_ci"
-- finding [mysql]: collation of database `crm` is "utf8mb4_0900_ai_ci", was "latin1_swedish_ci"
-- finding: character set of database `crm` is "utf8mb4", was "latin1"
-- finding [mariadb 10]: definition of database `crm` is "CREATE DATABASE `crm` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci */", was "CREATE DATABASE `crm` /*!40100 DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci */"
-- finding [mariadb 11]: definition of database `crm` is "CREATE DATABASE `crm` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci */", was "CREATE DATABASE `crm` /*!40100 DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci */"
-- finding [mysql]: definition of database `crm` is "...*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci */ /*!80016 DEFAULT ENCRYPTIO...", was "CREATE DATABASE `crm` /*!40100 DEFAULT CHARACTER SET latin1 */ /*!80016 DEFAULT ENCRYPTION='N' */"

-- mutation: a database is new
CREATE DATABASE lab CHARACTER SET latin1;
-- undo
DROP DATABASE lab;
-- finding: database `lab` was not there
