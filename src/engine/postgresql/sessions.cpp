#include "engine/postgresql/sessions.h"

#include <algorithm>

#include "engine/postgresql/quote.h"

namespace vya::pg {

RowSession::RowSession(const Server& server, const Leader& leader, std::function<void()> check)
    : database_(leader.database().number),
      connection_(server.connect(leader.database().name, leader.database().encoding)) {
  connection_.watch_with(std::move(check));
  connection_.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  connection_.run("SET TRANSACTION SNAPSHOT " + quote_text(leader.position().snapshot_id));
}

bool RowSession::lock(const TableName& table) {
  try {
    connection_.run("LOCK TABLE ONLY " + quote_name(table.schema, table.name) +
                    " IN ACCESS SHARE MODE NOWAIT");
    return true;
  } catch (const SqlError& e) {
    if (e.state() != kLockNotAvailable) throw;
    return false;
  }
}

bool RowSession::copy(const TableName& table, TableLock how,
                      const std::function<void(Connection&)>& read) {
  connection_.run("SAVEPOINT part");
  if (how != TableLock::kNone && !kept_locks_.contains(table)) {
    if (!lock(table)) {
      connection_.run("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
      return false;
    }
    if (how == TableLock::kKept) {
      // Released, the savepoint leaves its lock to the transaction.
      connection_.run("RELEASE SAVEPOINT part; SAVEPOINT part");
      kept_locks_.insert(table);
    }
  }
  read(connection_);
  connection_.run("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
  return true;
}

std::unique_ptr<RowSession> RowSessions::borrow(const Leader& leader) {
  {
    const std::lock_guard guard(mutex_);
    const auto same = std::ranges::find(idle_, leader.database().number, &RowSession::database);
    if (same != idle_.end()) {
      std::unique_ptr<RowSession> session = std::move(*same);
      idle_.erase(same);
      return session;
    }
    if (!idle_.empty()) idle_.pop_back();
  }
  return std::make_unique<RowSession>(server_, leader, check_);
}

void RowSessions::give_back(std::unique_ptr<RowSession> session) {
  if (!session->good()) return;
  const std::lock_guard guard(mutex_);
  idle_.push_back(std::move(session));
}

void RowSessions::close() {
  const std::lock_guard guard(mutex_);
  idle_.clear();
}

}  // namespace vya::pg
