// Whether a server has room for a backup's locks and sessions.
//
// Both are shared with the application: when they run out, its statements fail too. So it is
// counted before anything is taken, and refused with the setting's name. Looking and deciding are
// apart; deciding is pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace vya::pg {

class Connection;

/// What the server has room for, and what of it is in use.
struct Room {
  std::int64_t locks_per_transaction = 64;  ///< max_locks_per_transaction
  std::int64_t transactions = 100;          ///< max_connections + max_prepared_transactions
  std::int64_t locks_used = 0;              ///< held by others, beside the fast path
  std::int64_t connections = 100;           ///< max_connections without those that are reserved
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

/// Throw Error(kRefused), naming the setting and a value that would do, when there is too little
/// room.
void require_sessions(const Room& room, std::size_t databases, unsigned jobs);
void require_locks(const Room& room, const Demand& demand);

}  // namespace vya::pg
