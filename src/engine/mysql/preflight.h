// What definitions need that a server may not have: engines, parsers, character sets, collations.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/mysql/backup_model.h"
#include "engine/mysql/target_facts.h"

namespace vya::mysql {

/// What the target lacks for the objects of a database, a refusal each, naming one object of those
/// that need it.
std::vector<std::string> missing_for(const DatabaseModel& database, const TargetFacts& target);

}  // namespace vya::mysql
