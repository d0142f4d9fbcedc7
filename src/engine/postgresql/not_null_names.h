// Names of NOT NULL constraints, which PostgreSQL 18 and later keep.
//
// pg_dump leaves out a name that the server would choose. But the server chooses another one where
// a table that came first has the name already, as one made by LIKE ... INCLUDING ALL has.
#pragma once

namespace vya::pg {

struct DatabaseModel;
struct Restoration;

/// Gives the NOT NULLs of a database's new tables the names that they have in the backup. One that
/// cannot be renamed is a gap.
void correct_not_null_names(Restoration& restoration, const DatabaseModel& database);

}  // namespace vya::pg
