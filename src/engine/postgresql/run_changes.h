// Runs the statements of a plan.
#pragma once

#include <vector>

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Runs the changes in their order and counts them; what the server refuses is the gap that the
/// change names, or an Error(kSql) where it names none.
void run_changes(Restoration& restoration, Connection& connection,
                 const std::vector<Change>& changes);

}  // namespace vya::pg
