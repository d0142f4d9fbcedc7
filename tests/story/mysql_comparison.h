// Compares two MySQL or MariaDB servers by what they say of themselves: information_schema, SHOW
// CREATE, CHECKSUM TABLE, and every value of every row.
#pragma once

#include <string>
#include <vector>

#include "tests/world/mysql.h"

namespace vya::story {

/// The lines that only one of the servers has of a database, each with `<` or `>` before it; none
/// when they are equal. `renamed`: its name on the second; empty: the same.
std::vector<std::string> differences(const world::MysqlServer& source,
                                     const world::MysqlServer& restored,
                                     const std::string& database, const std::string& renamed = "");

/// Of all databases that people made.
std::vector<std::string> differences(const world::MysqlServer& source,
                                     const world::MysqlServer& restored);

}  // namespace vya::story
