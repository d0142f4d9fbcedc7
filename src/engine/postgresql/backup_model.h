// What a backup says beside its rows, read into memory.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/entry_sql.h"
#include "engine/postgresql/globals.h"
#include "engine/postgresql/role_names.h"

namespace vya::pg {

struct DatabaseModel {
  Database database;
  Catalog catalog;
  std::map<Stage, std::size_t> entries;  ///< how many there are for each stage
  std::size_t tables = 0;                ///< with rows to load
  std::size_t large_objects = 0;
  std::set<std::string> roles;             ///< that own something in it or were granted something
  std::set<std::string> owners;            ///< of these, the owners and those whom policies are for
  std::set<std::string> extension_owners;  ///< of extensions and of their members
  std::set<std::string> tablespaces;       ///< that something in it is in
};

struct BackupModel {
  ServerFacts server;
  Globals globals;
  std::vector<DatabaseModel> databases;
  std::uint64_t row_bytes = 0;
  RoleNames role_names;  ///< as they were asked for; all names here are those on the target
  std::vector<Gap> gaps;
};

/// Reads the documents, as far as they are of the databases that the contents have; databases have
/// the names of the contents, roles those of `role_names`. Entries and large objects are only
/// counted: they are read again where they are run. Throws Error(kCheckFailed) when a document is
/// missing or wrong.
BackupModel read_backup(const BackupContents& contents, const RoleNames& role_names = {});

/// Counts the entries of a database anew, when there are fewer of them than before.
void count_entries(BackupModel& backup, const BackupContents& contents, int database);

/// Leaves only the accounts that the databases of these names in the backup need.
void keep_accounts_of(BackupModel& backup, const std::set<std::string>& databases);

/// Calls `visit` for the entries of a stage, in their order, with the roles' names on the target.
void visit_entries(const BackupContents& contents, const RoleNames& role_names, int database,
                   Stage stage, const std::function<void(Entry)>& visit);

/// Calls `visit` for all entries of a database with their stages, in their order.
void visit_entries(const BackupContents& contents, const RoleNames& role_names, int database,
                   const std::function<void(Stage, Entry)>& visit);

/// Calls `visit` for each large object of a database. A backup without any has no document of them.
void visit_large_objects(const BackupContents& contents, const RoleNames& role_names, int database,
                         const std::function<void(const LargeObject&)>& visit);

}  // namespace vya::pg
