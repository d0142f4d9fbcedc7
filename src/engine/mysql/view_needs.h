// What the text of a view names, as far as it has to be there for the view to be made. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "engine/mysql/objects.h"

namespace vya::mysql {

using ObjectName = std::pair<std::string, std::string>;  ///< of database and object

struct ViewNeeds {
  std::set<ObjectName> relations;               ///< tables and views
  std::map<ObjectName, std::size_t> functions;  ///< with how many arguments each is called
  /// Columns of any of the relations: servers write each behind its table's name or alias.
  std::set<std::string> columns;
};

/// `database` is the one that the view is in.
ViewNeeds needs_of(const SchemaObject& view, const std::string& database);

}  // namespace vya::mysql
