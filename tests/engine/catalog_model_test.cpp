#include "engine/catalog_model.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

std::vector<std::string> words(const CatalogModel& wanted, const CatalogModel& found) {
  std::vector<std::string> all;
  for (const CatalogDifference& difference : differences(wanted, found))
    all.push_back(where(difference) + " " + what(difference));
  return all;
}

using Words = std::vector<std::string>;

TEST(CatalogModel, IsTheSameAsItsCopy) {
  const CatalogModel model = {{"role \"app\"", {{{"login", "yes"}}, {{"password", "x"}}, {"a"}}}};

  EXPECT_EQ(words(model, model), Words{});
}

TEST(CatalogModel, NamesWhatIsMissingAndWhatIsTooMuch) {
  EXPECT_EQ(
      words({{"role \"a\"", {}}, {"role \"c\"", {}}}, {{"role \"b\"", {}}, {"role \"c\"", {}}}),
      (Words{"role \"a\" is missing", "role \"b\" was not there"}));
}

TEST(CatalogModel, NamesPropertiesWithBothValues) {
  EXPECT_EQ(words({{"table shop.public.orders", {{{"owner", "app"}}, {}, {}}}},
                  {{"table shop.public.orders", {{{"owner", "postgres"}}, {}, {}}}}),
            Words{"owner of table shop.public.orders is \"postgres\", was \"app\""});
  EXPECT_EQ(words({{"t", {{{"comment", "c"}}, {}, {}}}}, {{"t", {}}}),
            Words{"comment of t is nothing, was \"c\""});
  EXPECT_EQ(words({{"t", {{{"comment", ""}}, {}, {}}}}, {{"t", {}}}), Words{});
}

TEST(CatalogModel, NeverShowsASecret) {
  EXPECT_EQ(words({{"role \"app\"", {{}, {{"password", "SCRAM-fake-1"}}, {}}}},
                  {{"role \"app\"", {{}, {{"password", "SCRAM-fake-2"}}, {}}}}),
            Words{"password of role \"app\" is another one"});
}

TEST(CatalogModel, NamesWhatAnObjectLacksAndHasTooMuch) {
  EXPECT_EQ(words({{"role \"app\"", {{}, {}, {"MEMBER OF \"reader\"", "x"}}}},
                  {{"role \"app\"", {{}, {}, {"MEMBER OF \"admin\"", "x"}}}}),
            (Words{"role \"app\" lacks MEMBER OF \"reader\"",
                   "role \"app\" has MEMBER OF \"admin\", which was not there"}));
}

TEST(CatalogModel, ShowsOfLongTextsThePartThatDiffers) {
  const std::string same(500, 'x');

  const Words shown = words({{"v", {{{"definition", same + "one"}}, {}, {}}}},
                            {{"v", {{{"definition", same + "two"}}, {}, {}}}});

  ASSERT_EQ(shown.size(), 1U);
  EXPECT_NE(shown[0].find("xtwo\", was \"...xx"), std::string::npos) << shown[0];
  EXPECT_LT(shown[0].size(), 120U);
}

TEST(CatalogModel, ShowsOnOneLineAndWholeCharactersOnly) {
  const std::string same = std::string(99, 'x') + "é\n\n  é";

  const Words shown = words({{"v", {{{"definition", "a\n\tb"}}, {}, {}}},
                             {"w", {{{"definition", same + "1" + same}}, {}, {}}}},
                            {{"v", {{{"definition", "a c"}}, {}, {}}},
                             {"w", {{{"definition", same + "2" + same}}, {}, {}}}});

  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0], "definition of v is \"a c\", was \"a b\"");
  const std::string some(25, 'x');
  EXPECT_EQ(shown[1], "definition of w is \"..." + some + "é é2" + some + "xxxxx...\", was \"..." +
                          some + "é é1" + some + "xxxxx...\"");
}

TEST(CatalogModel, TellsOfWhatEveryServerHasOnlyWhatIsSpecial) {
  const CatalogObject rules = {.properties = {{"setting work_mem", "8MB"}}, .implied = true};

  EXPECT_EQ(words({{"all roles", rules}}, {}),
            Words{"setting work_mem of all roles is nothing, was \"8MB\""});
  EXPECT_EQ(words({}, {{"all roles", rules}}),
            Words{"setting work_mem of all roles is \"8MB\", was nothing"});
}

TEST(CatalogModel, TellsOfTwoThatAreMissingTogetherTheOuterOne) {
  const CatalogModel whole = {
      {"database shop", {}},
      {"table shop.public.t", {.within = "database shop"}},
      {"trigger a on table shop.public.t", {.within = "table shop.public.t"}}};

  EXPECT_EQ(words(whole, {}), Words{"database shop is missing"});
  EXPECT_EQ(words({}, whole), Words{"database shop was not there"});
  EXPECT_EQ(words(whole, {{"database shop", {}}}), Words{"table shop.public.t is missing"});
}

}  // namespace
}  // namespace vya
