// Finds what somebody made in a database: what initdb does not.
#pragma once

#include <string>
#include <vector>

namespace vya::pg {

class Connection;

/// Descriptions of objects that are not the system's (`table public.orders`, `large object 16401`):
/// the first few, in no promised order. Empty for a database as initdb makes it.
std::vector<std::string> find_user_objects(Connection& connection);

}  // namespace vya::pg
