// The lock that keeps definitions from changing while a backup is written.
//
// It lets everybody read and write, and a statement that waits for it holds no lock of its tables
// yet, so nobody queues behind it (but for an ALTER TABLE of MariaDB that had begun before). On
// MySQL such a statement does keep others from stopping all writing, so there the lock is only
// tried beforehand and taken when writing has stopped, or when nobody will stop it; MariaDB's is
// taken at once.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/server.h"

namespace vya::mysql {

class DefinitionsLock {
 public:
  /// `check` is called while it waits and may throw. Server and watcher must outlive it.
  DefinitionsLock(const Server& server, std::function<void()> check, Watcher& watcher);

  /// Tries it, several times where a statement is at work that it has to wait for. Returns whether
  /// take() will give it.
  bool is_to_be_had();

  /// Takes it, unless it is held, in one short try. Throws StartOver when it is not to be had now.
  void take();

  /// Whether it has been held from take() until now.
  bool is_held();

  /// The privilege that is missing for it.
  const std::vector<Gap>& gaps() const { return gaps_; }

 private:
  enum class Came { kTaken, kBusy, kForbidden };
  Came try_once();
  bool earlier_ones_have_ended();
  void miss(const std::string& privilege);

  const Server& server_;
  std::function<void()> check_;
  Watcher& watcher_;
  std::unique_ptr<Connection> holder_;
  bool taken_ = false;
  std::chrono::steady_clock::time_point asked_;  ///< for it, the last time
  std::vector<Gap> gaps_;
};

/// Whether writers would wait for the lock for as long as it is held, so that it is not to be taken:
/// on MariaDB those of tables of engines without transactions, but for Aria; and all of a node of a
/// Galera cluster, which applies nothing meanwhile (MariaDB 10.11: BACKUP STAGE BLOCK_DDL).
bool lock_would_stop_writers(Connection& connection, const Flavor& flavor);

}  // namespace vya::mysql
