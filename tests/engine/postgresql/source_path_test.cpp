#include "engine/postgresql/source_path.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

TEST(SourcePath, IsPostgresOwnWhereNothingIsSet) {
  EXPECT_EQ(source_path({}, "shop", "app"), R"("app", "public")");
}

TEST(SourcePath, TakesTheMostSpecialSetting) {
  Globals globals;
  globals.settings = {{"", "", "search_path", "everyone"}};
  EXPECT_EQ(source_path(globals, "shop", "app"), R"("everyone")");
  globals.settings.push_back({"", "shop", "search_path", "\"$user\", here"});
  EXPECT_EQ(source_path(globals, "shop", "app"), R"("app", "here")");
  globals.settings.push_back({"app", "", "search_path", "of_app"});
  EXPECT_EQ(source_path(globals, "shop", "app"), R"("of_app")");
  globals.settings.push_back({"app", "shop", "search_path", "of_app_here"});
  EXPECT_EQ(source_path(globals, "shop", "app"), R"("of_app_here")");
  EXPECT_EQ(source_path(globals, "other", "other"), R"("everyone")");
}

}  // namespace
}  // namespace vya::pg
