// The leader of one database: the session that locks its tables, holds its snapshot, and lends both
// to the others.
//
// Locks come before the snapshot. The other way round, as pg_dump does it, a transaction that moves
// rows from one table to another and truncates the first can commit in between, and the rows are in
// neither. After the export, what came between the listing and the locks is locked too, and the
// file nodes are compared with those in force.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/catalog_state.h"
#include "engine/postgresql/languages.h"
#include "engine/postgresql/readable.h"
#include "engine/postgresql/relations.h"
#include "engine/postgresql/server.h"
#include "engine/postgresql/table_locks.h"

namespace vya::pg {

/// Throws StartOver when a standby ended what we did for the sake of its replay.
void throw_if_conflict(const SqlError& error);

/// Where and when a database's snapshot is.
struct Position {
  std::string snapshot_id;
  std::string lsn;
  Time taken;
};

class Leader {
 public:
  /// Connects. Everything given must outlive the leader. `check` is called while waiting and may
  /// throw.
  Leader(const Server& server, Database database, std::chrono::seconds lock_wait, Watcher& watcher,
         std::function<void()> check);

  const Database& database() const { return database_; }
  const Position& position() const { return position_; }

  /// How many tables will have to be locked; may be asked before lock().
  std::size_t lockable_count();

  /// What pg_dump may not read of the database.
  std::vector<Undumpable> undumpable() { return undumpable_relations(connection_); }

  /// How the database's languages are created that pg_dump does not say, see languages.h.
  std::map<std::string, std::string> languages() { return read_languages(connection_); }

  /// Begins the transaction and locks all tables. Throws StartOver when a table is gone meanwhile,
  /// Error(kRefused) when a lock cannot be had within the limit.
  void lock();

  /// Takes the snapshot and exports it.
  void export_snapshot();

  /// Locks what is new since the listing and returns the relations with rows. Throws StartOver when
  /// a table was truncated or rewritten before we had its lock.
  std::vector<Relation> look_around();

  /// Throws StartOver when a locked table has another file node now.
  void confirm();

  /// Uses the session for reading; one thread at a time. Locks that `use` takes on the system's
  /// tables do not stay: a thousand leaders' would fill the server's lock table. Whatever `use`
  /// reports as a lost connection, or a table that is gone, becomes StartOver.
  void with_session(const std::function<void(Connection&)>& use);

  /// Keeps the session from being taken for dead by a firewall; does nothing when it is in use.
  /// Returns false when the session is lost.
  bool beat();

  /// Notes the definitions as the snapshot has them; to be compared by definitions_changed().
  void note_definitions();

  /// Throws StartOver when a definition changed since the snapshot.
  void compare_definitions();

  /// Whether the noted definitions are those of an earlier look.
  bool has_definitions_of(const CatalogState& earlier) const { return *definitions_ == earlier; }

 private:
  void with_locks(const std::function<void(TableLocks&)>& use);
  std::optional<Contended> contended() const;
  std::vector<Lockable> not_locked_yet();

  const Server& server_;
  Database database_;
  std::chrono::seconds lock_wait_;
  std::chrono::milliseconds deadlock_timeout_{1000};
  Watcher& watcher_;
  std::function<void()> check_;
  Connection connection_;
  std::mutex in_use_;
  std::vector<Lockable> lockables_;
  Position position_;
  std::unique_ptr<CatalogState> definitions_;
};

}  // namespace vya::pg
