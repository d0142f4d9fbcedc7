// A restore under way: what all its phases share.
#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/backup_model.h"
#include "engine/mysql/broken_checks.h"
#include "engine/mysql/indexed_tables.h"
#include "engine/mysql/outcome.h"
#include "engine/mysql/restore_plan.h"
#include "engine/mysql/restore_sessions.h"

namespace vya::mysql {

/// How rows go to the server.
enum class RowWay {
  kStream,  ///< LOAD DATA LOCAL
  kInsert,  ///< INSERT, where the server forbids the other
};

struct Restoration {
  const Server& server;
  const BackupContents& contents;
  Watcher& watcher;
  unsigned jobs = 1;
  RestoreScope scope = RestoreScope::kAll;
  bool single_tables = false;  ///< they go into databases that are there, and somebody's
  BackupModel backup;
  RestorePlan plan;
  RestoreSessions sessions;
  Outcome outcome;
  BrokenChecks broken_checks;
  IndexedTables indexed_tables;
  std::set<const SchemaObject*> made_views;  ///< those that restore_broken_views() made
  std::string end_of_time = {};              ///< as the target has it, see RowEnd
  std::atomic<RowWay> row_way = RowWay::kStream;
  /// Events that were made disabled and are to run.
  std::vector<std::pair<const DatabaseModel*, const SchemaObject*>> enable;
};

/// Throws what the server said as an Error that says what was being done: `cannot create table
/// ...`. A lost connection stays one, all else is kSql.
[[noreturn]] void fail_to(const std::string& what, const SqlError& error);

/// Runs a statement. Throws Error(kSql): `cannot {what}: ...`.
void execute(Connection& connection, const std::string& what, const std::string& sql);

/// Runs statements of which the last one is told of; where the server refuses one, adds a gap with
/// that one as its cure. Returns whether all ran. Throws Error(kConnection).
bool execute_or_gap(Restoration& restoration, Connection& connection, const Gap& gap,
                    const std::string& sql);

/// `table` and `d`.`t`, for messages.
std::string in_words(const DatabaseModel& database, const SchemaObject& object);

/// Calls `work` for each of the databases' objects of a type, several at a time, with a session in
/// their database.
void for_each_object(
    Restoration& restoration, const std::string& type,
    const std::function<void(Connection&, const DatabaseModel&, const SchemaObject&)>& work);

}  // namespace vya::mysql
