// A throwaway server: made empty, reached by a socket in its private folder only, and gone with its
// owner, however that ends.
//
// It keeps nothing through a crash (no fsync), starts nothing by itself (no events, subscriptions,
// replication, jobs) and lets in whoever can reach its socket: its own user and root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scratch/keeper.h"
#include "scratch/server_programs.h"

namespace vya {

struct ScratchRequest {
  std::filesystem::path parent;           ///< the folder is made in it
  std::string superuser;                  ///< of PostgreSQL; the others' is root
  std::vector<std::string> init_options;  ///< of initdb, mariadb-install-db or mysqld --initialize
  std::vector<std::string> options;       ///< of the server: `NAME=VALUE`
  std::vector<std::string> tablespaces;   ///< a folder is made for each
  std::uint64_t memory = 0;               ///< bytes that its caches may take
};

class ScratchServer {
 public:
  /// Starts to make the server; it answers some seconds later. Throws Error when that cannot be.
  ScratchServer(const ServerProgram& program, const ScratchRequest& request);

  /// The folder of its socket (PostgreSQL, port 5432).
  const std::filesystem::path& folder() const { return folder_.path(); }
  /// The socket (MySQL, MariaDB).
  std::filesystem::path socket() const { return folder() / "s.sock"; }
  std::filesystem::path tablespace_folder(const std::string& name) const;

  /// How it ended and what it said; nothing while it works.
  std::optional<std::string> ended() { return keeper_->ended(); }

 private:
  SystemUser user_;
  ScratchFolder folder_;
  std::vector<std::string> tablespaces_;
  std::unique_ptr<Keeper> keeper_;
};

}  // namespace vya
