// Definitions of tables without the places of their files.
#include "engine/mysql/table_place.h"

#include <gtest/gtest.h>

namespace vya::mysql {
namespace {

TEST(MysqlTablePlace, IsTakenOutOfTheTableAndItsPartitions) {
  EXPECT_EQ(without_place("CREATE TABLE `t` (\n  `a` int COMMENT 'DATA DIRECTORY=''x''',\n  KEY "
                          "`DATA` (`a`)\n) ENGINE=InnoDB DATA DIRECTORY='/a b/' INDEX "
                          "DIRECTORY='/c' COMMENT='TABLESPACE'\n PARTITION BY RANGE (`a`)\n"
                          "(PARTITION `p` VALUES LESS THAN (5) DATA DIRECTORY = '/d' ENGINE = "
                          "InnoDB)"),
            "CREATE TABLE `t` (\n  `a` int COMMENT 'DATA DIRECTORY=''x''',\n  KEY `DATA` (`a`)\n) "
            "ENGINE=InnoDB COMMENT='TABLESPACE'\n PARTITION BY RANGE (`a`)\n(PARTITION `p` VALUES "
            "LESS THAN (5) ENGINE = InnoDB)");
  EXPECT_EQ(without_place("CREATE TABLE `t` (\n  `a` int\n) /*!50100 TABLESPACE `s` */ "
                          "ENGINE=InnoDB"),
            "CREATE TABLE `t` (\n  `a` int\n) /*!50100 */ ENGINE=InnoDB");
}

}  // namespace
}  // namespace vya::mysql
