// What a server gets that asks for a file of its client: rows that we mean it to have, or nothing.
#include "engine/mysql/infile.h"

#include <gtest/gtest.h>

#include "engine/mysql/connection.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/error_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

class MysqlInfile : public world::OnMysql {
 protected:
  std::unique_ptr<world::MysqlServer> make_server_with_table() {
    auto server = make_server({"--local-infile=1"});
    server->query("CREATE DATABASE d; CREATE TABLE d.t (a VARCHAR(200)) ENGINE=InnoDB");
    return server;
  }

  static constexpr const char* kAsksForAFile =
      "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE d.t FIELDS TERMINATED BY '\\n'";
};
VYA_ON_EVERY_MYSQL(MysqlInfile);

InfileReader reader_of(std::string_view& text) {
  return [&text](std::span<char> buffer) {
    const std::size_t length = text.copy(buffer.data(), buffer.size());
    text.remove_prefix(length);
    return length;
  };
}

TEST_P(MysqlInfile, GivesRowsUnderItsOwnName) {
  const auto server = make_server_with_table();
  Connection connection(address_of(*server), LocalRows::kOurs);
  std::string many;
  for (int i = 0; i < 30000; ++i) many += "row " + std::to_string(i) + "\n";
  std::string_view rest = many;
  Infile infile("rows", reader_of(rest));

  const Loaded loaded = connection.load("LOAD DATA LOCAL INFILE 'rows' INTO TABLE d.t", infile);

  EXPECT_EQ(loaded.records, 30000);
  EXPECT_EQ(loaded.skipped, 0);
  EXPECT_EQ(loaded.warnings, 0);
  EXPECT_EQ(server->value("SELECT COUNT(DISTINCT a) FROM d.t"), "30000");
}

TEST_P(MysqlInfile, GivesNoFileToAServerThatAsksForOne) {
  const auto server = make_server_with_table();
  Connection connection(address_of(*server), LocalRows::kOurs);

  const Error error = error_of([&] { connection.run(kAsksForAFile); });

  EXPECT_NE(error.message().find("asked for a file of this machine and got none"),
            std::string::npos)
      << error.message();
  EXPECT_EQ(connection.value("SELECT COUNT(*) FROM d.t"), "0");
}

TEST_P(MysqlInfile, GivesNoFileWhileRowsAreExpected) {
  const auto server = make_server_with_table();
  Connection connection(address_of(*server), LocalRows::kOurs);
  std::string_view rest = "a\n";
  Infile infile("rows", reader_of(rest));

  error_of([&] { connection.load(kAsksForAFile, infile); });

  EXPECT_EQ(connection.value("SELECT COUNT(*) FROM d.t"), "0");
  EXPECT_EQ(rest, "a\n");
}

TEST_P(MysqlInfile, IsNotThereForOtherConnections) {
  const auto server = make_server_with_table();
  Connection connection(address_of(*server));

  error_of([&] { connection.run(kAsksForAFile); });

  EXPECT_EQ(server->value("SELECT COUNT(*) FROM d.t"), "0");
}

TEST_P(MysqlInfile, EndsWhenItsReaderThrows) {
  const auto server = make_server_with_table();
  Connection connection(address_of(*server), LocalRows::kOurs);
  connection.run("START TRANSACTION");
  int blocks = 0;
  Infile infile("rows", [&](std::span<char> buffer) -> std::size_t {
    if (++blocks == 3) throw Error(Fault::kStorage, "the disk is gone");
    std::ranges::fill(buffer, 'x');
    buffer.back() = '\n';
    return 100;
  });

  const Error error =
      error_of([&] { connection.load("LOAD DATA LOCAL INFILE 'rows' INTO TABLE d.t", infile); });
  connection.close();

  EXPECT_EQ(error.message(), "the disk is gone");
  EXPECT_EQ(server->value("SELECT COUNT(*) FROM d.t"), "0");
}

}  // namespace
}  // namespace vya::mysql
