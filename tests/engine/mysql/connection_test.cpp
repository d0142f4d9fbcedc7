// Connections against real servers: errors, waiting, giving up.
#include "engine/mysql/connection.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/engine/mysql/address_of.h"
#include "tests/world/error_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

using std::chrono::milliseconds;

class MysqlConnection : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlConnection);

TEST_P(MysqlConnection, GivesRowsWithTheirBytesAndNulls) {
  const auto server = make_server();
  Connection connection(address_of(*server));

  const auto rows =
      connection.query("SELECT 'gr\xc3\xbcn', NULL, x'00610a5c' UNION ALL SELECT 1, 2, 3");

  EXPECT_EQ(rows, (std::vector<KeptRow>{{"gr\xc3\xbcn", std::nullopt, std::string("\0a\n\\", 4)},
                                        {"1", "2", "3"}}));
  EXPECT_EQ(connection.value("SELECT NULL"), std::nullopt);
}

/// Some statements fail only when their rows are asked for.
TEST_P(MysqlConnection, GoesOnAfterAnErrorAmongTheRows) {
  const auto server = make_server();
  Connection connection(address_of(*server));

  EXPECT_THROW(
      connection.query("SELECT IF(n = 3, (SELECT 1 UNION SELECT 2), n) FROM (SELECT 1 AS n "
                       "UNION ALL SELECT 2 UNION ALL SELECT 3) AS numbers"),
      SqlError);
  EXPECT_THROW(connection.query("SHOW GRANTS FOR nobody@nowhere"), SqlError);

  EXPECT_TRUE(connection.good());
  EXPECT_EQ(connection.value("SELECT 7"), "7");
}

TEST_P(MysqlConnection, NamesAnErrorWithTheServersNumberAndState) {
  const auto server = make_server();
  Connection connection(address_of(*server));

  try {
    connection.run("SELECT * FROM mysql.nothing");
    FAIL() << "there is such a table";
  } catch (const SqlError& error) {
    EXPECT_EQ(error.fault(), Fault::kSql);
    EXPECT_EQ(error.number(), kUnknownTable);
    EXPECT_NE(error.message().find("(error 1146, SQLSTATE 42S02)"), std::string::npos)
        << error.message();
    EXPECT_NE(error.message().find("cannot run 'SELECT * FROM mysql.nothing' on socket '"),
              std::string::npos)
        << error.message();
  }
  EXPECT_EQ(connection.value("SELECT 7"), "7") << "the connection is of no use after an error";
}

TEST_P(MysqlConnection, TellsAWrongPasswordFromAServerThatIsNotThere) {
  const auto server = make_server();
  server->query("CREATE USER app IDENTIFIED BY 'right'");

  EXPECT_NO_THROW(Connection(address_of(*server, "app", "right")));
  EXPECT_EQ(error_of([&] { Connection(address_of(*server, "app", "wrong")); }).fault(),
            Fault::kCredentials);
  Address nowhere;
  nowhere.socket = "/nonexistent/s.sock";
  EXPECT_EQ(error_of([&] { Connection{nowhere}; }).fault(), Fault::kConnection);
}

TEST_P(MysqlConnection, EndsAStatementThatIsGivenUpOnTheServerToo) {
  const auto server = make_server();
  Connection connection(address_of(*server));
  const auto started = std::chrono::steady_clock::now();
  connection.watch_with([&] {
    if (std::chrono::steady_clock::now() - started > milliseconds(700))
      throw Error(Fault::kInterrupted, "interrupted");
  });

  EXPECT_EQ(error_of([&] { connection.run("SELECT SLEEP(100)"); }).fault(), Fault::kInterrupted);

  EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(20'000));
  EXPECT_FALSE(connection.good());
  const std::string running =
      "SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%'";
  for (int tries = 0; tries < 100 && server->value(running) != "0"; ++tries)
    std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(server->value(running), "0");
}

TEST_P(MysqlConnection, IsClosedWhenRowsAreGivenUpHalfWay) {
  const auto server = make_server();
  Connection connection(address_of(*server));
  const std::string many =
      "SELECT a.COLUMN_NAME, repeat('x', 1000) FROM "
      "information_schema.COLUMNS a, information_schema.COLUMNS b";
  const auto started = std::chrono::steady_clock::now();

  EXPECT_THROW(connection.each(many, [](const RowView&) { throw std::runtime_error("enough"); }),
               std::runtime_error);

  EXPECT_FALSE(connection.good());
  EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(20'000));
  EXPECT_EQ(error_of([&] { connection.run("SELECT 1"); }).fault(), Fault::kConnection);
}

TEST_P(MysqlConnection, NoticesThatItWasKilledAndDoesNotConnectAgain) {
  const auto server = make_server();
  Connection connection(address_of(*server));
  server->query("KILL " + std::to_string(connection.id()));

  EXPECT_EQ(error_of([&] { connection.run("SELECT 1"); }).fault(), Fault::kConnection);
  EXPECT_FALSE(connection.good());
}

TEST_P(MysqlConnection, ServesNoFileOfOursToAServerThatAsksForOne) {
  const auto server = make_server({"--local-infile=1"});
  server->query("CREATE DATABASE d; CREATE TABLE d.t (line text)");
  Connection connection(address_of(*server));

  EXPECT_EQ(error_of([&] {
              connection.run("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE d.t");
            }).fault(),
            Fault::kSql);
  EXPECT_EQ(server->value("SELECT count(*) FROM d.t"), "0");
}

}  // namespace
}  // namespace vya::mysql
