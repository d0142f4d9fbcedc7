// Names around a table that is restored under another one.
#include "engine/mysql/table_names.h"

#include <gtest/gtest.h>

namespace vya::mysql {
namespace {

TEST(MysqlTableNames, FollowTheTableWhereTheyBeginWithItsName) {
  EXPECT_EQ(named_after("orders_ibfk_1", "orders", "kept"), "kept_ibfk_1");
  EXPECT_EQ(named_after("orders", "orders", "kept"), "kept");
  EXPECT_EQ(named_after("ordersum", "orders", "kept"), "ordersum");
  EXPECT_EQ(named_after("fk_orders", "orders", "kept"), "fk_orders");
}

TEST(MysqlTableNames, AreCutBetweenCharacters) {
  const std::string longest = std::string(63, 'a') + "ä";
  EXPECT_EQ(named_after("t_chk_1", "t", longest), std::string(58, 'a') + "_chk_1");
  EXPECT_EQ(with_table("ää" + std::string(62, 'b'), std::string(61, 'c')),
            "ää_" + std::string(61, 'c'));
}

TEST(MysqlTableNames, AreChangedWhereDefinitionsNameTablesAndConstraints) {
  const std::string definition =
      "CREATE TABLE `orders` (\n  `orders` int DEFAULT nextval(`shop`.`numbers`) COMMENT '`orders` "
      "REFERENCES `orders`',\n  KEY `orders` (`orders`),\n  CONSTRAINT `a` FOREIGN KEY (`orders`) "
      "REFERENCES `orders` (`orders`),\n  CONSTRAINT `b` FOREIGN KEY (`orders`) REFERENCES "
      "`other`.`orders` (`orders`),\n  CONSTRAINT `c` CHECK (`orders` > 0)\n) ENGINE=InnoDB";

  EXPECT_EQ(with_new_names(definition, "shop", {{"orders", "new`"}, {"numbers", "n"}},
                           {{"a", "x"}, {"c", "z"}}),
            "CREATE TABLE `new``` (\n  `orders` int DEFAULT nextval(`shop`.`n`) COMMENT '`orders` "
            "REFERENCES `orders`',\n  KEY `orders` (`orders`),\n  CONSTRAINT `x` FOREIGN KEY "
            "(`orders`) REFERENCES `new``` (`orders`),\n  CONSTRAINT `b` FOREIGN KEY (`orders`) "
            "REFERENCES `other`.`orders` (`orders`),\n  CONSTRAINT `z` CHECK (`orders` > 0)\n) "
            "ENGINE=InnoDB");
  EXPECT_EQ(with_new_names("CREATE SEQUENCE `s` start with 1", "shop", {{"s", "t"}}, {}),
            "CREATE SEQUENCE `t` start with 1");
}

std::string renamed(const std::string& definition, const std::string& sql_mode = "") {
  SchemaObject trigger{.type = "trigger",
                       .name = "old",
                       .definition = definition,
                       .table = "orders",
                       .sql_mode = sql_mode};
  rename_trigger(trigger, "new", "kept");
  return trigger.definition;
}

TEST(MysqlTableNames, AreChangedInTheHeadsOfTriggersAsTheirAuthorsWroteThem) {
  EXPECT_EQ(renamed("CREATE DEFINER=`root`@`localhost` TRIGGER `old` BEFORE INSERT ON `orders` FOR "
                    "EACH ROW SET NEW.a = 'on orders'"),
            "CREATE DEFINER=`root`@`localhost` TRIGGER `new` BEFORE INSERT ON `kept` FOR EACH ROW "
            "SET NEW.a = 'on orders'");
  EXPECT_EQ(renamed("CREATE DEFINER=x trigger if not exists shop.old after delete on shop . orders "
                    "for each row begin end"),
            "CREATE DEFINER=x trigger if not exists shop.`new` after delete on shop . `kept` for "
            "each row begin end");
  EXPECT_EQ(renamed("CREATE TRIGGER \"old\" BEFORE UPDATE /* on x */ ON \"orders\" FOR EACH ROW "
                    "SET @a = 1",
                    "ANSI_QUOTES"),
            "CREATE TRIGGER `new` BEFORE UPDATE /* on x */ ON `kept` FOR EACH ROW SET @a = 1");
}

std::string named(const std::string& body) {
  return named_in_body(
      {.type = "trigger",
       .name = "t",
       .definition = "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW " + body,
       .table = "orders"},
      "shop", {"orders"});
}

TEST(MysqlTableNames, AreFoundInBodiesOfTriggers) {
  EXPECT_EQ(named("INSERT INTO log SELECT COUNT(*) FROM Orders"), "orders");
  EXPECT_EQ(named("DELETE FROM `shop`.`orders`"), "orders");
  EXPECT_EQ(named("SET NEW.a = 'orders' -- orders"), "");
  EXPECT_EQ(named("SET NEW.orders = other.orders"), "");
}

}  // namespace
}  // namespace vya::mysql
