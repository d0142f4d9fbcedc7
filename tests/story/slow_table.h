// A table that takes long to read although it is small: its rows are long and compress well.
#pragma once

#include <string>

#include "tests/world/postgres.h"

namespace vya::story {

/// Makes the table `slow`: `rows` rows of one megabyte of text each, a few kilobytes each on the
/// server's disk.
void make_slow_table(const world::PostgresServer& server, const std::string& database,
                     int rows = 2000);

/// Waits until a session of vya copies the table, and returns its process id; 0 when none does.
int session_that_copies(const world::PostgresServer& server);

}  // namespace vya::story
