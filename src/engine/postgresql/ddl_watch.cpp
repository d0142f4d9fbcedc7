#include "engine/postgresql/ddl_watch.h"

#include <fmt/format.h>

#include <condition_variable>
#include <optional>

#include "base/log.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr auto kLookEvery = std::chrono::seconds(1);
constexpr auto kBeatEvery = std::chrono::seconds(30);
constexpr int kVersionWithWaitStart = 140000;

/// Who waits is asked of pg_locks, which shows it to everybody; what is waiting and since when,
/// only to who may read all statistics, or is the same role.
constexpr const char* kWaiting =
    "SELECT w.pid, w.datname, w.query, extract(epoch FROM clock_timestamp() - "
    "coalesce(w.query_start, {}))::bigint"
    " FROM (SELECT DISTINCT ON (pid) * FROM pg_locks WHERE NOT granted) l"
    " JOIN pg_stat_activity w ON w.pid = l.pid WHERE w.application_name <> $1"
    " AND EXISTS (SELECT FROM unnest(pg_blocking_pids(w.pid)) AS b(pid) JOIN pg_stat_activity o ON "
    "o.pid = b.pid"
    " WHERE o.application_name = $1)";

}  // namespace

DdlWatch::DdlWatch(const Server& server, std::string application_name, std::chrono::seconds wait,
                   const SnapshotAge& age, Watcher& watcher, std::function<void()> beat)
    : server_(server),
      application_name_(std::move(application_name)),
      wait_(wait),
      age_(age),
      watcher_(watcher),
      beat_(std::move(beat)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void DdlWatch::throw_if_yielding() const {
  if (!yielding_) return;
  const std::lock_guard guard(reason_mutex_);
  throw StartOver(reason_);
}

void DdlWatch::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::optional<Connection> connection;
  auto last_beat = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    bool answered = false;
    try {
      if (!connection) connection.emplace(server_.connect(server_.maintenance_database()));
      look(*connection);
      answered = true;
    } catch (const std::exception& e) {
      // Without the watch the backup is still right; the next look tries again.
      log_event(LogLevel::kWarning, "cannot look for waiting statements", {{"why", e.what()}});
      connection.reset();
    }
    // A server that is silent would keep each beat for minutes, and whoever ends this thread too.
    if (answered && std::chrono::steady_clock::now() - last_beat > kBeatEvery) {
      beat();
      last_beat = std::chrono::steady_clock::now();
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kLookEvery, [] { return false; });
  }
}

void DdlWatch::beat() {
  try {
    beat_();
  } catch (const std::exception& e) {
    // Whoever needs a session that is lost, or a snapshot that is to end, is told when he uses it.
    log_event(LogLevel::kWarning, "cannot keep an idle session alive", {{"why", e.what()}});
  }
}

void DdlWatch::look(Connection& connection) {
  const bool tells_since = connection.server_version() >= kVersionWithWaitStart;
  const std::string since = tells_since ? "l.waitstart" : "NULL";
  const Result waiting =
      connection.query(fmt::format(fmt::runtime(kWaiting), since), {application_name_});
  for (int i = 0; i < waiting.rows(); ++i) {
    const std::string statement = abbreviated(waiting.text(i, 2), 120);
    const std::string who = fmt::format("process {} in database '{}': {}", waiting.text(i, 0),
                                        waiting.text(i, 1), statement);
    if (told_.emplace(waiting.number(i, 0), statement).second) {
      watcher_.notice("a statement waits for the backup's locks, and others queue behind it" +
                      age_.remark() + ": " + who);
    }
    if (waiting.is_null(i, 3) || waiting.number(i, 3) < wait_.count()) continue;
    const std::lock_guard guard(reason_mutex_);
    reason_ = fmt::format("a statement waited {} s for the backup's locks: {}",
                          waiting.number(i, 3), who);
    yielding_ = true;
  }
}

}  // namespace vya::pg
