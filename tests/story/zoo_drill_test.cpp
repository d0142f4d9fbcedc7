// The zoos pass a drill on a server of their own version and of each later one.
#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/story/zoo.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/mysql_zoo.h"
#include "tests/world/postgres_data.h"

namespace vya::story {
namespace {

struct Versions {
  int source;
  int server;  ///< on which the drill restores
};

std::ostream& operator<<(std::ostream& out, const Versions& versions) {
  return out << versions.source << " on " << versions.server;
}

class ZooDrills : public testing::TestWithParam<Versions> {
 protected:
  void SetUp() override {
    for (const int major : {GetParam().source, GetParam().server}) {
      if (!world::newest_postgres_bin(major))
        GTEST_SKIP() << "NOT TESTED: PostgreSQL " << major << " is not installed";
    }
  }
};

TEST_P(ZooDrills, Pass) {
  const auto [source_major, server_major] = GetParam();
  world::PostgresServer source({.major = source_major});
  fill_zoo(source);
  Vya vya;
  vya.add("zoo", source,
          "open_closed_databases: true, pg_dump: " +
              world::client_program("pg_dump", source_major).string());
  vya.set_drills("{programs: " + source.bin().string() + "}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "zoo"}), 0));
  if (server_major == source_major) {
    const world::Ended drilled = vya.run({"drill", "zoo"});
    EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
    return;
  }
  const std::filesystem::path tablespace = source.value(
      "postgres", "SELECT pg_tablespace_location(oid) FROM pg_tablespace WHERE spcname = '" +
                      std::string(kZooTablespace) + "'");
  source.stop(world::Stop::kFast);
  std::filesystem::remove_all(tablespace);
  std::filesystem::create_directory(tablespace);
  world::give_to_server_user(tablespace);
  const world::PostgresServer later(
      {.major = server_major, .conf = {"max_logical_replication_workers = 0"}});
  vya.add("later", later,
          "open_closed_databases: true, pg_dump: " +
              world::client_program("pg_dump", server_major).string());

  const world::Ended drilled = vya.run({"drill", "zoo", "--server", "later"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
  expect_in(drilled, "PostgreSQL " + std::to_string(server_major));
}

INSTANTIATE_TEST_SUITE_P(Majors, ZooDrills,
                         testing::Values(Versions{15, 15}, Versions{17, 17}, Versions{18, 18},
                                         Versions{15, 17}, Versions{15, 18}, Versions{17, 18},
                                         Versions{13, 15}, Versions{14, 16}, Versions{16, 17}));

class MysqlZooDrills : public world::OnMysql {
 protected:
  static std::string instance(const world::MysqlServer& server) {
    return "{engine: mysql, socket: " + server.socket() +
           ", user: root, accept_gaps: {'definer:gone@nowhere': it is gone on the source too}}";
  }
};
VYA_ON_EVERY_MYSQL(MysqlZooDrills);

TEST_P(MysqlZooDrills, Pass) {
  const auto source = make_server();
  make_mysql_zoo(*source);
  Vya vya;
  vya.add("zoo", instance(*source));
  vya.set_drills("{programs: " + source->programs().server.parent_path().string() + "}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "zoo"}), 0));

  const world::Ended drilled = vya.run({"drill", "zoo"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
}

TEST_P(MysqlZooDrills, PassOnALaterVersion) {
  const world::MysqlVersion later_version{GetParam().product, GetParam().major + 1};
  if (!world::find_mysql(later_version))
    GTEST_SKIP() << "not tested: " << later_version << " is not installed";
  const auto source = make_server();
  const world::MysqlServer later(
      {.version = later_version, .arguments = {"--event-scheduler=OFF"}});
  make_mysql_zoo(*source);
  Vya vya;
  vya.add("zoo", instance(*source));
  vya.add("later", instance(later));
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "zoo"}), 0));

  const world::Ended drilled = vya.run({"drill", "zoo", "--server", "later"});

  EXPECT_TRUE(ended_with(drilled, 0)) << drilled.output;
}

}  // namespace
}  // namespace vya::story
