#include "engine/postgresql/capacity.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

/// Of what is free, where groups follow each other: one in so many stays free, and at least so many
/// sessions.
constexpr std::int64_t kShareOfOthers = 5;
constexpr std::int64_t kSessionsOfOthers = 2;

/// People choose such numbers.
constexpr std::int64_t kStep = 64;

std::int64_t rounded_up(std::int64_t number, std::int64_t step) {
  return (number + step - 1) / step * step;
}

std::int64_t sum_of(const std::vector<std::int64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
}

/// pg_dump locks the tables that a leader holds a second time, but the lock table has an entry for
/// what is locked, and twice as much room for who holds it.
std::int64_t locks_of(std::int64_t tables, std::size_t databases, unsigned jobs) {
  return tables + kLocksOfALeader * static_cast<std::int64_t>(databases) +
         kLocksOfAReader * std::max<std::int64_t>(jobs, 1);
}

std::int64_t locks_needed(const Demand& demand) {
  return locks_of(sum_of(demand.tables), demand.tables.size(), demand.jobs);
}

std::int64_t free_locks(const Room& room) {
  // lock.c: a little more than this, as the server counts its own workers too; that is left to
  // them.
  return std::max<std::int64_t>(room.locks_per_transaction * room.transactions - room.locks_used,
                                0);
}

std::int64_t free_sessions(const Room& room) {
  const std::int64_t of_server = room.connections - room.connections_used;
  if (!room.role_limit) return std::max<std::int64_t>(of_server, 0);
  return std::max<std::int64_t>(std::min(of_server, *room.role_limit - room.role_used), 0);
}

/// What has to be there at least for so many locks, with so many transactions.
std::int64_t locks_per_transaction_for(std::int64_t locks, std::int64_t transactions) {
  return rounded_up((locks + transactions - 1) / transactions, kStep);
}

Demand part_of(const Demand& demand, std::size_t begin, std::size_t count) {
  const auto first = demand.tables.begin() + static_cast<std::ptrdiff_t>(begin);
  return {.tables = {first, first + static_cast<std::ptrdiff_t>(count)}, .jobs = demand.jobs};
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
      "   AND a.datid IS NOT NULL), current_setting('max_connections')::bigint");
  Room room{.locks_per_transaction = row.number(0, 0),
            .transactions = row.number(0, 1),
            .locks_used = row.number(0, 2),
            .max_connections = row.number(0, 7),
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

std::size_t databases_at_a_time(const Room& room, std::size_t databases, unsigned jobs,
                                Taking taking) {
  const std::int64_t free = free_sessions(room);
  const auto all = static_cast<std::int64_t>(databases);
  const std::int64_t most = free - sessions_needed(0, jobs);
  if (most <= 0) return 0;
  if (taking == Taking::kAll && all <= most) return databases;
  const std::int64_t left_to_others = std::max(free / kShareOfOthers, kSessionsOfOthers);
  return static_cast<std::size_t>(std::min(all, std::max<std::int64_t>(most - left_to_others, 1)));
}

bool has_locks(const Room& room, const Demand& demand) {
  return locks_needed(demand) <= free_locks(room);
}

std::size_t group_size(const Room& room, const Demand& first_ones, std::size_t databases,
                       Taking taking) {
  const std::size_t most = databases_at_a_time(room, databases, first_ones.jobs, taking);
  if (most == 0) require_session(room, first_ones.jobs);
  if (taking == Taking::kAll && most == databases && first_ones.tables.size() == databases &&
      has_locks(room, first_ones))
    return databases;
  // Not all at a time, so groups will follow each other.
  const std::size_t sessions = databases_at_a_time(room, databases, first_ones.jobs, Taking::kPart);
  const std::int64_t locks = free_locks(room) - free_locks(room) / kShareOfOthers;
  std::size_t size = 0;
  for (std::int64_t tables = 0; size < std::min(sessions, first_ones.tables.size()); ++size) {
    tables += first_ones.tables[size];
    if (size > 0 && locks_of(tables, size + 1, first_ones.jobs) > locks) break;
  }
  return size;
}

std::vector<std::size_t> groups_of(const Room& room, const Demand& demand) {
  std::vector<std::size_t> sizes;
  std::size_t done = 0;
  while (done < demand.tables.size()) {
    const std::size_t left = demand.tables.size() - done;
    const Taking taking = done == 0 ? Taking::kAll : Taking::kPart;
    sizes.push_back(group_size(room, part_of(demand, done, left), left, taking));
    done += sizes.back();
  }
  return sizes;
}

std::string settings_for_one_group(const Room& room, const Demand& demand) {
  std::vector<std::string> settings;
  const std::int64_t sessions = sessions_needed(demand.tables.size(), demand.jobs);
  const std::int64_t missing =
      std::max<std::int64_t>(sessions - (room.connections - room.connections_used), 0);
  if (missing > 0)
    settings.push_back(fmt::format("max_connections to {}", room.max_connections + missing));
  if (room.role_limit && sessions + room.role_used > *room.role_limit)
    settings.push_back(fmt::format("the role's CONNECTION LIMIT to {}", sessions + room.role_used));
  const std::int64_t locks = locks_needed(demand) + room.locks_used;
  const std::int64_t transactions = room.transactions + missing;
  if (locks > room.locks_per_transaction * transactions) {
    settings.push_back(fmt::format("max_locks_per_transaction to {}",
                                   locks_per_transaction_for(locks, transactions)));
  }
  return fmt::format("{}", fmt::join(settings, " and "));
}

void require_session(const Room& room, unsigned jobs) {
  const std::int64_t needed = sessions_needed(1, jobs);
  const std::int64_t free = std::max<std::int64_t>(room.connections - room.connections_used, 0);
  if (needed > free) {
    throw Error(Fault::kRefused,
                fmt::format("cannot open {} sessions, one for a database and those that read: the "
                            "server has {} left for them",
                            needed, free),
                fmt::format("Raise max_connections by {} and restart the server, or use fewer "
                            "--jobs.",
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

void require_locks(const Room& room, std::int64_t tables, unsigned jobs,
                   const std::string& database) {
  const Demand demand{.tables = {tables}, .jobs = jobs};
  if (has_locks(room, demand)) return;
  throw Error(
      Fault::kRefused,
      fmt::format("cannot lock the {} tables of database '{}': the server has room for about {} "
                  "more locks, and running out would fail the application's statements too",
                  tables, database, free_locks(room)),
      fmt::format(
          "Raise max_locks_per_transaction from {} to {} and restart the server.",
          room.locks_per_transaction,
          locks_per_transaction_for(locks_needed(demand) + room.locks_used, room.transactions)));
}

Error pause_is_for_all(std::size_t at_a_time, std::size_t databases,
                       const std::string& settings_for_one_group) {
  return {Fault::kRefused,
          fmt::format("cannot catch all databases at one position, as pause_replay asks: the "
                      "standby has room for {} of {} at a time",
                      at_a_time, databases),
          fmt::format("Raise {} and restart the standby, choose databases with --database, or "
                      "leave pause_replay out.",
                      settings_for_one_group)};
}

}  // namespace vya::pg
