// Several databases, small ones and a large one, restored several at a time.
#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

/// More indexes than a small database has.
constexpr const char* kLarge =
    "DO $$BEGIN FOR i IN 1..120 LOOP EXECUTE format('CREATE INDEX i%s ON customers ((id + %s))', "
    "i, "
    "i); END LOOP; END$$";

TEST(ManyDatabases, SmallAndLargeComeBackSeveralAtATime) {
  const world::PostgresServer source;
  const world::PostgresServer target;
  source.query("postgres", "CREATE DATABASE model");
  source.query("model",
               "CREATE TABLE customers (id serial PRIMARY KEY, name text);"
               "INSERT INTO customers (name) SELECT md5(i::text) FROM generate_series(1, 500) i;"
               "CREATE TABLE orders AS SELECT id, id * 2 AS customer FROM customers;"
               "CREATE INDEX ON orders (customer)");
  for (const char* name : {"a", "b", "c", "large", "d"})
    source.query("postgres", std::string("CREATE DATABASE ") + name + " TEMPLATE model");
  source.query("large", kLarge);
  Vya vya;
  vya.add("old", source);
  vya.add("new", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "old"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"restore", "old", "--to", "new", "--check", "--jobs", "3"}), 0));

  EXPECT_EQ(differences(source, target), std::vector<std::string>{});
  const std::string analyzed =
      "SELECT count(*) FROM pg_stat_all_tables WHERE last_analyze IS NOT NULL";
  EXPECT_EQ(target.value("c", analyzed + " AND schemaname = 'public'"), "2");
  EXPECT_EQ(target.value("large", analyzed + " AND schemaname = 'public'"), "2");
  // A new database has statistics of its catalogs; they are gathered again where they have grown.
  EXPECT_EQ(target.value("large", analyzed + " AND relname = 'pg_index'"), "1");
  EXPECT_EQ(target.value("c", analyzed + " AND relname IN ('pg_proc', 'pg_collation', 'pg_type')"),
            "0");
}

}  // namespace
}  // namespace vya::story
