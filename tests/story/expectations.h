// What stories say of a command's end and of a server's log.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "tests/world/postgres.h"
#include "tests/world/program.h"

namespace vya::story {

/// Whether a command ended with this exit status and its messages hold all these words; if not,
/// shows all that it said.
testing::AssertionResult ended_with(const world::Ended& ended, int status,
                                    const std::vector<std::string>& words = {});

/// Expects a command's output to hold these words; if not, shows all that it said.
void expect_in(const world::Ended& ended, const std::string& words);

/// A line of postgresql.conf with which statements_of_vya() finds its way in the log, and one that
/// logs everything.
inline const std::vector<std::string> kLogAll = {"log_statement = all",
                                                 "log_line_prefix = 'app=%a '"};

/// The statements that `vya` and its child programs ran on a server with kLogAll, each up to its
/// first line end.
std::vector<std::string> statements_of_vya(const world::PostgresServer& server);

/// The number of the next transaction that writes: the same before and after a command that changed
/// nothing, and tried nothing that failed. The server's autovacuum must be off.
std::string next_transaction(const world::PostgresServer& server);

/// Waits until something holds, at most so long. Returns whether it does.
bool soon(const std::function<bool()>& holds,
          std::chrono::milliseconds limit = std::chrono::seconds(20));

/// How many sessions `vya` and its child programs have on a server.
int sessions_of_vya(const world::PostgresServer& server);

}  // namespace vya::story
