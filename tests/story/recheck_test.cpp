// `vya restore --check`: what became different on the target, whatever did it, is found.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

/// Filling the view anew adds a row to a table, after that table's rows were loaded.
constexpr const char* kViewThatWrites = R"(
CREATE TABLE visits (i int);
CREATE FUNCTION visit() RETURNS int LANGUAGE sql AS 'INSERT INTO public.visits VALUES (1) RETURNING i';
CREATE MATERIALIZED VIEW seen AS SELECT visit() AS i;
)";

TEST(Recheck, FindsARowThatTheRestoreItselfAdded) {
  const world::PostgresServer source;
  const world::PostgresServer target;
  source.query("postgres", kViewThatWrites);
  Vya vya;
  vya.add("source", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));

  const world::Ended restored = vya.run({"restore", "source", "--to", "target", "--check"});

  EXPECT_TRUE(ended_with(restored, 8));
  EXPECT_NE(restored.output.find("table postgres.public.visits"), std::string::npos)
      << restored.output;
  EXPECT_NE(restored.output.find("has 2 rows, 1 in the backup"), std::string::npos)
      << restored.output;
}

}  // namespace
}  // namespace vya::story
