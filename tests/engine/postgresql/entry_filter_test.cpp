#include <gtest/gtest.h>

#include "engine/postgresql/entry.h"

namespace vya::pg {
namespace {

constexpr const char* kTable = "CREATE TABLE \"s\".\"t\" (\n    \"a\" integer\n);\n";

std::string filtered(const std::string& definition, const std::string& kind = "TABLE") {
  Entry entry;
  entry.kind = kind;
  entry.definition = definition;
  drop_internal_options(entry);
  return entry.definition;
}

/// What becomes of such a statement between others.
std::string filtered_statement(const std::string& statement) {
  const std::string end = "\nALTER TABLE ONLY \"s\".\"t\" REPLICA IDENTITY FULL;\n\n";
  const std::string text = filtered(kTable + statement + end);
  EXPECT_TRUE(text.starts_with(kTable)) << text;
  EXPECT_TRUE(text.ends_with(end)) << text;
  const std::size_t outside = std::string(kTable).size() + end.size();
  return text.size() < outside ? ""
                               : text.substr(std::string(kTable).size(), text.size() - outside);
}

TEST(InternalOptions, GoWithTheirStatement) {
  Entry entry;
  entry.kind = "TABLE";
  entry.definition = std::string(kTable) +
                     "ALTER TABLE ONLY \"s\".\"t\" ALTER COLUMN \"a\" SET (pg_attver=3);\n"
                     "ALTER TABLE ONLY \"s\".\"t\" ALTER COLUMN \"b\" SET (pg_attver='4');\n";

  drop_internal_options(entry);

  EXPECT_EQ(entry.definition, kTable);
}

TEST(InternalOptions, GoFromAmongOthers) {
  const std::string begin = "ALTER TABLE ONLY \"s\".\"t\" ALTER COLUMN \"a\" SET (";
  EXPECT_EQ(filtered_statement(begin + "pg_attver=3, n_distinct=5);"), begin + "n_distinct=5);");
  EXPECT_EQ(filtered_statement(begin + "n_distinct=5, pg_attver=3);"), begin + "n_distinct=5);");
  EXPECT_EQ(filtered_statement(begin + "n_distinct=-0.5, pg_attver=3, n_distinct_inherited=2);"),
            begin + "n_distinct=-0.5, n_distinct_inherited=2);");
}

TEST(InternalOptions, GoFromForeignTablesToo) {
  EXPECT_EQ(
      filtered("ALTER FOREIGN TABLE ONLY t ALTER COLUMN a SET (pg_attver=3);\n", "FOREIGN TABLE"),
      "\n");
}

TEST(InternalOptions, AreAllThatGoes) {
  for (const std::string statement :
       {"ALTER TABLE ONLY \"s\".\"t\" ALTER COLUMN \"a\" SET (n_distinct=5);",
        "ALTER TABLE ONLY \"s\".\"t\" ALTER COLUMN \"a\" SET (\"PG_ATTVER\"=5);",
        "ALTER TABLE \"s\".\"t\" ALTER COLUMN \"a\" SET (n_distinct='pg_attver=5');",
        "ALTER TABLE \"s\".\"t\" ALTER COLUMN \"a\" SET DEFAULT (pg_attver=5);",
        "ALTER TABLE \"s\".\"t\" SET (pg_attver=5);",
        "ALTER TABLE \"s\".\"t\" ALTER COLUMN \"pg_attver\" SET STATISTICS 5;",
        "-- ALTER TABLE t ALTER COLUMN a SET (pg_attver=5);",
        "COMMENT ON TABLE t IS 'ALTER TABLE t ALTER COLUMN a SET (pg_attver=5);';",
        "SELECT $$;ALTER TABLE t ALTER COLUMN a SET (pg_attver=5);$$;"}) {
    EXPECT_EQ(filtered_statement(statement), statement);
  }
}

TEST(InternalOptions, AreLookedForInTablesOnly) {
  const std::string statement = "ALTER TABLE t ALTER COLUMN a SET (pg_attver=5);";

  EXPECT_EQ(filtered(statement, "FUNCTION"), statement);
}

}  // namespace
}  // namespace vya::pg
