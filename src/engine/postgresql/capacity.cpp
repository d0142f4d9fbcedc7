#include "engine/postgresql/capacity.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "base/error.h"
#include "engine/postgresql/connection.h"

namespace vya::pg {

namespace {

/// Locks on the system's own tables and indexes: of a session that holds a snapshot, and of pg_dump
/// or a session that reads rows.
constexpr std::int64_t kLocksOfALeader = 30;
constexpr std::int64_t kLocksOfAReader = 200;

/// Beside the leaders and the readers: the look at waiting statements, and short looks while we
/// wait.
constexpr std::int64_t kFurtherSessions = 3;

/// People choose such numbers.
constexpr std::int64_t kStep = 64;

std::int64_t sum_of(const std::vector<std::int64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
}

/// pg_dump locks the tables that a leader holds a second time, but the lock table has an entry for
/// what is locked, and twice as much room for who holds it.
std::int64_t locks_needed(const Demand& demand) {
  return sum_of(demand.tables) + kLocksOfALeader * static_cast<std::int64_t>(demand.tables.size()) +
         kLocksOfAReader * std::max<std::int64_t>(demand.jobs, 1);
}

}  // namespace

Room read_room(Connection& connection) {
  const Result row = connection.query(
      "SELECT current_setting('max_locks_per_transaction')::bigint,"
      " current_setting('max_connections')::bigint"
      "   + current_setting('max_prepared_transactions')::bigint,"
      " (SELECT count(*) FROM pg_locks WHERE NOT fastpath AND mode <> 'SIReadLock'),"
      " current_setting('max_connections')::bigint"
      "   - current_setting('superuser_reserved_connections')::bigint"
      "   - coalesce(current_setting('reserved_connections', true)::bigint, 0),"
      // Who may not see what the others are sees no type either.
      " (SELECT count(*) FROM pg_stat_activity"
      "   WHERE backend_type = 'client backend' OR backend_type IS NULL AND datid IS NOT NULL),"
      " (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user"
      "   AND rolconnlimit >= 0 AND NOT rolsuper),"
      " (SELECT count(*) FROM pg_stat_activity a WHERE a.usename = current_user"
      "   AND a.datid IS NOT NULL)");
  Room room{.locks_per_transaction = row.number(0, 0),
            .transactions = row.number(0, 1),
            .locks_used = row.number(0, 2),
            .connections = row.number(0, 3),
            .connections_used = row.number(0, 4),
            .role_limit = {},
            .role_used = row.number(0, 6)};
  if (!row.is_null(0, 5)) room.role_limit = row.number(0, 5);
  return room;
}

std::int64_t sessions_needed(std::size_t databases, unsigned jobs) {
  return static_cast<std::int64_t>(databases) + std::max<std::int64_t>(jobs, 1) + kFurtherSessions;
}

void require_sessions(const Room& room, std::size_t databases, unsigned jobs) {
  const std::int64_t needed = sessions_needed(databases, jobs);
  const std::int64_t free = std::max<std::int64_t>(room.connections - room.connections_used, 0);
  if (needed > free) {
    throw Error(Fault::kRefused,
                fmt::format("cannot open {} sessions, one for each of {} databases and those that "
                            "read: the server has {} left for them",
                            needed, databases, free),
                fmt::format("Raise max_connections by {} and restart the server, or use fewer "
                            "--jobs, or back up the databases in several runs with --database.",
                            needed - free));
  }
  if (room.role_limit && needed + room.role_used > *room.role_limit) {
    throw Error(Fault::kRefused,
                fmt::format("cannot open {} sessions: the role may have {} at a time and has {}",
                            needed, *room.role_limit, room.role_used),
                fmt::format("Run ALTER ROLE ... CONNECTION LIMIT {}, or use fewer --jobs.",
                            needed + room.role_used));
  }
}

void require_locks(const Room& room, const Demand& demand) {
  // lock.c: a little more than this, as the server counts its own workers too; that is left to
  // them.
  const std::int64_t has = room.locks_per_transaction * room.transactions;
  const std::int64_t needed = locks_needed(demand) + room.locks_used;
  if (needed <= has) return;
  const std::int64_t each = (needed + room.transactions - 1) / room.transactions;
  throw Error(
      Fault::kRefused,
      fmt::format("cannot lock {} tables: the server has room for about {} more locks, and running "
                  "out would fail the application's statements too",
                  sum_of(demand.tables), std::max<std::int64_t>(has - room.locks_used, 0)),
      fmt::format(
          "Raise max_locks_per_transaction from {} to {} and restart the server, or back up "
          "the databases in several runs with --database.",
          room.locks_per_transaction, (each + kStep - 1) / kStep * kStep));
}

}  // namespace vya::pg
