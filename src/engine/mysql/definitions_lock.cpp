#include "engine/mysql/definitions_lock.h"

#include <fmt/format.h>

#include <chrono>

#include "engine/mysql/account.h"
#include "engine/mysql/pause.h"

namespace vya::mysql {

namespace {

constexpr std::chrono::seconds kTriesLast{6};
/// Other statements that change definitions wait behind us meanwhile.
constexpr int kLockSeconds = 2;
constexpr std::chrono::milliseconds kPause{250};

std::vector<std::string> lock_statements(const Flavor& flavor) {
  if (!flavor.mariadb()) return {"LOCK INSTANCE FOR BACKUP"};
  return {"BACKUP STAGE START", "BACKUP STAGE FLUSH", "BACKUP STAGE BLOCK_DDL"};
}

}  // namespace

DefinitionsLock::DefinitionsLock(const Server& server, std::function<void()> check,
                                 Watcher& watcher)
    : server_(server), check_(std::move(check)), watcher_(watcher) {}

DefinitionsLock::Came DefinitionsLock::try_once() {
  if (!holder_) {
    holder_ = server_.connect(check_);
    holder_->run(fmt::format("SET SESSION lock_wait_timeout = {}", kLockSeconds));
  }
  try {
    for (const std::string& statement : lock_statements(server_.flavor())) {
      asked_ = std::chrono::steady_clock::now();
      holder_->run(statement);
    }
    if (!server_.flavor().mariadb() || earlier_ones_have_ended()) return Came::kTaken;
    holder_.reset();
    return Came::kBusy;
  } catch (const SqlError& error) {
    const bool forbidden = is_privilege_missing(error.number()) || error.number() == kAccessDenied;
    if (!forbidden && error.number() != kLockWaitTimeout) throw;
    if (forbidden) miss(server_.flavor().mariadb() ? "RELOAD" : "BACKUP_ADMIN");
    holder_.reset();  // a stage that was reached before ends with its session
    return forbidden ? Came::kForbidden : Came::kBusy;
  }
}

/// Whether no statement that began before the lock changes a definition any more; waits for it.
bool DefinitionsLock::earlier_ones_have_ended() {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  const auto limit = steady_clock::now() + std::chrono::seconds(kLockSeconds);
  while (steady_clock::now() < limit) {
    const auto age = std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked_);
    bool some = false;
    bool waits = false;
    holder_->each(
        fmt::format("SELECT STATE = 'Waiting for backup lock' FROM information_schema.PROCESSLIST "
                    "WHERE ID <> CONNECTION_ID() AND TIME_MS > {} AND (STATE = 'Waiting for backup "
                    "lock' OR INFO REGEXP '^[[:space:]]*(/[*].*[*]/[[:space:]]*)?(ALTER|CREATE|"
                    "DROP|OPTIMIZE|RENAME|REPAIR|TRUNCATE)')",
                    age.count()),
        [&](const RowView& row) {
          some = true;
          waits |= row.bytes(0) == "1";
        });
    if (!some) return true;
    if (waits) return false;
    pause(milliseconds(50), check_);
  }
  return false;
}

void DefinitionsLock::miss(const std::string& privilege) {
  gaps_ = {{.kind = "privilege",
            .what = privilege,
            .why =
                "definitions cannot be kept from changing during the backup, so a change makes it "
                "start over",
            .cure = grant_to_us(*holder_, privilege)}};
}

bool DefinitionsLock::is_to_be_had() {
  const auto limit = std::chrono::steady_clock::now() + kTriesLast;
  do {
    switch (try_once()) {
      case Came::kTaken:
        taken_ = server_.flavor().mariadb();
        if (!taken_) holder_->run("UNLOCK INSTANCE");
        return true;
      case Came::kForbidden:
        return false;
      case Came::kBusy:
        pause(kPause, check_);
    }
  } while (std::chrono::steady_clock::now() < limit);
  watcher_.notice(
      "definitions are not locked, because a statement that changes one or another backup is at "
      "work; a change makes the backup start over");
  return false;
}

void DefinitionsLock::take() {
  if (taken_) return;
  if (try_once() != Came::kTaken)
    throw StartOver(
        "a statement that changes a definition was at work while the moment was caught");
  taken_ = true;
}

bool DefinitionsLock::is_held() {
  if (!taken_ || !holder_ || !holder_->good()) return false;
  try {
    holder_->run("DO 1");
    return true;
  } catch (const SqlError&) {  // the session is lost, and the lock with it
    return false;
  }
}

bool lock_would_stop_writers(Connection& connection, const Flavor& flavor) {
  if (flavor.in_cluster()) return true;
  if (!flavor.mariadb()) return false;
  return connection.value(
             "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', "
             "'SYSTEM VERSIONED') AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', "
             "'information_schema') AND ENGINE <> 'Aria' AND ENGINE NOT IN (SELECT ENGINE FROM "
             "information_schema.ENGINES WHERE TRANSACTIONS = 'YES')") != "0";
}

}  // namespace vya::mysql
