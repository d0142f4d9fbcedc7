// Runs an entry's statement, and in another way where the server refuses it as it is.
#pragma once

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Runs the statement of an entry. A foreign key that the rows do not hold is added all the same,
/// unchecked, which is a gap; a unique index or exclusion constraint that they do not hold is a
/// gap; what misses a name is run with the source's search_path; what may not have its owner has
/// ours, which is a gap. Returns whether the object is there now: where the restore can go on
/// without it, its absence is a gap. Throws Error(kSql).
bool run_definition(Restoration& restoration, Connection& connection, const DatabaseModel& database,
                    const Entry& entry, const StatementOf& statement_of);

/// What is missing because something it needs is.
Gap missing_definition(const Entry& entry, const std::string& why);

}  // namespace vya::pg
