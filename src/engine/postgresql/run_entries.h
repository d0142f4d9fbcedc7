// Runs a database's entries.
#pragma once

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Runs one entry and counts it. Where the restore goes on without its object, that is a gap, and
/// noted in `restoration.missing`. Throws Error(kSql), naming the entry and its database.
void run_entry(Restoration& restoration, Connection& connection, const DatabaseModel& database,
               const Entry& entry);

/// Runs the entries of a stage one after another, as they come.
void run_in_order(Restoration& restoration, const DatabaseModel& database, Stage stage);

/// Runs the entries of a stage over as many sessions as `jobs`. Each waits for those it depends on
/// and for tables that another works on.
void run_in_parallel(Restoration& restoration, const DatabaseModel& database, Stage stage,
                     unsigned jobs);

/// As run_in_parallel, but indexes and constraints that stand on them first, then `between`, then
/// all else.
void run_indexes_first(Restoration& restoration, const DatabaseModel& database, Stage stage,
                       unsigned jobs, const std::function<void()>& between);

}  // namespace vya::pg
