// One moment of the server in several sessions, and what keeps definitions from changing after it.
//
// Where the server lets us, writing stops for milliseconds (FLUSH TABLES WITH READ LOCK) while the
// sessions begin their transactions, and definitions are locked before it goes on. On MariaDB with
// a binary log nothing has to stop: sessions whose snapshots are at the same position of the log
// are of one moment. Nothing of anybody's is ended, and every wait is short: a lock that is waited
// for makes all others wait behind it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/server.h"

namespace vya::mysql {

/// What came of it.
struct Moment {
  std::vector<std::unique_ptr<Connection>> sessions;  ///< with a transaction of that moment each
  std::unique_ptr<Connection> definitions_lock;       ///< holds it; nothing where there is none
  Time taken;                                         ///< by the server's clock
  std::string position;  ///< in the server's log: `binlog.000007:1234`, or empty
  std::string gtid;      ///< or empty
  std::chrono::steady_clock::time_point held_since;
  /// For how long all writing had to wait for us, where it was stopped.
  std::optional<std::chrono::microseconds> stopped;
  std::vector<Gap> gaps;  ///< privileges that were missing
};

struct MomentRequest {
  unsigned sessions = 1;
  /// Whether there are tables whose writers would wait for the lock of definitions (on MariaDB
  /// those of MyISAM): then it is not taken, and changes are looked for instead.
  enum class SlowLock { kNone, kAvoid } slow_lock = SlowLock::kNone;
};

/// Throws StartOver when definitions changed meanwhile, Error when the moment cannot be had.
Moment catch_moment(const Server& server, const MomentRequest& request,
                    const std::function<void()>& check, Watcher& watcher);

}  // namespace vya::mysql
