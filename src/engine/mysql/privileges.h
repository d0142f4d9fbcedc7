// What the user may do, compared with what a complete backup needs.
#pragma once

#include <string>
#include <vector>

#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"
#include "stream/contents.h"

namespace vya::mysql {

struct MissingPrivileges {
  std::vector<Gap> gaps;
  /// Whether some hide definitions, so that a change of one may go unseen too.
  bool hide_definitions = false;
};

/// A gap for each privilege that the user does not have on everything, of its own or of an active
/// role, and for each that is revoked in part: what the servers hide for want of it is not an error
/// of any statement, so that a backup would be silently less.
MissingPrivileges missing_privileges(Connection& connection, const Flavor& flavor);

/// Whether the user has the privilege on everything, of its own or of an active role.
bool has_privilege(Connection& connection, const std::string& privilege);

}  // namespace vya::mysql
