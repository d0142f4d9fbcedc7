// Who a throwaway server runs as.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace vya {

struct SystemUser {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;
};

/// We ourselves. Servers refuse to run as root: then the first of `names` that the system knows.
/// Throws Error(kNotFound) when it knows none.
SystemUser server_user(const std::vector<std::string>& names);

/// Gives a file or folder to the user, when we are root. Throws Error(kPermission).
void give_to(const SystemUser& user, const std::filesystem::path& path);

}  // namespace vya
