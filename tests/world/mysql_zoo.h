// A server with one of everything: tables of every type and character set, and every kind of object
// that a restore has to bring back, with names and texts that are hard to quote.
#pragma once

#include "tests/world/mysql.h"

namespace vya::world {

/// Makes the databases `zoo` (latin1), `zoo_two` (utf8mb4) and one with an odd name: more than 60
/// objects, from tests/world/mysql_zoo/. They refer to one another.
void make_mysql_zoo(const MysqlServer& server);

}  // namespace vya::world
