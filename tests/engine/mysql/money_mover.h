// A writer that never rests: money moves between rows of two tables, and the sum stays the same.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "engine/mysql/connection.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql.h"

namespace vya::mysql {

/// Makes the database `bank` and writes until it goes. The server must outlive it.
class MoneyMover {
 public:
  explicit MoneyMover(const world::MysqlServer& server) {
    server.query(
        "CREATE DATABASE bank; CREATE TABLE bank.a (id INT PRIMARY KEY, m INT);"
        "CREATE TABLE bank.b LIKE bank.a;"
        "INSERT INTO bank.a VALUES (1, 500), (2, 500); INSERT INTO bank.b VALUES (1, 500), (2, "
        "500)");
    thread_ = std::jthread([this, address = address_of(server)](const std::stop_token& stop) {
      Connection connection(address);
      while (!stop.stop_requested()) {
        connection.run("BEGIN");
        connection.run("UPDATE bank.a SET m = m - 1 WHERE id = 1");
        connection.run("UPDATE bank.b SET m = m + 1 WHERE id = 2");
        connection.run("COMMIT");
        ++moves;
      }
    });
  }

  /// How many moves a session sees, by what each of the two rows says.
  static std::string state(Connection& session) {
    return session
        .value(
            "SELECT CONCAT(a.m, ' ', b.m) FROM bank.a, bank.b WHERE a.id = 1 AND b.id = "
            "2")
        .value_or("");
  }
  static long moves_in(Connection& session) {
    return std::stol(
        session.value("SELECT CAST(500 - m AS SIGNED) FROM bank.a WHERE id = 1").value_or(""));
  }

  /// The money in rows' text; 2000 in both tables.
  static int sum_of(const std::string& rows) {
    int sum = 0;
    for (std::size_t at = 0; at < rows.size(); at = rows.find('\n', at) + 1)
      sum += std::stoi(rows.substr(rows.find('\t', at) + 1));
    return sum;
  }

  std::atomic<int> moves = 0;

 private:
  std::jthread thread_;
};

}  // namespace vya::mysql
