// What a restore has to know of its target before it decides anything.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"
#include "stream/contents.h"

namespace vya::mysql {

/// A table that is there.
struct TableOnTarget {
  std::vector<std::string> columns;   ///< of all, the names of those that are not generated
  std::vector<std::string> triggers;  ///< that fire when rows come in
  bool empty = true;
};

struct TargetFacts {
  Flavor flavor;
  std::set<std::string> databases;  ///< all
  std::set<std::string> used;       ///< those of the backup's with something in them
  std::set<std::string> engines;    ///< in lower case
  std::set<std::string> plugins;    ///< in lower case
  std::set<std::string> charsets;
  std::set<std::string> collations;
  /// Of the databases that were asked for.
  std::map<std::pair<std::string, std::string>, TableOnTarget> tables;
  bool replicas = false;  ///< whether others read its binary log
};

/// Whether the tables of databases that are there are looked at too.
enum class LookAtTables { kNo, kYes };

/// `databases`: the names that those of the backup have on the target.
TargetFacts read_target_facts(Connection& connection, const Flavor& flavor,
                              const std::vector<Database>& databases, LookAtTables look);

}  // namespace vya::mysql
