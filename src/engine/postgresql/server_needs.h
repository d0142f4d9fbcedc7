// What a PostgreSQL server must be made with for a backup.
#pragma once

#include "engine/engine.h"
#include "engine/server_needs.h"

namespace vya::pg {

/// Encoding and locale are those of the database `postgres`, which a server is made with. Throws
/// Error(kCheckFailed) when a document is missing or wrong.
ServerNeeds server_needs(const BackupContents& contents);

}  // namespace vya::pg
