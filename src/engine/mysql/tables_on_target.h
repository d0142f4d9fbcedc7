// What there is in the databases that single tables go into.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"

namespace vya::mysql {

/// Names of tables, views and sequences by database -> what each is, in the server's words.
using Relations = std::map<std::pair<std::string, std::string>, std::string>;

struct TablesOnTarget {
  std::map<std::string, std::string> collations;  ///< of the databases that are there
  Relations relations;
  std::set<std::pair<std::string, std::string>> triggers;  ///< with their databases
  /// Those whose names no other of the database may have, in lower case: foreign keys, and CHECKs
  /// of MySQL.
  std::set<std::pair<std::string, std::string>> constraints;
};

/// Looks at these databases and changes nothing.
TablesOnTarget look_for_tables(Connection& connection, const Flavor& flavor,
                               const std::set<std::string>& databases);

}  // namespace vya::mysql
