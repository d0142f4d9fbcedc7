// Databases that others made as examples go round. They are not part of the project: the
// environment variable VYA_SAMPLES names the folder that they are in.
#include <cstdlib>

#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

struct Sample {
  const char* name;
  std::vector<const char*> files;
};

std::ostream& operator<<(std::ostream& to, const Sample& sample) { return to << sample.name; }

class Samples : public testing::TestWithParam<Sample> {};

TEST_P(Samples, GoRoundWithoutADifference) {
  const char* folder = std::getenv("VYA_SAMPLES");
  if (folder == nullptr) {
    GTEST_SKIP() << "NOT TESTED: the sample database " << GetParam().name
                 << ". VYA_SAMPLES names no folder.";
  }
  const world::PostgresServer source;
  const world::PostgresServer target;
  source.query("postgres", std::string("CREATE DATABASE ") + GetParam().name);
  for (const char* file : GetParam().files) {
    source.run_sql_file(GetParam().name, std::filesystem::path(folder) / GetParam().name / file);
  }
  Vya vya;
  vya.add("source", source);
  vya.add("target", target);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  EXPECT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  EXPECT_TRUE(ended_with(vya.run({"restore", "source", "--to", "target", "--check"}), 0));

  EXPECT_EQ(differences(source, target), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(All, Samples,
                         testing::Values(Sample{"pagila", {"pagila-schema.sql", "pagila-data.sql"}},
                                         Sample{"sakila", {"pg-schema.sql", "pg-data.sql"}},
                                         Sample{"chinook", {"pg-noconnect.sql"}}),
                         [](const auto& sample) { return sample.param.name; });

}  // namespace
}  // namespace vya::story
