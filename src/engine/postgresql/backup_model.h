// What a backup says beside its rows, read into memory.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/entry_sql.h"
#include "engine/postgresql/globals.h"

namespace vya::pg {

struct DatabaseModel {
  Database database;
  Catalog catalog;
  std::map<Stage, std::size_t> entries;  ///< how many there are for each stage
  std::size_t tables = 0;                ///< with rows to load
};

struct BackupModel {
  ServerFacts server;
  Globals globals;
  std::vector<DatabaseModel> databases;
  std::uint64_t row_bytes = 0;
};

/// Reads the documents. Entries and large objects are only counted: they are read again where they
/// are run. Throws Error(kCheckFailed) when a document is missing or wrong.
BackupModel read_backup(const BackupContents& contents);

/// Calls `visit` for the entries of a stage, in their order.
void visit_entries(const BackupContents& contents, int database, Stage stage,
                   const std::function<void(Entry)>& visit);

/// Calls `visit` for all entries of a database with their stages, in their order.
void visit_entries(const BackupContents& contents, int database,
                   const std::function<void(Stage, Entry)>& visit);

}  // namespace vya::pg
