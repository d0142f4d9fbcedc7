// Watches who waits for our locks, and keeps the idle leaders' sessions alive.
//
// Our locks stop no reader and no writer, but DDL waits for them, and then the application queues
// behind that DDL. So it is named to the operator, and after a while we let it through: give
// everything back and start over.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "engine/engine.h"
#include "engine/postgresql/server.h"
#include "engine/snapshot_age.h"

namespace vya::pg {

class DdlWatch {
 public:
  /// Looks once a second, in a thread of its own, for statements of others that wait for sessions
  /// named `application_name`. After `wait` such a statement makes throw_if_yielding() throw.
  /// `beat` is called every 30 seconds. The server, the age and the watcher must outlive it.
  DdlWatch(const Server& server, std::string application_name, std::chrono::seconds wait,
           const SnapshotAge& age, Watcher& watcher, std::function<void()> beat);

  /// Throws StartOver when a statement has waited long enough. Cheap; safe from several threads.
  void throw_if_yielding() const;

 private:
  void run(const std::stop_token& stop);
  void look(Connection& connection);
  void beat();

  const Server& server_;
  std::string application_name_;
  std::chrono::seconds wait_;
  const SnapshotAge& age_;
  Watcher& watcher_;
  std::function<void()> beat_;
  std::atomic<bool> yielding_ = false;
  mutable std::mutex reason_mutex_;
  std::string reason_;
  std::map<std::int64_t, std::string> told_;  ///< waiting processes the operator knows of
  std::jthread thread_;
};

}  // namespace vya::pg
