// Whether a server has room for a backup's locks and sessions, and for how many databases at a
// time.
//
// Both are shared with the application: when they run out, its statements fail too. So it is
// counted before anything is taken. All databases at a time may take what is free; where they do
// not fit, they come in groups, and for as long as that lasts a part is left to the application.
// What does not fit even by itself is refused with the setting's name. Looking and deciding are
// apart; deciding is pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace vya::pg {

class Connection;

/// What the server has room for, and what of it is in use.
struct Room {
  std::int64_t locks_per_transaction = 64;  ///< max_locks_per_transaction
  std::int64_t transactions = 100;          ///< max_connections + max_prepared_transactions
  std::int64_t locks_used = 0;              ///< held by others, beside the fast path
  std::int64_t max_connections = 100;
  std::int64_t connections = 100;  ///< max_connections without those that are reserved
  std::int64_t connections_used = 0;
  std::optional<std::int64_t> role_limit;  ///< CONNECTION LIMIT of the role, if it counts
  std::int64_t role_used = 0;
};

/// What a backup takes.
struct Demand {
  std::vector<std::int64_t> tables;  ///< to be locked, of each database
  unsigned jobs = 1;
};

/// Reads it with a single look.
Room read_room(Connection& connection);

/// How many sessions a backup of so many databases has at a time.
std::int64_t sessions_needed(std::size_t databases, unsigned jobs);

/// What of the room that is free a backup takes.
enum class Taking {
  kAll,   ///< everything, if need be
  kPart,  ///< for hours, group after group: a part stays free for the application
};

/// How many of so many databases can be open at a time, by the sessions that it takes; 0: none.
std::size_t databases_at_a_time(const Room& room, std::size_t databases, unsigned jobs,
                                Taking taking);

/// Whether there is room for the locks, everything that is free taken.
bool has_locks(const Room& room, const Demand& demand);

/// How many databases make the next group, one at least. The demand is of the first ones, at least
/// of as many as databases_at_a_time() gave or there are locks for; `databases` is how many there
/// are in all. Throws Error(kRefused) when there is no room for the sessions of one.
std::size_t group_size(const Room& room, const Demand& first_ones, std::size_t databases,
                       Taking taking);

/// The sizes of the groups in which databases with this demand are backed up; one, where there is
/// room for all. Throws as group_size() does.
std::vector<std::size_t> groups_of(const Room& room, const Demand& demand);

/// What to set for a single group: `max_connections to 1012`, `max_locks_per_transaction to 128`,
/// or both.
std::string settings_for_one_group(const Room& room, const Demand& demand);

/// Throws Error(kRefused), naming the setting and a value that would do, when there is too little
/// room for a single database's sessions.
void require_session(const Room& room, unsigned jobs);

/// The same for the locks of a single database with so many tables.
void require_locks(const Room& room, std::int64_t tables, unsigned jobs,
                   const std::string& database);

/// That a standby whose replay is to be paused has not room for all databases at a time.
Error pause_is_for_all(std::size_t at_a_time, std::size_t databases,
                       const std::string& settings_for_one_group);

}  // namespace vya::pg
