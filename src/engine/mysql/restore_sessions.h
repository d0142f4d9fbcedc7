// The sessions of a restore: opened when needed, lent to one thread at a time, kept for the next.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/mysql/server.h"

namespace vya::mysql {

class RestoreSessions;

/// A session on loan. Given back when it goes, unless it was closed.
class RestoreSession {
 public:
  RestoreSession(RestoreSessions& from, std::unique_ptr<Connection> connection)
      : from_(&from), connection_(std::move(connection)) {}
  RestoreSession(RestoreSession&&) noexcept = default;
  RestoreSession& operator=(RestoreSession&&) = delete;
  ~RestoreSession();

  Connection& operator*() { return *connection_; }
  Connection* operator->() { return connection_.get(); }

 private:
  RestoreSessions* from_;
  std::unique_ptr<Connection> connection_;
};

/// Safe from several threads. Must outlive what it lends.
class RestoreSessions {
 public:
  explicit RestoreSessions(const Server& server) : server_(server) {}

  /// From now on what new sessions do is not in the server's binary log. Not to be called while
  /// others borrow.
  void spare_binary_log() { log_ = BinaryLog::kSpared; }

  /// A session set up for a restore, in a database where one is named. Throws Error.
  RestoreSession borrow(const std::string& database = "");

 private:
  friend class RestoreSession;
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  const Server& server_;
  BinaryLog log_ = BinaryLog::kWritten;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace vya::mysql
