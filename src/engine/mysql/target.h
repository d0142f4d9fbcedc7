// A MySQL or MariaDB server that a backup is restored to.
//
// Everything goes over libmariadb: a restore needs no client program. What is to be done is decided
// first and purely (restore_plan.h); the phases only do it. Rows come from outside, through load().
#pragma once

#include <memory>

#include "engine/engine.h"
#include "engine/mysql/server.h"

namespace vya::mysql {

/// Makes the server ready to be restored to; looks at nothing before plan() and changes nothing
/// before the first phase is run. All but the options must outlive the target.
std::unique_ptr<Target> prepare_target(const Server& server, const BackupContents& contents,
                                       const RestoreOptions& options, Watcher& watcher);

}  // namespace vya::mysql
