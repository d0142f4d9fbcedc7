// Finds the pg_dump that fits a server.
#pragma once

#include <string>
#include <vector>

namespace vya::pg {

struct ClientProgram {
  std::string path;
  int major = 0;
};

/// The pg_dump programs of this machine: those in the version folders of Debian and of the
/// PostgreSQL project's RPMs, and the one in PATH.
std::vector<ClientProgram> installed_pg_dumps();

/// The one to use for a server of this major: of the same major, else the lowest higher one (newer
/// clients write what older servers refuse, and older ones refuse newer servers). Pure. Throws
/// Error(kNotFound), naming the package.
ClientProgram choose_pg_dump(const std::vector<ClientProgram>& programs, int server_major);

/// The program at a path. Throws Error(kNotFound) when there is none, and Error(kUsage) when it is
/// no pg_dump.
ClientProgram pg_dump_at(const std::string& path);

}  // namespace vya::pg
