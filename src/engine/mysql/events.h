// Whether a server lets its events be seen.
#pragma once

#include "engine/mysql/connection.h"

namespace vya::mysql {

/// MariaDB shows no events and makes none while its scheduler is disabled, which is more than off:
/// a look at information_schema.EVENTS is then an error (1577). MySQL shows them all the same.
bool shows_events(Connection& connection);

}  // namespace vya::mysql
