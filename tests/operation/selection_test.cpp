#include "operation/selection.h"

#include <gtest/gtest.h>

#include "tests/world/error_of.h"

namespace vya {
namespace {

const std::vector<Database> kDatabases = {
    {1, "crm_a", "UTF8"}, {2, "crm_b", "UTF8"}, {3, "shop", "LATIN1"}};

TEST(ChooseDatabases, TakesAllWhereNoneIsChosen) {
  EXPECT_EQ(choose_databases(kDatabases, {}), kDatabases);
}

TEST(ChooseDatabases, TakesThoseThatMatchAndKeepsTheirNumbers) {
  EXPECT_EQ(choose_databases(kDatabases, {.databases = {{"crm_*", ""}}}),
            (std::vector<Database>{{1, "crm_a", "UTF8"}, {2, "crm_b", "UTF8"}}));
}

TEST(ChooseDatabases, GivesANewNameEvenWhereAPatternFitsToo) {
  EXPECT_EQ(choose_databases(kDatabases, {.databases = {{"*", ""}, {"shop", "test"}}}).back(),
            (Database{3, "test", "LATIN1"}));
}

TEST(ChooseDatabases, TakesANameWithANewOneAsItIs) {
  EXPECT_EQ(
      error_of([] { choose_databases(kDatabases, {.databases = {{"sho*", "test"}}}); }).fault(),
      Fault::kNotFound);
}

TEST(ChooseDatabases, NamesWhatThereIsForAChoiceThatFitsNothing) {
  const Error error =
      error_of([] { choose_databases(kDatabases, {.databases = {{"shop", ""}, {"shpo", ""}}}); });
  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_EQ(error.message(), "the backup has no database 'shpo'");
  EXPECT_EQ(error.hint(), "It has 'crm_a', 'crm_b', 'shop'.");
}

TEST(ChooseDatabases, RefusesOneNameForTwo) {
  const Error error = error_of(
      [] { choose_databases(kDatabases, {.databases = {{"shop", "crm_a"}, {"crm_a", ""}}}); });
  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_NE(error.message().find("'crm_a'"), std::string::npos);
}

RenamedTable table_of(const std::string& database) {
  return {{database, {"public", "t"}}, {"public", "t"}};
}

TEST(ChooseDatabases, TakesThoseOfTheTables) {
  EXPECT_EQ(choose_databases(kDatabases, {.tables = {table_of("shop"), table_of("shop")}}),
            (std::vector<Database>{{3, "shop", "LATIN1"}}));
  EXPECT_EQ(
      choose_databases(kDatabases, {.databases = {{"shop", "x"}}, .tables = {table_of("shop")}}),
      (std::vector<Database>{{3, "x", "LATIN1"}}));
}

TEST(ChooseDatabases, RefusesANameForADatabaseOfNoTable) {
  const Error error = error_of([] {
    choose_databases(kDatabases, {.databases = {{"crm_a", "x"}}, .tables = {table_of("shop")}});
  });
  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_EQ(error.message(), "no table of database 'crm_a' is chosen, which would be 'x'");
}

}  // namespace
}  // namespace vya
