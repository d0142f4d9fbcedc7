#include "engine/mysql/moment.h"

#include <fmt/format.h>

#include "base/log.h"
#include "engine/mysql/account.h"
#include "engine/mysql/pause.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/statements.h"

namespace vya::mysql {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kTries = 6;
/// How long a lock may be waited for: everybody else waits behind us meanwhile.
constexpr int kLockSeconds = 2;
constexpr int kBusySeconds = 5;  ///< a statement that runs longer would make the lock wait
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kBusyLimit{30'000};

class Catcher {
 public:
  Catcher(const Server& server, const MomentRequest& request, const std::function<void()>& check,
          Watcher& watcher)
      : server_(server), request_(request), check_(check), watcher_(watcher) {}

  Moment run() {
    open_sessions(request_.sessions);
    const bool caught = log_has_all_commits() && without_stopping();
    if (!caught) stopping();
    read_clock();
    return std::move(moment_);
  }

 private:
  void open_sessions(unsigned count);
  void lock_definitions();
  void begin_all();
  bool log_has_all_commits();
  bool log_leaves_databases_out(Connection& session) const;
  bool without_stopping();
  bool of_one_position();
  void stopping();
  bool stop_writing(Connection& stopper);
  void wait_for_busy_statements(Connection& stopper);
  std::string busy_statement(Connection& stopper) const;
  void read_position(Connection& session);
  void read_clock();
  void miss(const std::string& privilege, const std::string& why);

  const Server& server_;
  const MomentRequest& request_;
  const std::function<void()>& check_;
  Watcher& watcher_;
  steady_clock::time_point asked_;  ///< for the lock that stops writing
  Moment moment_;
};

void Catcher::open_sessions(unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    auto session = server_.connect(check_);
    // The bytes of rows as they are stored.
    session->run("SET SESSION character_set_results = binary");
    session->run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    session->run(fmt::format("SET SESSION lock_wait_timeout = {}", request_.table_wait.count()));
    moment_.sessions.push_back(std::move(session));
  }
}

void Catcher::lock_definitions() {
  if (request_.definitions != nullptr) request_.definitions->take();
}

void Catcher::begin_all() {
  moment_.held_since = steady_clock::now();
  for (const auto& session : moment_.sessions) {
    session->run("START TRANSACTION WITH CONSISTENT SNAPSHOT");
    session->run("SAVEPOINT nothing_read");
  }
}

/// Whether the log is told of everything that is committed: a replica and a node of a cluster may
/// apply what others wrote without writing it down, and databases may be left out.
bool Catcher::log_has_all_commits() {
  const Flavor& flavor = server_.flavor();
  if (!flavor.snapshots_know_their_position()) return false;
  Connection& session = *moment_.sessions.front();
  if (!flavor.is_on("log_slave_updates")) {
    if (flavor.in_cluster()) return false;
    const auto replicating = session.query("SHOW GLOBAL STATUS LIKE 'Slaves_running'");
    if (replicating.empty() || replicating[0].at(1) != "0") return false;
  }
  return !log_leaves_databases_out(session);
}

bool Catcher::log_leaves_databases_out(Connection& session) const {
  const Flavor& flavor = server_.flavor();
  if (flavor.has("binlog_do_db"))
    return !flavor.variable("binlog_do_db").empty() || !flavor.variable("binlog_ignore_db").empty();
  try {
    bool some = false;
    session.each("SHOW MASTER STATUS", [&](const RowView& row) {
      some = !row.bytes(2).empty() || !row.bytes(3).empty();
    });
    return some;
  } catch (const SqlError& error) {
    if (!is_privilege_missing(error.number())) throw;
    return true;  // for all we know
  }
}

bool Catcher::of_one_position() {
  std::string first;
  for (const auto& session : moment_.sessions) {
    std::string position;
    session->each("SHOW STATUS LIKE 'Binlog_snapshot_%'", [&](const RowView& row) {
      if (row.bytes(0) == "Binlog_snapshot_file") position = row.text(1) + position;
      if (row.bytes(0) == "Binlog_snapshot_position") position += ":" + row.text(1);
    });
    if (position.empty() || position.starts_with(':')) return false;  // proves nothing
    if (first.empty()) first = position;
    if (position != first) return false;
  }
  moment_.position = first;
  const std::size_t colon = first.rfind(':');
  moment_.gtid =
      moment_.sessions.front()
          ->value(fmt::format("SELECT BINLOG_GTID_POS({}, {})", quote_text(first.substr(0, colon)),
                              first.substr(colon + 1)))
          .value_or("");
  return true;
}

bool Catcher::without_stopping() {
  lock_definitions();
  for (int i = 0; i < kTries; ++i) {
    begin_all();
    if (of_one_position()) return true;
    for (const auto& session : moment_.sessions) session->run("ROLLBACK");
  }
  return false;
}

std::string Catcher::busy_statement(Connection& stopper) const {
  std::string busy;
  stopper.each(
      fmt::format(
          "SELECT ID, USER, TIME, LEFT(INFO, 60) FROM {} WHERE COMMAND = 'Query' AND TIME >= "
          "{} AND ID <> CONNECTION_ID() AND INFO IS NOT NULL ORDER BY TIME DESC LIMIT 1",
          statements_of_others(server_.flavor()), kBusySeconds),
      [&](const RowView& row) {
        busy = fmt::format("connection {} of '{}' has run {} for {} s", row.bytes(0), row.bytes(1),
                           abbreviated(row.text(3)), row.bytes(2));
      });
  return busy;
}

void Catcher::wait_for_busy_statements(Connection& stopper) {
  const auto limit = steady_clock::now() + kBusyLimit;
  bool told = false;
  for (;;) {
    const std::string busy = busy_statement(stopper);
    if (busy.empty() || steady_clock::now() > limit) return;
    if (!told) watcher_.notice("waiting for a long statement before the lock: " + busy);
    told = true;
    pause(kFirstPause, check_);
  }
}

/// Returns whether it may; throws when it may and never can.
bool Catcher::stop_writing(Connection& stopper) {
  stopper.run(fmt::format("SET SESSION lock_wait_timeout = {}", kLockSeconds));
  wait_for_busy_statements(stopper);
  milliseconds rest = kFirstPause;
  for (int i = 1;; ++i) {
    try {
      // What is open is closed first, so that little is left to do under the lock.
      stopper.run("FLUSH NO_WRITE_TO_BINLOG TABLES");
      asked_ = steady_clock::now();  // from here on others wait, whether we get it or not
      stopper.run("FLUSH TABLES WITH READ LOCK");
      return true;
    } catch (const SqlError& error) {
      // Some services answer as if the password were wrong.
      if (is_privilege_missing(error.number()) || error.number() == kAccessDenied) return false;
      if (error.number() != kLockWaitTimeout) throw;
      const std::string busy = busy_statement(stopper);
      if (i == kTries) {
        throw Error(Fault::kRefused,
                    fmt::format("cannot stop writing on {} for a moment in {} tries of {} s{}{}",
                                server_.address().text(), kTries, kLockSeconds,
                                busy.empty() ? "" : ": ", busy),
                    "Back up when no statement runs for so long.");
      }
      watcher_.notice(fmt::format("the global read lock was not to be had in {} s ({} of {}){}{}",
                                  kLockSeconds, i, kTries, busy.empty() ? "" : ": ", busy));
      pause(rest, check_);
      rest *= 2;
    }
  }
}

void Catcher::stopping() {
  const auto stopper = server_.connect(check_);
  if (!stop_writing(*stopper)) {
    // One session alone sees one moment, whatever others do; only its own snapshot can say where in
    // the log that is.
    miss("RELOAD",
         "writing cannot be stopped for the moment in which several sessions begin, so "
         "one session reads all rows, one table after another");
    moment_.sessions.resize(1);
    lock_definitions();
    begin_all();
    of_one_position();
    return;
  }
  lock_definitions();
  begin_all();
  read_position(*stopper);
  stopper->run("UNLOCK TABLES");
  moment_.stopped =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - asked_);
}

void Catcher::read_position(Connection& session) {
  // MySQL 8.4 and later know only the first, MariaDB and older ones only the second.
  for (const char* statement : {"SHOW BINARY LOG STATUS", "SHOW MASTER STATUS"}) {
    try {
      session.each(statement,
                   [&](const RowView& row) { moment_.position = row.text(0) + ":" + row.text(1); });
      break;
    } catch (const SqlError& error) {
      if (!session.good()) throw;
      log_event(LogLevel::kDebug, "no position of the binary log", {{"why", error.message()}});
    }
  }
  const char* gtids = server_.flavor().mariadb() ? "gtid_current_pos" : "gtid_executed";
  if (server_.flavor().has(gtids))
    moment_.gtid = session.value(std::string("SELECT @@GLOBAL.") + gtids).value_or("");
}

void Catcher::read_clock() {
  Connection& session = *moment_.sessions.front();
  moment_.taken = parse_time(
      session.value("SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')").value_or(""));
}

void Catcher::miss(const std::string& privilege, const std::string& why) {
  moment_.gaps.push_back({.kind = "privilege",
                          .what = privilege,
                          .why = why,
                          .cure = grant_to_us(*moment_.sessions.front(), privilege)});
}

}  // namespace

Moment catch_moment(const Server& server, const MomentRequest& request,
                    const std::function<void()>& check, Watcher& watcher) {
  return Catcher(server, request, check, watcher).run();
}

void let_go_of_tables(Connection& session) { session.run("ROLLBACK TO SAVEPOINT nothing_read"); }

}  // namespace vya::mysql
