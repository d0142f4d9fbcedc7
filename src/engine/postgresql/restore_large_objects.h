// Large objects without their content, which comes as rows.
#pragma once

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Creates a database's large objects, empty.
void create_large_objects(Restoration& restoration, const DatabaseModel& database);

/// Sets their owners, grants, comments and labels.
void finish_large_objects(Restoration& restoration, const DatabaseModel& database);

}  // namespace vya::pg
