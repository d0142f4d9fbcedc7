// What the server that is restored to is and has, as far as a plan needs it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/globals.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

/// A database that is there.
struct FoundDatabase {
  DatabaseProperties properties;
  /// What somebody made in it, described (`table public.orders`); the first few.
  std::vector<std::string> objects;
};

/// A folder on the server for a tablespace.
enum class Folder {
  kUsable,   ///< there and empty, as far as can be seen
  kMissing,  ///< not there, or no folder
  kUsed,     ///< there with something in it
};

struct TargetFacts {
  ServerFacts server;
  int version = 0;                                          ///< as libpq writes it
  std::string user;                                         ///< the role of our sessions
  bool is_superuser = false;                                ///< it is one
  std::string bootstrap;                                    ///< the superuser that initdb made
  std::set<std::string> roles;                              ///< all but pg_*
  std::vector<FoundDatabase> databases;                     ///< all but template0
  std::set<std::string> tablespaces;                        ///< all but pg_default and pg_global
  std::map<std::string, Folder> folders;                    ///< of those that were asked for
  std::map<std::string, std::set<std::string>> extensions;  ///< available: name, versions
  std::set<std::string> encodings;
  std::set<std::string> missing_locales;  ///< of those that were asked for
  bool has_icu = false;
  std::int64_t free_connections = 0;
  std::optional<std::uint64_t>
      free_bytes;  ///< on the disk of the data folder, where it can be seen from here
};

/// What of the backup must be looked up on the server.
struct Questions {
  std::set<std::string> folders;  ///< absolute paths
  std::set<std::string> locales;  ///< names of the operating system's locales
};

/// Looks at the server and changes nothing.
TargetFacts read_target_facts(const Server& server, const Questions& questions);

}  // namespace vya::pg
