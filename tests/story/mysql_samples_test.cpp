// Databases of MySQL that others made as examples go round. They are not part of the project: the
// environment variable VYA_SAMPLES names the folder that they are in.
#include <cstdlib>
#include <sstream>

#include "base/file.h"
#include "tests/story/expectations.h"
#include "tests/story/mysql_comparison.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

class MysqlSamples : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlSamples);

/// The statements of a file for the servers' client programs, whose DELIMITER no server knows.
std::string statements_in(const std::filesystem::path& file) {
  std::istringstream lines(read_file(file).value());
  std::string all;
  std::string delimiter = ";";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("DELIMITER ")) {
      delimiter = line.substr(line.find(' ') + 1);
      continue;
    }
    if (line.ends_with(delimiter))
      line.replace(line.size() - delimiter.size(), delimiter.size(), ";");
    all += line + "\n";
  }
  return all;
}

TEST_P(MysqlSamples, GoRoundWithoutADifference) {
  const char* folder = std::getenv("VYA_SAMPLES");
  if (folder == nullptr)
    GTEST_SKIP() << "NOT TESTED: the sample databases. VYA_SAMPLES names no folder.";
  const auto source = make_server();
  const auto target = make_server();
  for (const char* file :
       {"sakila/sakila-mv-schema.sql", "sakila/sakila-mv-data.sql", "chinook/Chinook_MySql.sql"})
    source->query(statements_in(std::filesystem::path(folder) / file));
  ASSERT_EQ(source->value("SELECT COUNT(*) FROM sakila.rental"), "16044");
  ASSERT_EQ(source->value("SELECT COUNT(*) FROM Chinook.Track"), "3503");
  Vya vya;
  vya.add("source", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  vya.add("target", "{engine: mysql, socket: " + target->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));

  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "target", "--check"}), 0));

  EXPECT_EQ(differences(*source, *target), std::vector<std::string>{});
}

}  // namespace
}  // namespace vya::story
