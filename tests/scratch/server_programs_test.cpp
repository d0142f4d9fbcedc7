#include "scratch/server_programs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"

namespace vya {
namespace {

ServerProgram program(int major, int minor = 0) {
  return {.series = {major, minor}, .version = std::to_string(major), .program = "/bin/server"};
}

TEST(ServerSeries, AreTheNumbersThatBackupsCrossUpwards) {
  EXPECT_EQ(series_in(ServerProduct::kPostgresql, "15.18"), (ServerSeries{15, 0}));
  EXPECT_EQ(series_in(ServerProduct::kPostgresql, "18beta2"), (ServerSeries{18, 0}));
  EXPECT_EQ(series_in(ServerProduct::kMariadb, "10.11.19-MariaDB-0+deb12u1"),
            (ServerSeries{10, 11}));
  EXPECT_EQ(series_in(ServerProduct::kMysql, "9.7.4"), (ServerSeries{9, 7}));
  EXPECT_EQ(series_in(ServerProduct::kMysql, "unknown"), std::nullopt);
}

TEST(ServerSeries, AreWrittenAsPeopleSayThem) {
  EXPECT_EQ(to_text(ServerProduct::kPostgresql, {15, 0}), "PostgreSQL 15");
  EXPECT_EQ(to_text(ServerProduct::kMariadb, {10, 11}), "MariaDB 10.11");
}

TEST(ChooseServer, TakesTheNearestThatIsNotBelow) {
  const std::vector<ServerProgram> servers = {program(18), program(13), program(17), program(15)};

  EXPECT_EQ(choose_server(servers, {15, 0})->series.major, 15);
  EXPECT_EQ(choose_server(servers, {16, 0})->series.major, 17);
  EXPECT_FALSE(choose_server(servers, {19, 0}));
  EXPECT_FALSE(choose_server({program(10, 6)}, {10, 11}));
  EXPECT_EQ(choose_server({program(11, 8), program(11, 4)}, {10, 11})->series.minor, 4);
}

TEST(ServerProduct, IsKnownByItsName) {
  EXPECT_EQ(product_named("MariaDB"), ServerProduct::kMariadb);
  EXPECT_THROW(product_named("Oracle"), Error);
}

TEST(InstalledServers, AreFoundOnceWhateverTheirPaths) {
  const auto servers =
      installed_servers(ServerProduct::kPostgresql,
                        {"/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/15/lib/../bin"});

  ASSERT_FALSE(servers.empty());
  EXPECT_EQ(servers[0].series.major, 15);
  EXPECT_EQ(std::ranges::count(servers, servers[0].program, &ServerProgram::program), 1);
}

}  // namespace
}  // namespace vya
