// What others run on the server.
#pragma once

#include <string>

#include "engine/mysql/flavor.h"

namespace vya::mysql {

/// A table for FROM, with ID, USER, COMMAND, TIME, STATE and INFO of every session. MySQL shows it
/// to everybody who may read; MariaDB, and MySQL without its performance_schema, show a user
/// without PROCESS only his own.
std::string statements_of_others(const Flavor& flavor);

/// Whether that needs PROCESS.
bool statements_need_process(const Flavor& flavor);

}  // namespace vya::mysql
