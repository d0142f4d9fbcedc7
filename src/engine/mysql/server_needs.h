// What a MySQL or MariaDB server must be made with for a backup.
#pragma once

#include "engine/engine.h"
#include "engine/server_needs.h"

namespace vya::mysql {

/// Throws Error(kCheckFailed) when a document is missing or wrong.
ServerNeeds server_needs(const BackupContents& contents);

}  // namespace vya::mysql
