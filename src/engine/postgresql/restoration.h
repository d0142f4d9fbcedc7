// A restore under way: what all its phases share.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "engine/engine.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/borrowed_roles.h"
#include "engine/postgresql/broken_checks.h"
#include "engine/postgresql/missing_entries.h"
#include "engine/postgresql/outcome.h"
#include "engine/postgresql/restore_plan.h"
#include "engine/postgresql/row_ways.h"
#include "engine/postgresql/statement.h"
#include "engine/postgresql/target_sessions.h"

namespace vya::pg {

struct Restoration {
  const Server& server;
  const BackupContents& contents;
  Watcher& watcher;
  unsigned jobs = 1;
  RestoreScope scope = RestoreScope::kAll;
  OpenSessions open_sessions = OpenSessions::kRefuse;
  BackupModel backup;
  RestorePlan plan;
  TargetSessions sessions;
  Outcome outcome;
  RowWays row_ways;
  BrokenChecks broken_checks;
  MissingEntries missing;
  BorrowedRoles borrowed_roles{server, watcher};  ///< goes first, while sessions still may be open
  std::mutex raising;  ///< held while a role is a superuser within a transaction

  /// A session in the database from which the server's own things are done.
  TargetSession borrow() {
    return sessions.borrow(server.maintenance_database(), Texts::kAsTheyAre);
  }
};

/// Throws what the server said as an Error that says what was being done: `cannot create role
/// "app": ...`. A lost connection stays one, all else is kSql.
[[noreturn]] void fail_to(const std::string& what, const SqlError& error);

/// Picks out refusals of the server that are to be dealt with, by SQLSTATE.
using IsExpected = std::function<bool(const std::string& state)>;

/// Runs a statement. Returns what the server said where it refused it in an expected way, nothing
/// when it was run. Throws Error(kSql) otherwise.
std::optional<std::string> run_unless(Connection& connection, const Statement& statement,
                                      const IsExpected& is_expected);

/// Runs a statement. Throws Error(kSql).
void execute(Connection& connection, const Statement& statement);

/// Runs a statement; where the server refuses it in a way that is a gap, adds one of that kind and
/// name, with the statement as its cure. Returns whether it was run.
bool execute_or_gap(Restoration& restoration, Connection& connection, const Statement& statement,
                    const IsExpected& is_gap, const std::string& kind, const std::string& name);

/// Runs a statement that the role of the restore may not be allowed to run: then that is a gap.
/// Returns whether it was run. Throws Error(kSql) where it is refused for another reason.
bool execute_if_allowed(Restoration& restoration, Connection& connection,
                        const Statement& statement, const std::string& kind,
                        const std::string& name);

/// Whether the server refused for want of rights.
bool is_denied(const std::string& state);

/// Whether the refusal of a statement that nothing after it needs can be a gap. Not where the
/// server as such is in trouble: out of disk, memory or connections, shutting down, or damaged.
bool can_go_without(const std::string& state);

/// Sets a security label; a gap where its provider is not loaded.
void execute_label(Restoration& restoration, Connection& connection, const Statement& statement);

/// The statement, said to be of a database.
Statement in_database(const std::string& database, Statement statement);

/// Calls `work` for each database of the backup, several at a time.
void for_each_database(Restoration& restoration,
                       const std::function<void(const DatabaseModel&)>& work);

}  // namespace vya::pg
