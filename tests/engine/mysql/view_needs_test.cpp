// What the texts of views name.
#include "engine/mysql/view_needs.h"

#include <gtest/gtest.h>

namespace vya::mysql {
namespace {

ViewNeeds needs(const std::string& select) {
  return needs_of({.type = "view",
                   .name = "v",
                   .definition = "CREATE ALGORITHM=UNDEFINED DEFINER=`a`@`b` SQL SECURITY DEFINER "
                                 "VIEW `v` AS " +
                                 select},
                  "shop");
}

TEST(MysqlViewNeeds, AreTablesBehindFromAndJoin) {
  const ViewNeeds found = needs(
      "select `a`.`id` AS `id`,`shop`.`t`.`x` AS `x` from ((`t` `a` join `far`.`t` on((`a`.`y` = "
      "'from `z`'))) left join (select `q`.`w` AS `w` from `q`) `d` on(true)) where "
      "extract(year from `a`.`day`) = 2026");

  EXPECT_EQ(found.relations, (std::set<ObjectName>{{"far", "t"}, {"shop", "q"}, {"shop", "t"}}));
  EXPECT_EQ(found.columns, (std::set<std::string>{"day", "id", "w", "x", "y"}));
  EXPECT_TRUE(found.functions.empty());
}

TEST(MysqlViewNeeds, AreFunctionsWithTheirArguments) {
  const ViewNeeds found =
      needs("select `f`(`a`.`x`,concat(1,2)) AS `f`,`far`.`g`() AS `g`,upper('x') AS `u`");

  EXPECT_EQ(found.functions,
            (std::map<ObjectName, std::size_t>{{{"far", "g"}, 0}, {{"shop", "f"}, 2}}));
  EXPECT_TRUE(found.relations.empty());
}

}  // namespace
}  // namespace vya::mysql
