// What a look at a server says of the backups it would give.
#pragma once

#include "engine/postgresql/postgresql.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

/// Engine::examine. What is missing is found by the same code that a backup looks with.
Examination examine(const Server& server, const Options& options, const FreezeOptions& freeze);

}  // namespace vya::pg
