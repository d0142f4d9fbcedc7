// Each rule explains the line that it is made for, and no line beside it.
#include "tests/story/zoo_rules.h"

#include <gtest/gtest.h>

namespace vya::story {
namespace {

TEST(TablespaceFolder, ExplainsTheFolderAndNotTheOwner) {
  const Rule rule = tablespace_folder();

  EXPECT_TRUE(rule.explains("< CREATE TABLESPACE \"Aquarium\" OWNER keeper LOCATION '/a';"));
  EXPECT_FALSE(rule.explains("< CREATE TABLESPACE \"Pond\" OWNER keeper LOCATION '/a';"));
  EXPECT_FALSE(rule.explains("< ALTER TABLESPACE \"Aquarium\" SET (seq_page_cost='1');"));
}

TEST(Multiranges, AreExplainedOnlyWhereTheyAreNew) {
  const Rule rule = multiranges();

  EXPECT_TRUE(rule.explains(">     multirange_type_name = zoo.words_multirange,"));
  EXPECT_FALSE(rule.explains("<     multirange_type_name = zoo.words_multirange,"));
}

TEST(NamesInViews, AreLeftOutOfAViewsTextAndOfNothingElse) {
  const Rule rule = names_in_views();

  EXPECT_EQ(rule.in_one_way(" SELECT animals.id,"), " SELECT id,");
  EXPECT_EQ(rule.in_one_way("  WHERE (animals.mood = 'x'::zoo.mood)"),
            "  WHERE (mood = 'x'::zoo.mood)");
  EXPECT_EQ(rule.in_one_way("GRANT SELECT ON animals.x TO y;"), "GRANT SELECT ON animals.x TO y;");
  EXPECT_EQ(rule.in_one_way("    a zoo.mood"), "    a zoo.mood");
}

TEST(MembershipOptions, AreLeftOutAndAdminIsNot) {
  const Rule rule = membership_options();

  EXPECT_EQ(rule.in_one_way("GRANT \"big cats\" TO cats WITH INHERIT TRUE GRANTED BY postgres;"),
            "GRANT \"big cats\" TO cats;");
  EXPECT_EQ(
      rule.in_one_way("GRANT cats TO guest WITH ADMIN OPTION, INHERIT TRUE GRANTED BY keeper;"),
      "GRANT cats TO guest WITH ADMIN OPTION;");
  EXPECT_EQ(rule.in_one_way("GRANT cats TO guest WITH ADMIN OPTION;"),
            "GRANT cats TO guest WITH ADMIN OPTION;");
  EXPECT_EQ(rule.in_one_way("GRANT SELECT ON TABLE t TO a WITH GRANT OPTION;"),
            "GRANT SELECT ON TABLE t TO a WITH GRANT OPTION;");
}

TEST(Maintenance, IsTheOwnersAndNobodyElses) {
  const Rule rule = maintenance();

  EXPECT_TRUE(rule.explains(
      "> ALTER DEFAULT PRIVILEGES FOR ROLE loner GRANT MAINTAIN ON TABLES TO loner;"));
  EXPECT_FALSE(rule.explains(
      "> ALTER DEFAULT PRIVILEGES FOR ROLE loner GRANT MAINTAIN ON TABLES TO guest;"));
  EXPECT_EQ(rule.in_one_way("GRANT INSERT,MAINTAIN ON TABLE zoo.diary TO postgres;"),
            "GRANT INSERT ON TABLE zoo.diary TO postgres;");
  EXPECT_EQ(rule.in_one_way("GRANT INSERT,MAINTAIN ON TABLE zoo.houses TO guest;"),
            "GRANT INSERT,MAINTAIN ON TABLE zoo.houses TO guest;");
}

TEST(NotNullNames, AreLeftOutOfADefinition) {
  const Rule rule = not_null_names();

  EXPECT_EQ(rule.in_one_way("    a integer CONSTRAINT t_a_not_null NOT NULL"),
            "    a integer NOT NULL");
  EXPECT_EQ(rule.in_one_way("    a integer CONSTRAINT mine NOT NULL"),
            "    a integer CONSTRAINT mine NOT NULL");
}

}  // namespace
}  // namespace vya::story
