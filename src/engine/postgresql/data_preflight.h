// Whether the tables that are there can take a backup's rows.
#pragma once

#include <string>
#include <vector>

#include "stream/contents.h"

namespace vya::pg {

class Connection;

/// Why the database of the connection cannot take the rows of these tables, in sentences: a table
/// that is missing, has rows already or other columns, large objects where some are to be loaded.
/// Changes nothing.
std::vector<std::string> look_at_tables(Connection& connection, const std::vector<Table>& tables);

}  // namespace vya::pg
