#include "engine/postgresql/setting_sql.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

using Names = std::vector<std::string>;

TEST(AlterSetting, SaysWhoseItIs) {
  EXPECT_EQ(alter_setting({"r", "d", "work_mem", "5MB"}).sql,
            R"(ALTER ROLE "r" IN DATABASE "d" SET "work_mem" TO '5MB')");
  EXPECT_EQ(alter_setting({"r", "", "work_mem", "5MB"}).sql,
            R"(ALTER ROLE "r" SET "work_mem" TO '5MB')");
  EXPECT_EQ(alter_setting({"", "d", "work_mem", "5MB"}).sql,
            R"(ALTER DATABASE "d" SET "work_mem" TO '5MB')");
  EXPECT_EQ(alter_setting({"", "", "work_mem", "5MB"}).sql,
            R"(ALTER ROLE ALL SET "work_mem" TO '5MB')");
}

TEST(AlterSetting, WritesAListOfNamesAsAList) {
  EXPECT_EQ(alter_setting({"r", "", "search_path", R"("$user", public, "odd, ""schema")"}).sql,
            R"(ALTER ROLE "r" SET "search_path" TO '$user', 'public', 'odd, "schema')");
  EXPECT_EQ(alter_setting({"r", "", "search_path", R"("")"}).sql,
            R"(ALTER ROLE "r" SET "search_path" TO '')");
  EXPECT_EQ(alter_setting({"r", "", "Temp_Tablespaces", "a, b"}).sql,
            R"(ALTER ROLE "r" SET "Temp_Tablespaces" TO 'a', 'b')");
}

TEST(AlterSetting, LeavesOtherTextsWhole) {
  EXPECT_EQ(alter_setting({"r", "", "datestyle", "ISO, DMY"}).sql,
            R"(ALTER ROLE "r" SET "datestyle" TO 'ISO, DMY')");
  EXPECT_EQ(alter_setting({"r", "", "app.o\"dd.x", R"(it's \ "a", b)"}).sql,
            R"(ALTER ROLE "r" SET "app"."o""dd"."x" TO E'it''s \\ "a", b')");
}

TEST(SplitNames, TakesBlanksAndQuotes) {
  EXPECT_EQ(split_names(R"( a ,"b c" , "d""e")"), (Names{"a", "b c", "d\"e"}));
  EXPECT_EQ(split_names(""), Names{});
}

TEST(SplitNames, TakesNothingThatIsNoList) {
  for (const char* text : {"\"open", "a b", "a,", ",a", "a,,b"})
    EXPECT_EQ(split_names(text), std::nullopt) << text;
}

}  // namespace
}  // namespace vya::pg
