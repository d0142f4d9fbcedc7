#include "scratch/server_user.h"

#include <fmt/ranges.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace vya {

namespace {

SystemUser user_of(const passwd& entry) {
  SystemUser user{.name = entry.pw_name, .uid = entry.pw_uid, .gid = entry.pw_gid, .groups = {}};
  int count = 0;
  ::getgrouplist(entry.pw_name, entry.pw_gid, nullptr, &count);
  user.groups.resize(static_cast<std::size_t>(count));
  ::getgrouplist(entry.pw_name, entry.pw_gid, user.groups.data(), &count);
  user.groups.resize(static_cast<std::size_t>(count));
  return user;
}

}  // namespace

SystemUser server_user(const std::vector<std::string>& names) {
  if (::geteuid() != 0) return {.name = "", .uid = ::geteuid(), .gid = ::getegid(), .groups = {}};
  for (const std::string& name : names) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing else looks users up at this time
    if (const passwd* entry = ::getpwnam(name.c_str())) return user_of(*entry);
  }
  throw Error(Fault::kNotFound,
              fmt::format("cannot start a server: it must not run as root, and this system has no "
                          "user '{}'",
                          fmt::join(names, "', '")),
              "Run vya as another user, or make one of these.");
}

void give_to(const SystemUser& user, const std::filesystem::path& path) {
  if (::geteuid() != 0) return;
  if (::chown(path.c_str(), user.uid, user.gid) != 0) {
    throw system_error(Fault::kPermission,
                       fmt::format("cannot give '{}' to the user '{}'", path.string(), user.name),
                       errno);
  }
}

}  // namespace vya
