#include "engine/postgresql/leader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::size_t kLocksAtOnce = 200;
constexpr std::string_view kOutOfMemory = "53200";
constexpr std::string_view kSerializationFailure = "40001";

/// How a list of tables is written in LOCK; without the children, which are in the list themselves.
std::string lock_list(const std::vector<Lockable>& all, std::size_t begin, std::size_t end) {
  std::string list;
  for (std::size_t i = begin; i < end; ++i) {
    if (!list.empty()) list += ", ";
    list += "ONLY " + quote_name(all[i].name.schema, all[i].name.name);
  }
  return list;
}

/// The preflight left room, and others took it meanwhile.
void throw_if_out_of_locks(const SqlError& error) {
  if (error.state() != kOutOfMemory) return;
  throw Error(Fault::kRefused, "cannot lock the tables: " + error.said(),
              "Raise max_locks_per_transaction and restart the server.");
}

bool is_gone(const SqlError& error) {
  return error.state() == kUndefinedTable || error.state() == kUndefinedSchema;
}

}  // namespace

void throw_if_conflict(const SqlError& error) {
  // Of an idle session that was ended, libpq keeps the words and loses the state.
  if (error.state() != kSerializationFailure &&
      error.said().find("conflict with recovery") == std::string::npos)
    return;
  throw StartOver(
      "the standby ended a session of ours to replay what the primary did: " + error.said(),
      "Raise max_standby_streaming_delay on the standby to more than a backup takes, and "
      "set hot_standby_feedback = on there.");
}

Leader::Leader(const Server& server, Database database, std::chrono::seconds lock_wait,
               Watcher& watcher, std::function<void()> check)
    : server_(server),
      database_(std::move(database)),
      lock_wait_(lock_wait),
      watcher_(watcher),
      connection_(server.connect(database_.name, database_.encoding)) {
  connection_.watch_with(std::move(check));
  connection_.run("SET lock_timeout = '2s'");
}

std::size_t Leader::lockable_count() {
  if (lockables_.empty()) lockables_ = lockable_relations(connection_);
  return lockables_.size();
}

void Leader::lock() {
  lockables_ = lockable_relations(connection_);
  connection_.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  for (std::size_t begin = 0; begin < lockables_.size(); begin += kLocksAtOnce) {
    lock_batch(lockables_, begin, std::min(begin + kLocksAtOnce, lockables_.size()));
  }
}

void Leader::lock_batch(const std::vector<Lockable>& all, std::size_t begin, std::size_t end) {
  const std::string names = lock_list(all, begin, end);
  const auto give_up = std::chrono::steady_clock::now() + lock_wait_;
  for (bool told = false;;) {
    connection_.run("SAVEPOINT batch");
    try {
      connection_.run("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
      connection_.run("RELEASE SAVEPOINT batch");
      return;
    } catch (const SqlError& e) {
      throw_if_conflict(e);
      throw_if_out_of_locks(e);
      if (is_gone(e))
        throw StartOver("a table was dropped or renamed in database '" + database_.name + "'");
      if (e.state() != kLockNotAvailable || std::chrono::steady_clock::now() > give_up) throw;
      connection_.run("ROLLBACK TO SAVEPOINT batch; RELEASE SAVEPOINT batch");
    }
    if (!std::exchange(told, true)) tell_who_holds(names);
  }
}

void Leader::tell_who_holds(const std::string& names) {
  // The lock that is in the way is held now; who waits for it is found by a look from outside our
  // failed attempt.
  Connection look = server_.connect(database_.name, database_.encoding);
  const Result holders = look.query(
      "SELECT l.pid, c.relname, a.query FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
      " JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND l.mode = 'AccessExclusiveLock'"
      " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND "
      "c.oid >= 16384"
      " AND a.application_name <> current_setting('application_name') LIMIT 1");
  if (holders.rows() == 0) {
    watcher_.notice(fmt::format("waiting for locks in database '{}' ({})", database_.name,
                                abbreviated(names, 80)));
    return;
  }
  watcher_.notice(
      fmt::format("waiting for the lock on table '{}' of database '{}', held by process {}: {}",
                  holders.text(0, 1), database_.name, holders.text(0, 0),
                  abbreviated(holders.text(0, 2), 120)));
}

void Leader::export_snapshot() {
  const Result row = connection_.query(
      std::string("SELECT pg_export_snapshot(), ") +
      (server_.facts().standby ? "pg_last_wal_replay_lsn()" : "pg_current_wal_lsn()") +
      ", to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
  position_ = {row.text(0, 0), row.text(0, 1), parse_time(row.text(0, 2))};
}

std::vector<Lockable> Leader::not_locked_yet() {
  std::set<std::int64_t> locked;
  connection_.each(
      "SELECT relation FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND "
      "granted"
      " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      [&](const Result& row) { locked.insert(row.number(0, 0)); });
  std::vector<Lockable> missing = lockable_relations(connection_);
  std::erase_if(missing, [&](const Lockable& lockable) { return locked.contains(lockable.oid); });
  return missing;
}

std::vector<Relation> Leader::look_around() {
  const std::vector<Lockable> newcomers = not_locked_yet();
  for (std::size_t begin = 0; begin < newcomers.size(); begin += kLocksAtOnce) {
    lock_batch(newcomers, begin, std::min(begin + kLocksAtOnce, newcomers.size()));
  }
  if (!newcomers.empty() && !not_locked_yet().empty()) {
    throw StartOver("tables were renamed in database '" + database_.name + "'");
  }
  std::vector<Relation> relations;
  with_session([&](Connection& session) { relations = relations_with_rows(session); });
  for (const Relation& relation : relations) {
    if (!relation.rewritten) continue;
    throw StartOver(fmt::format(
        "table '{}.{}' of database '{}' was truncated or rewritten before it was locked",
        relation.table.name.schema, relation.table.name.name, database_.name));
  }
  return relations;
}

void Leader::confirm() {
  with_session([&](Connection& session) {
    for (const Relation& relation : relations_with_rows(session)) {
      if (!relation.rewritten) continue;
      throw StartOver(
          fmt::format("table '{}.{}' of database '{}' was rewritten in spite of our lock",
                      relation.table.name.schema, relation.table.name.name, database_.name));
    }
  });
}

void Leader::with_session(const std::function<void(Connection&)>& use) {
  const std::lock_guard guard(in_use_);
  try {
    connection_.run("SAVEPOINT look");
    use(connection_);
    connection_.run("ROLLBACK TO SAVEPOINT look; RELEASE SAVEPOINT look");
  } catch (const SqlError& e) {
    throw_if_conflict(e);
    if (is_gone(e)) throw StartOver("something was dropped while it was read: " + e.message());
    if (e.fault() == Fault::kConnection) {
      throw StartOver("the session that holds the snapshot was lost: " + e.message());
    }
    throw;
  }
}

bool Leader::beat() {
  const std::unique_lock guard(in_use_, std::try_to_lock);
  if (!guard.owns_lock()) return true;
  try {
    connection_.run("SELECT 1");
    return true;
  } catch (const Error&) {
    return false;
  }
}

void Leader::note_definitions() {
  with_session(
      [&](Connection& session) { definitions_ = std::make_unique<CatalogState>(session); });
}

void Leader::compare_definitions() {
  Connection fresh = server_.connect(database_.name, database_.encoding);
  with_session([&](Connection& session) {
    if (const auto changed = definitions_->changed(session, fresh)) {
      throw StartOver(fmt::format("{} in database '{}' while the definitions were read", *changed,
                                  database_.name));
    }
  });
}

}  // namespace vya::pg
