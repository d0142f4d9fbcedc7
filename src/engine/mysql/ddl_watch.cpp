#include "engine/mysql/ddl_watch.h"

#include <fmt/format.h>

#include <condition_variable>
#include <memory>

#include "base/interrupt.h"
#include "base/log.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/statements.h"

namespace vya::mysql {

namespace {

using std::chrono::steady_clock;

constexpr auto kLookEvery = std::chrono::seconds(1);

}  // namespace

DdlWatch::DdlWatch(const Server& server, std::chrono::seconds wait, const SnapshotAge& age,
                   Watcher& watcher)
    : server_(server),
      wait_(wait),
      age_(age),
      watcher_(watcher),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void DdlWatch::throw_if_yielding() const {
  if (!yielding_) return;
  const std::lock_guard guard(reason_mutex_);
  throw StartOver(reason_);
}

void DdlWatch::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_ptr<Connection> connection;
  while (!stop.stop_requested()) {
    try {
      if (!connection) connection = server_.connect(throw_if_interrupted);
      look(*connection);
    } catch (const std::exception& e) {
      // Without the watch the backup is still right; the next look tries again.
      log_event(LogLevel::kWarning, "cannot look for waiting statements", {{"why", e.what()}});
      connection.reset();
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kLookEvery, [] { return false; });
  }
}

void DdlWatch::look(Connection& connection) {
  std::map<std::string, Waiting> now;
  connection.each(
      fmt::format("SELECT ID, USER, INFO FROM {} WHERE STATE = 'Waiting for backup lock'",
                  statements_of_others(server_.flavor())),
      [&](const RowView& row) {
        const std::string statement = abbreviated(row.text(2));
        const auto before = waiting_.find(row.text(0));
        const bool known = before != waiting_.end() && before->second.statement == statement;
        const Waiting waiting = known ? before->second : Waiting{statement, steady_clock::now()};
        const std::string who =
            fmt::format("connection {} of '{}': {}", row.bytes(0), row.bytes(1), statement);
        if (!known) {
          watcher_.notice("a statement waits until the backup lets definitions change" +
                          age_.remark() + ": " + who);
        }
        now.emplace(row.text(0), waiting);
        const auto waited = steady_clock::now() - waiting.since;
        if (waited < wait_) return;
        const std::lock_guard guard(reason_mutex_);
        reason_ =
            fmt::format("a statement waited {} s for the backup's lock of definitions: {}",
                        std::chrono::duration_cast<std::chrono::seconds>(waited).count(), who);
        yielding_ = true;
      });
  waiting_ = std::move(now);
}

}  // namespace vya::mysql
