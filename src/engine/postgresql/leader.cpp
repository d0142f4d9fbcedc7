#include "engine/postgresql/leader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::string_view kOutOfMemory = "53200";
constexpr std::string_view kSerializationFailure = "40001";

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
      check_(std::move(check)),
      connection_(server.connect(database_.name, database_.encoding)) {
  connection_.watch_with(check_);
  connection_.run("SET lock_timeout = '2s'");  // for so long others may have to queue behind us
  deadlock_timeout_ = std::chrono::milliseconds(std::stoll(
      connection_.value("SELECT setting FROM pg_settings WHERE name = 'deadlock_timeout'")));
}

std::size_t Leader::lockable_count() {
  if (lockables_.empty()) lockables_ = lockable_relations(connection_);
  return lockables_.size();
}

void Leader::lock() {
  lockables_ = lockable_relations(connection_);
  connection_.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  with_locks([&](TableLocks& locks) { locks.take(lockables_); });
}

void Leader::with_locks(const std::function<void(TableLocks&)>& use) {
  TableLocks locks(
      connection_, {.all = lock_wait_, .deadlock_timeout = deadlock_timeout_}, check_,
      [&] { return contended(); },
      [&](const Contended& table) {
        watcher_.notice(
            fmt::format("waiting for the lock on table '{}' of database '{}', held by {}",
                        table.table.name.name, database_.name, table.by));
      });
  try {
    use(locks);
  } catch (const SqlError& e) {
    throw_if_conflict(e);
    throw_if_out_of_locks(e);
    if (is_gone(e))
      throw StartOver("a table was dropped or renamed in database '" + database_.name + "'");
    throw;
  }
}

/// From outside: the leader's transaction may not read anything yet.
std::optional<Contended> Leader::contended() const {
  Connection look = server_.connect(database_.name, database_.encoding);
  const Result row = look.query(
      "SELECT c.oid, n.nspname, c.relname, l.pids[1], a.query FROM (SELECT relation, array_agg(pid "
      "ORDER BY granted DESC, pid) AS pids FROM pg_locks WHERE locktype = 'relation' AND mode = "
      "'AccessExclusiveLock' AND database = (SELECT oid FROM pg_database WHERE datname = "
      "current_database()) GROUP BY relation) l JOIN pg_class c ON c.oid = l.relation AND c.oid >= "
      "16384 AND c.relkind IN ('r', 'p') JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN "
      "pg_stat_activity a ON a.pid = l.pids[1] ORDER BY cardinality(l.pids) DESC, c.oid LIMIT 1");
  if (row.rows() == 0) return std::nullopt;
  return Contended{
      .table = {.oid = row.number(0, 0), .name = {row.text(0, 1), row.text(0, 2)}},
      .by = fmt::format("process {}: {}", row.text(0, 3), abbreviated(row.text(0, 4), 120))};
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
  with_locks([&](TableLocks& locks) { locks.add(newcomers); });
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
