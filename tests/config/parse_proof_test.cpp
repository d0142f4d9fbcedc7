// How backups are proven: drills, checks, targets.
#include <gtest/gtest.h>

#include "tests/config/parsed.h"

namespace vya {
namespace {

TEST(ParseConfig, ReadsHowBackupsAreProven) {
  const Config config = parse_config(R"(
repository: /backups
drill: {folder: scratch, programs: [/opt/pg17/bin, more]}
instances:
  shop:
    engine: postgresql
    host: db1
    rpo: 2d
    rto: 30m
    drill:
      server: spare
      databases: [shop, "crm*"]
      checks:
        - {name: orders, database: shop, as: app, sql: SELECT 1, expect: 1}
        - {sql: SELECT 2, at_least: 1.5, at_most: 1e3}
        - {name: closed, as: app, sql: SELECT 3, refused: true}
)",
                                     kFile);

  EXPECT_EQ(config.drill.folder, "/etc/vya/scratch");
  EXPECT_EQ(config.drill.programs, (std::vector<std::string>{"/opt/pg17/bin", "/etc/vya/more"}));
  const Instance& shop = config.instance("shop");
  EXPECT_EQ(shop.rpo, std::chrono::hours(48));
  EXPECT_EQ(shop.rto, std::chrono::minutes(30));
  EXPECT_EQ(shop.drill.server, "spare");
  EXPECT_EQ(shop.drill.databases, (std::vector<std::string>{"shop", "crm*"}));
  ASSERT_EQ(shop.drill.checks.size(), 3U);
  EXPECT_EQ(shop.drill.checks[0].account, "app");
  EXPECT_EQ(shop.drill.checks[0].expect, "1");
  EXPECT_EQ(shop.drill.checks[1].name, "SELECT 2") << "a check without a name has its statement's";
  EXPECT_EQ(shop.drill.checks[1].at_least, 1.5);
  EXPECT_EQ(shop.drill.checks[1].at_most, 1000);
  EXPECT_TRUE(shop.drill.checks[2].refused);
}

TEST(ParseConfig, RefusesChecksThatCannotBeAnswered) {
  const auto of_check = [](const std::string& check) {
    return complaints(with("drill: {checks: [" + check + "]}"));
  };
  EXPECT_EQ(of_check("{name: n}"),
            "v:6: instances.shop.drill.checks[0]: the key 'sql' is missing; write the statement to "
            "run");
  EXPECT_EQ(of_check("{sql: s, expect: 1, at_most: 2}"),
            "v:6: instances.shop.drill.checks[0]: has both 'expect' and a range; keep one of them");
  EXPECT_EQ(of_check("{sql: s, as: a, refused: true, at_most: 2}"),
            "v:6: instances.shop.drill.checks[0]: is to be refused, and then has no answer; remove "
            "'expect' and the range");
  EXPECT_EQ(of_check("{sql: s, refused: true}"),
            "v:6: instances.shop.drill.checks[0]: is to be refused, but not to whom; write the "
            "account in the key 'as'");
  EXPECT_EQ(of_check("{sql: s, at_least: 3, at_most: 2}"),
            "v:6: instances.shop.drill.checks[0]: has an empty range; exchange 'at_least' and "
            "'at_most'");
  EXPECT_EQ(of_check("{sql: s, at_least: many}"),
            "v:6: instances.shop.drill.checks[0].at_least: 'many' is no number; write one, such as "
            "1000");
  EXPECT_EQ(of_check("{sql: s}, {sql: s}"),
            "v:6: instances.shop.drill.checks[1]: another check has this name; give it one of its "
            "own in the key 'name'");
  EXPECT_EQ(of_check("{sql: s, expct: 1}"),
            "v:6: instances.shop.drill.checks[0]: unknown key 'expct'; did you mean 'expect'?");
  EXPECT_EQ(complaints(with("drill: {checks: {sql: s}}")),
            "v:6: instances.shop.drill.checks: is a map; write a list");
  EXPECT_EQ(complaints(with("drill: {options: [-c fsync]}")),
            "v:6: instances.shop.drill.options: '-c fsync' is no option of a server; write "
            "NAME=VALUE");
  EXPECT_EQ(complaints(with("drill: {server: spare, options: [a=b]}")),
            "v:6: instances.shop.drill: 'options' are of a server that is started; remove them or "
            "the key 'server'");
  EXPECT_EQ(
      complaints(with("rpo: soon")),
      "v:6: instances.shop.rpo: 'soon' is no duration; write a number with s, m, h or d, such "
      "as 30m or 7d, at most 366d");
}

}  // namespace
}  // namespace vya
