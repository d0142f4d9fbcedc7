// What the server that is restored to is and has, as far as a plan needs it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/globals.h"
#include "engine/postgresql/powers.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

/// A database that is there.
struct FoundDatabase {
  DatabaseProperties properties;
  /// What somebody made in it, described (`table public.orders`); the first few.
  std::vector<std::string> objects;
  std::int64_t sessions = 0;            ///< that others have in it
  std::set<std::string> session_roles;  ///< whose they are
};

/// A folder on the server for a tablespace.
enum class Folder {
  kUsable,   ///< there and empty, as far as can be seen
  kMissing,  ///< not there, or no folder
  kUsed,     ///< there with something in it
};

/// The name of the superuser that initdb made, or empty.
std::string bootstrap_of(const Globals& globals);

struct TargetFacts {
  ServerFacts server;
  int version = 0;                                          ///< as libpq writes it
  Powers powers;                                            ///< of the role of our sessions
  Globals globals;                                          ///< as a backup of it would have them
  std::vector<FoundDatabase> databases;                     ///< all but template0
  std::map<std::string, Folder> folders;                    ///< of those that were asked for
  std::map<std::string, std::set<std::string>> extensions;  ///< available: name, versions
  std::set<std::string> encodings;
  std::set<std::string> missing_locales;  ///< of those that were asked for
  bool has_icu = false;
  std::int64_t free_connections = 0;
  std::optional<std::uint64_t>
      free_bytes;  ///< on the disk of the data folder, where it can be seen from here

  /// The role of this name, or nullptr. Roles of the server itself (pg_*) are none.
  const Role* role(const std::string& name) const;
  const FoundDatabase* database(const std::string& name) const;
  const Tablespace* tablespace(const std::string& name) const;
  bool has_database(const std::string& name) const { return database(name) != nullptr; }
  /// The name of the superuser that initdb made.
  std::string bootstrap() const { return bootstrap_of(globals); }
  /// Whether somebody keeps something here: a role beside the bootstrap superuser and our own, a
  /// database beside `postgres` and `template1`, or anything in these.
  bool in_use() const;
};

/// Whether a role of this name belongs to a provider's service (manuals of Amazon RDS, Cloud SQL
/// and Azure Database for PostgreSQL).
bool is_providers(const std::string& role);

/// Whether initdb makes a database of this name on every server.
bool is_initdbs(const std::string& database);

/// What of the backup must be looked up on the server.
struct Questions {
  std::set<std::string> folders;  ///< absolute paths
  std::set<std::string> locales;  ///< names of the operating system's locales
};

/// Looks at the server and changes nothing.
TargetFacts read_target_facts(const Server& server, const Questions& questions);

}  // namespace vya::pg
