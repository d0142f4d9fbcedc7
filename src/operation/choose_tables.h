// Finds the tables that are chosen by name in a backup.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "operation/table_path.h"

namespace vya {

struct ChosenTableNames {
  std::vector<TableChoice> choices;
  /// Database and name of each table that may hold rows of a chosen one: itself, its partitions.
  std::set<std::pair<int, TableName>> holders;
};

/// The contents' databases have the names of the backup. Throws Error(kNotFound), naming the
/// nearest, when the backup has no such table, and Error(kUsage) when its server's tables are named
/// otherwise.
ChosenTableNames choose_tables(const BackupContents& contents,
                               const std::vector<RenamedTable>& tables);

}  // namespace vya
