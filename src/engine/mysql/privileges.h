// What the user may do, compared with what a complete backup needs.
#pragma once

#include <vector>

#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"
#include "stream/contents.h"

namespace vya::mysql {

/// A gap for each privilege that the user does not have on everything, of its own or of an active
/// role, and for each that is revoked in part: what the servers hide for want of it is not an error
/// of any statement, so that a backup would be silently less.
std::vector<Gap> missing_privileges(Connection& connection, const Flavor& flavor);

}  // namespace vya::mysql
