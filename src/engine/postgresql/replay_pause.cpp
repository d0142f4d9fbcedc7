#include "engine/postgresql/replay_pause.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "base/log.h"

namespace vya::pg {

namespace {

constexpr int kVersionWithPauseState = 140000;
constexpr auto kLookEvery = std::chrono::milliseconds(20);
constexpr int kMostLooks = 500;

/// Targets are evaluated from left to right.
std::string hold_query(std::chrono::seconds longest) {
  return fmt::format("SELECT pg_wal_replay_pause(), pg_sleep({}), pg_wal_replay_resume()",
                     longest.count());
}

/// Ends the holder's waiting.
class LetGo : public std::exception {};

bool is_paused(Connection& connection) {
  return connection.value(connection.server_version() >= kVersionWithPauseState
                              ? "SELECT pg_get_wal_replay_pause_state() = 'paused'"
                              : "SELECT pg_is_wal_replay_paused()") == "t";
}

}  // namespace

ReplayPause::ReplayPause(const Server& server, Watcher& watcher, const std::function<void()>& check,
                         std::chrono::seconds longest)
    : server_(server) {
  Connection connection = server_.connect(server_.maintenance_database());
  if (connection.value("SELECT pg_is_wal_replay_paused()") == "t") {
    ours_ = false;
    watcher.notice(
        "somebody has paused the standby's replay: the backup is of that moment, and it stays "
        "paused until pg_wal_replay_resume() is run");
    return;
  }
  holder_ = std::jthread([this, longest](const std::stop_token& stop) { hold(stop, longest); });
  try {
    wait_until_paused(connection, check);
  } catch (...) {
    let_go();
    throw;
  }
}

ReplayPause::~ReplayPause() { let_go(); }

void ReplayPause::hold(const std::stop_token& stop, std::chrono::seconds longest) {
  try {
    Connection connection = server_.connect(server_.maintenance_database());
    connection.watch_with([&stop] {
      if (stop.stop_requested()) throw LetGo();
    });
    connection.query(hold_query(longest));
  } catch (const LetGo&) {
    return;
  } catch (...) {
    const std::lock_guard guard(mutex_);
    failed_ = std::current_exception();
  }
}

void ReplayPause::throw_if_failed() {
  const std::lock_guard guard(mutex_);
  if (!failed_) return;
  try {
    std::rethrow_exception(failed_);
  } catch (const SqlError& e) {
    if (e.fault() != Fault::kPermission) throw;
    throw Error(Fault::kPermission, "cannot pause the standby's replay: " + e.said(),
                "On the primary, in database '" + server_.maintenance_database() +
                    "', run GRANT EXECUTE ON FUNCTION pg_wal_replay_pause(), "
                    "pg_wal_replay_resume() TO the instance's user; or leave pause_replay out.");
  }
}

void ReplayPause::wait_until_paused(Connection& connection, const std::function<void()>& check) {
  while (!seen_paused_) {
    check();
    throw_if_failed();
    look(connection);
  }
}

void ReplayPause::look(Connection& connection) {
  seen_paused_ = is_paused(connection);
  if (!seen_paused_) std::this_thread::sleep_for(kLookEvery);
}

bool ReplayPause::has_failed() {
  const std::lock_guard guard(mutex_);
  return failed_ != nullptr;
}

void ReplayPause::resume() {
  if (!ours_) return;
  Connection connection = server_.connect(server_.maintenance_database());
  const bool held = is_paused(connection);
  let_go();
  if (!held) throw StartOver("the standby's replay went on before all snapshots were taken");
}

/// Also after an interrupt: a standby that stays behind is worse than a second's delay. A statement
/// that is on its way would pause after we resumed, so its pause is awaited first.
void ReplayPause::let_go() noexcept {
  if (!std::exchange(ours_, false)) return;
  try {
    Connection connection = server_.connect(server_.maintenance_database());
    connection.watch_with([] {});
    for (int i = 0; i < kMostLooks && !seen_paused_ && !has_failed(); ++i) look(connection);
    connection.run("SELECT pg_wal_replay_resume()");
    holder_ = {};  // asks it to stop and waits for it
  } catch (const std::exception& e) {
    // The holder's statement resumes it; the holder's end is waited for.
    log_event(LogLevel::kWarning, "cannot resume the standby's replay; the server will",
              {{"why", e.what()}});
  }
}

}  // namespace vya::pg
