#include "tests/world/mysql.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <thread>

#include "tests/world/mysql_test_versions.h"

namespace vya::world {
namespace {

class MysqlWorld : public OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlWorld);

TEST_P(MysqlWorld, AnswersAndKeepsItsRowsOverARestart) {
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.t AS SELECT 7 AS n, NULL AS nothing");

  server->restart();

  EXPECT_EQ(server->query("SELECT * FROM d.t"), (std::vector<TextRow>{{"7", ""}}));
}

TEST_P(MysqlWorld, IsTheVersionThatWasAskedFor) {
  const std::string said = make_server()->value("SELECT version()");

  EXPECT_TRUE(said.starts_with(std::to_string(GetParam().major) + ".")) << said;
  EXPECT_EQ(said.find("MariaDB") != std::string::npos, on_mariadb()) << said;
}

TEST_P(MysqlWorld, ListensOnLoopbackOnlyWhereAsked) {
  EXPECT_EQ(make_server()->value("SELECT @@skip_networking"), "1");
  EXPECT_EQ(make_server({}, Listen::kLoopback)->value("SELECT @@bind_address"), "127.0.0.1");
}

TEST_P(MysqlWorld, SaysWhyItDoesNotStart) {
  try {
    make_server({"--no-such-option"});
    FAIL() << "started";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("no-such-option"), std::string::npos) << error.message();
  }
}

TEST_P(MysqlWorld, DiesWithAKilledTest) {
  // The server is made in a child, which tells us the server's folder and is killed.
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(::pipe(pipe_ends.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto server = make_server();
    const std::string folder = server->folder();
    if (::write(pipe_ends[1], folder.data(), folder.size()) > 0) ::pause();
    ::_exit(1);
  }
  ::close(pipe_ends[1]);  // or a child that fails is waited for without end
  std::array<char, 200> buffer{};
  const ssize_t length = ::read(pipe_ends[0], buffer.data(), buffer.size());
  ASSERT_GT(length, 0);
  const std::filesystem::path folder(std::string(buffer.data(), static_cast<std::size_t>(length)));
  ASSERT_TRUE(std::filesystem::exists(folder / "pid"));

  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  for (int tries = 0; tries < 3000 && std::filesystem::exists(folder / "pid"); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "pid")) << "the server still runs";
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace vya::world
