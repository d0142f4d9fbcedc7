// What a restore of accounts has to know of its target.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts_plan.h"

namespace vya::mysql {

/// Reads all but the objects, and leaves `created`, `in_use` and `enables_partial_revokes` as they
/// are.
void look_at_target(Connection& connection, AccountsTarget& target, std::vector<Gap>& gaps);

/// Those objects of the grants that are there, by object_key().
std::set<std::string> objects_there(Connection& connection, const std::vector<Grant>& grants);

}  // namespace vya::mysql
