#include "engine/postgresql/foreign_key.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

TEST(WithoutCheck, AddsNotValidAtTheEnd) {
  const auto key = without_check(
      "ALTER TABLE ONLY \"s\".\"b;\"\n    ADD CONSTRAINT \"to ONLY a\" FOREIGN KEY (\"a\") "
      "REFERENCES \"s\".\"a\"(\"id\") ON DELETE CASCADE;\n");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name, "\"s\".\"b;\".\"to ONLY a\"");
  EXPECT_EQ(key->add,
            "ALTER TABLE ONLY \"s\".\"b;\"\n    ADD CONSTRAINT \"to ONLY a\" FOREIGN KEY (\"a\") "
            "REFERENCES \"s\".\"a\"(\"id\") ON DELETE CASCADE NOT VALID;\n");
  EXPECT_EQ(key->validate, "ALTER TABLE \"s\".\"b;\" VALIDATE CONSTRAINT \"to ONLY a\"");
}

TEST(WithoutCheck, LeavesOtherStatementsAlone) {
  EXPECT_FALSE(without_check(""));
  EXPECT_FALSE(without_check("ALTER TABLE a ADD CONSTRAINT b FOREIGN KEY (c) REFERENCES d"));
  EXPECT_FALSE(without_check("ALTER TABLE a ADD COLUMN b int;"));
  EXPECT_FALSE(without_check("ALTER TABLE a ADD CONSTRAINT b CHECK (true); SELECT 1;"));
}

}  // namespace
}  // namespace vya::pg
