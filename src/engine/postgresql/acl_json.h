// Grants and labels in JSON lines, as several documents have them.
#pragma once

#include "engine/postgresql/acl.h"
#include "engine/postgresql/globals.h"
#include "engine/text_json.h"

namespace vya::pg {

void describe(JsonFields& fields, Acl& acl);
void describe(JsonFields& fields, DefaultAcl& acl);
void describe(JsonFields& fields, SecurityLabel& label);

}  // namespace vya::pg
