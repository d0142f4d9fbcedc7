// The server's own settings and access rules of a backup, for people: shown at a restore, never
// applied.
#pragma once

#include <string>
#include <vector>

#include "stream/sink.h"

namespace vya::pg {

/// A line for each setting and rule of the backup's settings document that the target does not have
/// too: `work_mem = 64MB`, `pg_hba.conf: host shop app 192.0.2.0/24 scram-sha-256`. Settings that
/// say where a server lies (its folders and port) are left out. Throws Error(kCheckFailed) when a
/// document is none.
std::vector<std::string> reference_lines(Source& backup, Source& target);

}  // namespace vya::pg
