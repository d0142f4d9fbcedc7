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
  EXPECT_NE(shown[0].find("xtwo\", was ...\"xx"), std::string::npos) << shown[0];
  EXPECT_LT(shown[0].size(), 100U);
}

}  // namespace
}  // namespace vya
