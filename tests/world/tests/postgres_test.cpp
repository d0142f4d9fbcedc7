#include "tests/world/postgres.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <thread>

namespace vya::world {
namespace {

TEST(PostgresServer, AnswersAndKeepsItsRowsOverARestart) {
  PostgresServer server;
  server.query("postgres", "CREATE TABLE t AS SELECT 7 AS n, NULL::text AS nothing");

  server.restart(Stop::kImmediate);

  EXPECT_EQ(server.query("postgres", "SELECT * FROM t"), (std::vector<TextRow>{{"7", ""}}));
}

TEST(PostgresServer, RefusesAWrongPasswordAndTakesTheRightOne) {
  PostgresServer server;
  server.query("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");

  EXPECT_NO_THROW(pg::Connection(server.address("app", "right"), "postgres", {}));
  EXPECT_THROW(pg::Connection(server.address("app", "wrong"), "postgres", {}), Error);
}

TEST(PostgresServer, ListensOnLoopbackOnlyWhereAsked) {
  PostgresServer server({.listen = Listen::kLoopback});
  server.query("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");
  pg::Address address = server.address("app", "right");
  address.host = "127.0.0.1";

  EXPECT_NO_THROW(pg::Connection(address, "postgres", {}));
  EXPECT_EQ(PostgresServer().value("postgres", "SHOW listen_addresses"), "");
}

TEST(PostgresServer, TakesAnotherSuperuserLocaleAndConf) {
  PostgresServer server(
      {.superuser = "boss x", .encoding = "LATIN1", .locale = "C", .conf = {"work_mem = 3MB"}});

  EXPECT_EQ(server.value("postgres", "SELECT current_user"), "boss x");
  EXPECT_EQ(server.value("postgres", "SHOW server_encoding"), "LATIN1");
  EXPECT_EQ(server.value("postgres", "SHOW work_mem"), "3MB");
}

TEST(PostgresServer, FreshDataHasItsOwnSystemId) {
  const std::string id = "SELECT system_identifier FROM pg_control_system()";
  PostgresServer fresh({.data = Data::kFresh});

  EXPECT_NE(fresh.value("postgres", id), PostgresServer().value("postgres", id));
}

TEST(PostgresServer, SaysWhyItDoesNotStart) {
  try {
    PostgresServer server({.conf = {"no_such_setting = 1"}});
    FAIL() << "started";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("no_such_setting"), std::string::npos) << error.message();
  }
}

TEST(PostgresServer, DiesWithAKilledTest) {
  // The server is made in a child, which tells us the server's process id and is killed.
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(::pipe(pipe_ends.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    PostgresServer server;
    const pid_t pid = server.pid();
    if (::write(pipe_ends[1], &pid, sizeof pid) == sizeof pid) ::pause();
    ::_exit(1);
  }
  pid_t server = -1;
  ASSERT_EQ(::read(pipe_ends[0], &server, sizeof server), static_cast<ssize_t>(sizeof server));
  ASSERT_EQ(::kill(server, 0), 0);
  const auto data = std::filesystem::read_symlink("/proc/" + std::to_string(server) + "/cwd");

  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  for (int tries = 0; tries < 500 && ::kill(server, 0) == 0; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_NE(::kill(server, 0), 0) << "the server " << server << " still runs";
  std::filesystem::remove_all(data.parent_path());
}

}  // namespace
}  // namespace vya::world
