// The sessions of a restore: opened when needed, lent to one thread at a time, kept for the next.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/postgresql/server.h"
#include "stream/contents.h"

namespace vya::pg {

class TargetSessions;

/// A session on loan. Given back when it goes, unless it is broken or in the middle of something:
/// then it is closed, and the server rolls back.
class TargetSession {
 public:
  TargetSession(TargetSessions& from, Connection connection)
      : from_(&from), connection_(std::move(connection)) {}
  TargetSession(TargetSession&& other) noexcept
      : from_(other.from_), connection_(std::exchange(other.connection_, std::nullopt)) {}
  TargetSession& operator=(TargetSession&&) = delete;
  ~TargetSession();

  Connection& operator*() { return *connection_; }
  Connection* operator->() { return &*connection_; }

 private:
  TargetSessions* from_;
  std::optional<Connection> connection_;
};

/// What happens to texts between a session and a server whose database is not in UTF-8.
enum class Texts {
  kConverted,  ///< the server converts them: for what is of the database
  kAsTheyAre,  ///< for names that all databases share (roles, databases): bytes without an encoding
};

/// Safe from several threads. Must outlive what it lends.
class TargetSessions {
 public:
  /// `most`: sessions that stay open. More are lent when more are asked for at the same time, so
  /// nobody waits.
  TargetSessions(const Server& server, std::size_t most) : server_(server), most_(most) {}

  /// In which encoding the sessions of a database must be, when it is not UTF-8. Not to be called
  /// while others borrow.
  void expect(const std::string& database, const std::string& encoding) {
    encodings_[database] = encoding;
  }

  /// From now on rows that are loaded fire no triggers, those of foreign keys among them: the rows
  /// are those of a database in which they had fired.
  void fire_no_triggers() { fires_triggers_ = false; }

  /// A session in a database, set up for a restore: without limits of time, with nothing of what it
  /// runs in the server's log, for that may hold passwords. Throws Error.
  TargetSession borrow(const std::string& database, Texts texts = Texts::kConverted);

  /// Closes the idle sessions of a database, so that it can be dropped.
  void close_idle(const std::string& database);

  /// From now on the database allows no connections: it is opened for the moment in which borrow()
  /// connects.
  void mark_closed(const std::string& database);

 private:
  friend class TargetSession;

  /// An idle session of the database, taken out; either way one more counts as lent.
  std::optional<Connection> take_idle(const std::string& database);
  bool is_closed(const std::string& database);
  Connection open(const std::string& database);
  Connection open_closed(const std::string& database);
  std::string encoding_for(const Connection& connection, Texts texts) const;
  void give_back(Connection connection) noexcept;

  const Server& server_;
  const std::size_t most_;
  std::map<std::string, std::string> encodings_;
  bool fires_triggers_ = true;
  std::mutex mutex_;
  std::list<Connection> idle_;  ///< the one given back last is at the end
  std::size_t lent_ = 0;
  std::set<std::string> closed_;
  std::mutex opening_;  ///< held while a closed database is open
};

/// A database to connect to while `database` itself must not be in use.
std::string another_database(const Server& server, const std::string& database);

}  // namespace vya::pg
