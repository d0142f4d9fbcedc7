#include "engine/mysql/stored_object.h"

#include <gtest/gtest.h>

#include "engine/mysql/row_form.h"

namespace vya::mysql {
namespace {

SchemaObject view(const std::string& name, const std::string& definition) {
  return {.type = "view", .name = name, .definition = definition};
}

TEST(StoredObject, ViewsComeAfterThoseThatTheyAreMadeOf) {
  BackupModel backup;
  DatabaseModel& database = backup.databases.emplace_back();
  database.objects = {view("a", "CREATE VIEW `a` AS select `z`.`i` from `z`"),
                      view("m", "CREATE VIEW `m` AS select 'a', `m`.`i` from `t` `m`"),
                      view("z", "CREATE VIEW `z` AS select `m`.`i` from `m`")};

  std::string order;
  for (const auto& [of, object] : views_in_order(backup)) order += object->name;

  EXPECT_EQ(order, "mza");
}

TEST(StoredObject, AnEventIsDisabledInItsStateAlone) {
  const SchemaObject event{
      .type = "event",
      .name = "e",
      .definition =
          "CREATE EVENT `ENABLE` ON SCHEDULE EVERY 1 DAY ON COMPLETION NOT PRESERVE ENABLE "
          "COMMENT 'PRESERVE ENABLE' DO SELECT ENABLE"};

  EXPECT_EQ(disabled(event),
            "CREATE EVENT `ENABLE` ON SCHEDULE EVERY 1 DAY ON COMPLETION NOT PRESERVE DISABLE "
            "COMMENT 'PRESERVE ENABLE' DO SELECT ENABLE");
  SchemaObject off = event;
  off.definition =
      "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY ON COMPLETION PRESERVE DISABLE DO "
      "SELECT PRESERVE ENABLE";
  EXPECT_EQ(disabled(off), std::nullopt);
}

TEST(StoredObject, AnotherAccountStandsForADefiner) {
  SchemaObject object{.type = "procedure",
                      .name = "p",
                      .definition =
                          "CREATE DEFINER=`app`@`%` PROCEDURE `p`() SELECT "
                          "'DEFINER=`app`@`%`'",
                      .definer = "app@%"};
  EXPECT_EQ(definer_clause(object), "`app`@`%`");

  map_definer(object, {{"app@%", "sh`op@10.%"}});

  EXPECT_EQ(object.definition,
            "CREATE DEFINER=`sh``op`@`10.%` PROCEDURE `p`() SELECT 'DEFINER=`app`@`%`'");
  EXPECT_EQ(object.definer, "sh`op@10.%");
}

TEST(RowForm, GivesColumnsAnExpressionWhereTheirBytesAreNotTheValue) {
  const Table table{.columns = {"k", "e", "j", "until"}};
  const auto columns = loaded_columns(table,
                                      {{"k", "int", std::nullopt, false},
                                       {"e", "enum('a')", "gbk", false},
                                       {"j", "json", std::nullopt, false},
                                       {"until", "timestamp(6)", std::nullopt, true}},
                                      RowEnd{"until", "2106-02-07 06:28:15.999999"});

  EXPECT_EQ(
      load_statement("rows", "`d`.`t`", columns),
      "LOAD DATA LOCAL INFILE 'rows' INTO TABLE `d`.`t` CHARACTER SET binary FIELDS TERMINATED "
      "BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (`k`, @v1, @v2, @v3) SET `e` = "
      "CAST(@v1 AS CHAR CHARACTER SET gbk), `j` = CONVERT(@v2 USING utf8mb4), `until` = IF(@v3 "
      "IN ('2038-01-19 03:14:07.999999', '2106-02-07 06:28:15.999999'), '2106-02-07 "
      "06:28:15.999999', @v3)");
  EXPECT_EQ(row_values("1\t\\N\t\"a'\\\\\"\tx", columns),
            "(_binary'1',CAST(NULL AS CHAR CHARACTER SET gbk),CONVERT(_binary'\"a\\'\\\\\"' USING "
            "utf8mb4),IF(_binary'x' IN ('2038-01-19 03:14:07.999999', '2106-02-07 "
            "06:28:15.999999'), '2106-02-07 06:28:15.999999', _binary'x'))");
}

}  // namespace
}  // namespace vya::mysql
