// A standby's replay, held still for the moment in which the snapshots of all databases are taken.
//
// Nothing in PostgreSQL ends a pause when whoever asked for it is gone, and a standby that stays
// paused is worse than no backup. So the statement that pauses is the one that resumes: the server
// itself runs its end after a while, whatever has become of us, kill -9 included. A snapshot holds
// by itself, so the pause ends as soon as all are taken.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "engine/engine.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

class ReplayPause {
 public:
  /// Pauses and waits until replay stands still. When somebody else has paused it, that is told and
  /// left as it is. The server resumes after `longest` whatever happens; snapshots of a thousand
  /// databases take a few seconds. `check` is called while waiting and may throw. Server and
  /// watcher must outlive it. Throws Error(kPermission) with the right that is missing.
  ReplayPause(const Server& server, Watcher& watcher, const std::function<void()>& check,
              std::chrono::seconds longest = std::chrono::seconds(30));
  ReplayPause(const ReplayPause&) = delete;
  ReplayPause& operator=(const ReplayPause&) = delete;

  /// Resumes, unless resume() did; does not return before replay goes on.
  ~ReplayPause();

  /// Lets replay go on. Throws StartOver when it went on by itself meanwhile, as then the
  /// snapshots may be of several moments.
  void resume();

 private:
  void hold(const std::stop_token& stop, std::chrono::seconds longest);
  void wait_until_paused(Connection& connection, const std::function<void()>& check);
  void look(Connection& connection);
  bool has_failed();
  void throw_if_failed();
  void let_go() noexcept;

  const Server& server_;
  bool ours_ = true;
  bool seen_paused_ = false;  ///< the holder's statement has come to its pause
  std::mutex mutex_;
  std::exception_ptr failed_;
  std::jthread holder_;  ///< last: its thread uses the others
};

}  // namespace vya::pg
