// Sets the grants of one object.
#pragma once

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Makes the object's list that of the backup. What the role of the restore may not give or take
/// away is a gap, each statement its own: nothing is left wider for another being refused. So is
/// what was meant for an object that is missing. Throws Error(kSql).
void run_grants(Restoration& restoration, Connection& connection, const Acl& acl);
void run_grants(Restoration& restoration, Connection& connection, const DefaultAcl& acl);

}  // namespace vya::pg
