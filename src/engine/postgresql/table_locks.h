// How a session comes to hold the locks of many tables, and is never half of a deadlock.
//
// Who waits for one lock and holds another can close a circle, and then the server ends a
// transaction of the application as likely as ours: that of whoever has waited for
// deadlock_timeout and looks. So the session waits for long only for one table, while it holds no
// other; for the others it waits for less than that time, all in all, and otherwise gives
// everything back and begins with the one that is in most demand.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/relations.h"

namespace vya::pg {

/// A table that others lock against readers, or wait to.
struct Contended {
  Lockable table;
  std::string by;  ///< `process 4711: TRUNCATE inbox`, who is the first of them
};

struct LockLimits {
  std::chrono::milliseconds all{0};  ///< how long it may take before a lock is not to be had
  std::chrono::milliseconds deadlock_timeout{1000};  ///< the server's
};

/// Takes ACCESS SHARE locks in the transaction that the connection has begun, without reading
/// anything there. The server's errors are let through as SqlError.
class TableLocks {
 public:
  /// `check` is called between tries and may throw. `contended` looks, in another session, which of
  /// the tables is in most demand; `tell` is told the first one that has to be waited for.
  TableLocks(Connection& connection, const LockLimits& limits, std::function<void()> check,
             std::function<std::optional<Contended>()> contended,
             std::function<void(const Contended&)> tell);

  /// Locks all of them, where the transaction holds no other table. Throws Error(kRefused) when
  /// that takes longer than the limit.
  void take(const std::vector<Lockable>& tables);

  /// The same beside what is locked already, so without ever waiting in the server's queue.
  void add(const std::vector<Lockable>& tables);

 private:
  bool take_all(const Lockable& first, const std::vector<Lockable>& tables);
  bool attempt(const std::string& lock);
  void wait_or_fail(const std::optional<Contended>& contended);

  Connection& connection_;
  LockLimits limits_;
  std::function<void()> check_;
  std::function<std::optional<Contended>()> contended_;
  std::function<void(const Contended&)> tell_;
  std::chrono::steady_clock::time_point give_up_;
  bool told_ = false;
};

}  // namespace vya::pg
