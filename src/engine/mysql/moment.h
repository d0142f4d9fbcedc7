// One moment of the server in several sessions.
//
// Where the server lets us, writing stops for milliseconds (FLUSH TABLES WITH READ LOCK) while
// definitions are locked and the sessions begin their transactions. On MariaDB with a binary log of
// all that is committed nothing has to stop: sessions whose snapshots are at the same position of
// the log are of one moment. Nothing of anybody's is ended, and every wait is short: a lock that is
// waited for makes all others wait behind it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/definitions_lock.h"
#include "engine/mysql/server.h"

namespace vya::mysql {

/// What came of it.
struct Moment {
  std::vector<std::unique_ptr<Connection>> sessions;  ///< with a transaction of that moment each
  Time taken;                                         ///< by the server's clock
  /// In the server's log: `binlog.000007:1234`; empty where there is none, or where it is not
  /// certain to be the moment's.
  std::string position;
  std::string gtid;  ///< likewise
  std::chrono::steady_clock::time_point held_since;
  /// For how long all writing had to wait for us, where it was stopped.
  std::optional<std::chrono::microseconds> stopped;
  std::vector<Gap> gaps;  ///< privileges that were missing
};

struct MomentRequest {
  unsigned sessions = 1;
  DefinitionsLock* definitions = nullptr;  ///< to be taken before it; nothing: none
  std::chrono::seconds table_wait{60};     ///< how long the sessions wait for a table
};

/// Throws StartOver when definitions cannot be locked after all, Error when the moment cannot be
/// had.
Moment catch_moment(const Server& server, const MomentRequest& request,
                    const std::function<void()>& check, Watcher& watcher);

/// Gives back the locks of the tables that a session of a moment has read, and keeps the moment: a
/// statement that changes one of them would wait otherwise, and all others behind it.
void let_go_of_tables(Connection& session);

}  // namespace vya::mysql
