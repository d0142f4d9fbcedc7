// The search_path under which functions of the source's databases found what they name.
//
// A restore runs with an empty one, as pg_dump and pg_restore do. A function whose body names
// things without their schemas then fails where a restore calls it: in a CHECK or a generated
// column while rows are loaded, in an index's expression, in a materialized view.
#pragma once

#include <string>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/globals.h"

namespace vya::pg {

/// The search_path that a session of the role in the database has by the settings of roles and
/// databases, or else PostgreSQL's own, as a list with the role's name in place of `"$user"`.
std::string source_path(const Globals& globals, const std::string& database,
                        const std::string& role);

/// SQL that sets it until the transaction's end.
std::string set_path(const std::string& path);

/// Whether a refusal may come from a name that was not found: 42P01 and the like.
bool may_miss_a_name(const std::string& state);

}  // namespace vya::pg
