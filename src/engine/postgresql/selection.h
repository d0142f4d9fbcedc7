// Which databases of a server a backup takes, and the opening of those that allow no connections.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

struct Selection {
  std::vector<Database> databases;     ///< numbered from 1, by name
  std::vector<std::string> oids;       ///< of the databases
  std::vector<std::string> closed;     ///< chosen, but they allow no connections
  std::vector<std::string> forbidden;  ///< chosen, but the role may not connect to them
  std::vector<std::string> left_out;   ///< not chosen
};

/// The server's databases but template0 that match an include glob (or there is none) and no
/// exclude glob.
Selection look_for_databases(Connection& connection, const FreezeOptions& options);

/// The same. Throws Error(kNotFound), naming what there is, when none does.
Selection select_databases(Connection& connection, const FreezeOptions& options);

inline constexpr std::string_view kClosedDatabase = "closed-database";

/// The gap of a chosen database that cannot be connected to as it is. The connection is to the
/// maintenance database.
std::optional<Gap> closed_to_us(Connection& connection, const std::string& name,
                                const Selection& selection);

/// Allows connections to closed databases for as long as it lives.
class OpenedDatabases {
 public:
  explicit OpenedDatabases(const Server& server) : server_(server) {}
  OpenedDatabases(const OpenedDatabases&) = delete;
  OpenedDatabases& operator=(const OpenedDatabases&) = delete;
  ~OpenedDatabases();

  void open(const std::string& name);
  const std::vector<std::string>& names() const { return names_; }

 private:
  const Server& server_;
  std::vector<std::string> names_;  ///< those that were opened
};

}  // namespace vya::pg
