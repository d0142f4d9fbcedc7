// Extensions come back with their owners, and what was changed in them after their scripts ran.
//
// No statement changes who owns an extension, so it is made as that role; where only a superuser
// may make it, the role is one within the transaction that makes it, which nobody else sees.
#pragma once

#include "engine/postgresql/restoration.h"
#include "engine/postgresql/run_definition.h"

namespace vya::pg {

/// Creates the extension of an entry as its owner. Where that cannot be, it is ours, which is a
/// gap. Returns whether it is there. Throws Error(kSql).
bool create_extension(Restoration& restoration, Connection& connection,
                      const DatabaseModel& database, const Entry& entry,
                      const StatementOf& statement_of);

/// Gives the members of all extensions of a database the owners, comments and labels that they had;
/// what is not allowed is a gap. Grants must not be there yet.
void correct_members(Restoration& restoration, const DatabaseModel& database);

}  // namespace vya::pg
