// What a look at a server says of the backups it would give.
#pragma once

#include "engine/mysql/server.h"

namespace vya::mysql {

/// Engine::examine. Locks nothing.
Examination examine(const Server& server, const FreezeOptions& freeze);

}  // namespace vya::mysql
