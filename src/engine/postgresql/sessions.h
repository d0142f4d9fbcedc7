// The sessions that read rows: each shares a leader's snapshot. Lent to one thread at a time, kept
// for the next.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/leader.h"

namespace vya::pg {

/// A session on a leader's snapshot.
class RowSession {
 public:
  /// Connects and takes over the leader's snapshot. `check` is called while waiting and may throw.
  RowSession(const Server& server, const Leader& leader, std::function<void()> check);

  int database() const { return database_; }
  bool good() const { return connection_.good(); }

  /// Lets `read` copy rows of a table within a savepoint that is rolled back afterwards: planning a
  /// range locks the table's indexes, and a lock that stays would make REINDEX wait for us and the
  /// application behind it. With kKept the table's own lock stays until the session ends, for
  /// tables that are read in several segments. Returns false, having read nothing, when the lock
  /// cannot be had at once because someone queues for it: the leader has it.
  enum class TableLock { kNone, kForNow, kKept };
  bool copy(const TableName& table, TableLock lock, const std::function<void(Connection&)>& read);

 private:
  bool lock(const TableName& table);

  int database_;
  Connection connection_;
  std::set<TableName> kept_locks_;
};

/// Lends row sessions. Safe from several threads.
class RowSessions {
 public:
  RowSessions(const Server& server, std::function<void()> check)
      : server_(server), check_(std::move(check)) {}

  /// A session of the leader's database: an idle one, or a new one. An idle session of another
  /// database is closed for it, so that there are never more than there are borrowers.
  std::unique_ptr<RowSession> borrow(const Leader& leader);

  /// Gives a session back for others to use; one that is not good() is dropped.
  void give_back(std::unique_ptr<RowSession> session);

  /// Closes all idle sessions.
  void close();

 private:
  const Server& server_;
  std::function<void()> check_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<RowSession>> idle_;
};

}  // namespace vya::pg
