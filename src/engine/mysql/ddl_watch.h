// Watches who waits for the lock of definitions.
//
// Who waits holds up nobody else, but may be a migration or a TRUNCATE of the application. So it is
// named to the operator, and after a while it is let through: everything is given back, and the
// backup starts over.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "engine/engine.h"
#include "engine/mysql/server.h"
#include "engine/snapshot_age.h"

namespace vya::mysql {

class DdlWatch {
 public:
  /// Looks once a second, in a thread of its own. After `wait` a statement that waits makes
  /// throw_if_yielding() throw. Server, age and watcher must outlive it.
  DdlWatch(const Server& server, std::chrono::seconds wait, const SnapshotAge& age,
           Watcher& watcher);

  /// Throws StartOver when a statement has waited long enough. Cheap; safe from several threads.
  void throw_if_yielding() const;

 private:
  struct Waiting {
    std::string statement;
    std::chrono::steady_clock::time_point since;  ///< we first saw it
  };

  void run(const std::stop_token& stop);
  void look(Connection& connection);

  const Server& server_;
  std::chrono::seconds wait_;
  const SnapshotAge& age_;
  Watcher& watcher_;
  std::atomic<bool> yielding_ = false;
  mutable std::mutex reason_mutex_;
  std::string reason_;
  std::map<std::string, Waiting> waiting_;  ///< by connection
  std::jthread thread_;
};

}  // namespace vya::mysql
