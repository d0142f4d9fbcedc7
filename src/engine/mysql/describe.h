// A server's catalog model out of its documents: those of a backup, or those taken from a server as
// it is.
#pragma once

#include "engine/catalog_model.h"
#include "engine/engine.h"

namespace vya::mysql {

/// Names are those of the databases in the contents. Throws Error(kCheckFailed) when a document is
/// missing or wrong.
CatalogModel describe(const BackupContents& contents);

/// Databases of the server whose content is not in the backup. Throws as describe() does.
std::vector<std::string> uncovered_databases(const BackupContents& contents);

}  // namespace vya::mysql
