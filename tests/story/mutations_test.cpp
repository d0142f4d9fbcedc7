// Whatever changes on a restored server is found and named, one finding for one change; and nothing
// is found where nothing was changed.
#include "tests/story/mutations.h"

#include <algorithm>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/full_run.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/test_file.h"

namespace vya::story {
namespace {

constexpr std::size_t kFewest = 60;
constexpr int kMajorOfEveryRun = 15;

enum class How {
  kTogether,  ///< the changes of a file at once
  kOneByOne,  ///< some minutes
};

/// Makes all changes, and looks once more when they were taken back.
void expect_all_found(const std::vector<Mutations>& files, How how, const RunSql& sql,
                      const Vya& vya) {
  std::size_t count = 0;
  for (const Mutations& together : files) {
    count += together.size();
    if (how == How::kTogether) {
      expect_found(together, sql, vya);
      continue;
    }
    for (const Mutation& one : together) expect_found({one}, sql, vya);
  }
  EXPECT_GE(count, kFewest);
  const world::Ended again = vya.run({"diff", "source", "live:restored"});
  EXPECT_EQ(again.status, 0) << "after everything was taken back:\n" << again.output;
}

class Changes : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!world::newest_postgres_bin(GetParam()))
      GTEST_SKIP() << "NOT TESTED: PostgreSQL " << GetParam() << " is not installed";
    if (GetParam() != kMajorOfEveryRun && !world::is_full_run())
      GTEST_SKIP() << "PostgreSQL " << GetParam() << " is for full runs";
  }
};

TEST_P(Changes, OfARestoredServerAreFoundAndNamed) {
  const world::PostgresServer source({.major = GetParam()});
  const world::PostgresServer restored({.major = GetParam()});
  source.run_sql_file("postgres", VYA_MUTATIONS "/postgresql/world.sql");
  Vya vya;
  const std::string pg_dump = "pg_dump: " + world::client_program("pg_dump", GetParam()).string();
  vya.add("source", source, pg_dump);
  vya.add("restored", restored, pg_dump);
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "restored"}), 0));
  const world::Ended untouched = vya.run({"diff", "source", "live:restored"});
  EXPECT_TRUE(ended_with(untouched, 0)) << untouched.output;
  ASSERT_EQ(untouched.output.find("notice"), std::string::npos) << untouched.output;

  const auto fits = [](const std::string& need) {  // `from 16`, `before 16`
    const std::string version = std::to_string(GetParam());
    return need.starts_with("from ") ? need <= "from " + version : need > "before " + version;
  };
  expect_all_found(
      read_mutations("postgresql", fits),
      world::is_full_run() && GetParam() == kMajorOfEveryRun ? How::kOneByOne : How::kTogether,
      [&](const std::string& database, const std::string& sql) {
        restored.query(database.empty() ? "shop" : database, sql);
      },
      vya);
}

INSTANTIATE_TEST_SUITE_P(Majors, Changes, testing::Values(15, 17, 18));

class MysqlChanges : public world::OnMysql {
 protected:
  /// `mariadb`, `mysql`, `mariadb 11`.
  static bool fits(const std::string& need) {
    const std::string product = on_mariadb() ? "mariadb" : "mysql";
    return need == product || need == product + " " + std::to_string(GetParam().major);
  }

  static std::string instance(const world::MysqlServer& server) {
    return "{engine: mysql, socket: " + server.socket() + ", user: root}";
  }
};
VYA_ON_EVERY_MYSQL(MysqlChanges);

TEST_P(MysqlChanges, OfARestoredServerAreFoundAndNamed) {
  const auto source = make_server();
  const auto restored = make_server();
  source->query(world::test_file("story/mutations/mysql/world.sql"));
  source->query(world::test_file(std::string("story/mutations/mysql/world_") +
                                 (on_mariadb() ? "mariadb" : "mysql") + ".sql"));
  Vya vya;
  vya.add("source", instance(*source));
  vya.add("restored", instance(*restored));
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"restore", "source", "--to", "restored"}), 0));
  const world::Ended untouched = vya.run({"diff", "source", "live:restored"});
  EXPECT_TRUE(ended_with(untouched, 0)) << untouched.output;

  expect_all_found(
      read_mutations("mysql", fits),
      world::is_full_run() && GetParam() == world::mysql_versions().front() ? How::kOneByOne
                                                                            : How::kTogether,
      [&](const std::string&, const std::string& sql) { restored->query("USE shop; " + sql); },
      vya);
}

}  // namespace
}  // namespace vya::story
