// Somebody who keeps changing a database while it is backed up.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "tests/world/mysql.h"
#include "tests/world/postgres.h"

namespace vya::story {

/// Runs statements again and again, each time as one transaction, until it goes. What fails (a
/// deadlock, a server that stops) is left out and tried again: the next statement is another one.
class Writer {
 public:
  /// `statements(n)` gives what is run the n-th time. The server must outlive the writer.
  Writer(const world::PostgresServer& server, std::string database,
         std::function<std::string(int)> statements)
      : Writer([&server, database = std::move(database), statements = std::move(statements)](
                   int number) { server.query(database, statements(number)); }) {}
  Writer(const world::MysqlServer& server, std::string database,
         std::function<std::string(int)> statements)
      : Writer([&server, database = std::move(database), statements = std::move(statements)](
                   int number) { server.query("USE " + database + "; " + statements(number)); }) {}

  /// How many of its transactions were committed, and how many were not.
  int done() const { return done_; }
  int failed() const { return failed_; }

 private:
  explicit Writer(std::function<void(int)> change)
      : thread_([this, change = std::move(change)](const std::stop_token& stop) {
          for (int number = 1; !stop.stop_requested(); ++number) {
            try {
              change(number);
              ++done_;
            } catch (const Error&) {
              ++failed_;
            }
          }
        }) {}

  std::atomic<int> done_ = 0;
  std::atomic<int> failed_ = 0;
  std::jthread thread_;
};

}  // namespace vya::story
