// Whether a database that is there can take tables of a backup.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/tables_of_database.h"

namespace vya::pg {

class Connection;

struct TablesOnTarget {
  /// Why it cannot, in sentences: a name is taken, something that the tables need is missing.
  std::vector<std::string> refusals;
  std::set<int> impossible;  ///< foreign keys (ids of entries) to tables that are not there
};

/// Looks at the database of the connection and changes nothing.
TablesOnTarget look_for_tables(Connection& connection, const TablesOfDatabase& chosen);

/// The chosen sequences that are not there, in one sentence: rows go into tables that are there,
/// and values into their sequences.
std::vector<std::string> look_for_sequences(Connection& connection, const TablesOfDatabase& chosen);

/// Who gets something on each table or sequence that our role makes in this database, by its
/// default privileges (empty: PUBLIC). Nothing when they are the server's.
std::optional<std::set<std::string>> default_grantees(Connection& connection);

}  // namespace vya::pg
