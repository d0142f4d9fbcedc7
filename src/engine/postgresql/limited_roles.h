// What a restore without superuser may not give to roles. Pure.
#pragma once

#include <vector>

#include "engine/postgresql/authority.h"

namespace vya::pg {

/// Takes the attributes that the server will not let us give or take out of the backup's roles, for
/// those that the restore creates or changes; returns a gap for each role that is not as in the
/// backup because of that. A superuser's restore loses nothing.
std::vector<Gap> keep_givable_attributes(Globals& backup, const TargetFacts& target,
                                         const Authority& authority);

}  // namespace vya::pg
