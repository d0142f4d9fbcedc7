#include "scratch/scratch_server.h"

#include <fmt/format.h>
#include <sys/un.h>

#include <algorithm>

#include "base/error.h"
#include "scratch/server_commands.h"

namespace vya {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> users_of(ServerProduct product) {
  if (product == ServerProduct::kPostgresql) return {"postgres", "nobody"};
  return {"mysql", "nobody"};
}

void require_short(const fs::path& folder) {
  constexpr std::size_t kMost = sizeof(sockaddr_un::sun_path) - sizeof("/.s.PGSQL.5432.lock");
  if (folder.string().size() <= kMost) return;
  throw Error(Fault::kUsage,
              fmt::format("cannot start a server in '{}': the path is too long for a socket",
                          folder.string()),
              "Name a shorter one in the key 'drill.folder'.");
}

void make_folder(const fs::path& path, const SystemUser& user) {
  std::error_code failed;
  fs::create_directory(path, failed);
  if (failed) {
    throw system_error(Fault::kStorage, fmt::format("cannot make the folder '{}'", path.string()),
                       failed.value());
  }
  fs::permissions(path, fs::perms::owner_all, failed);
  give_to(user, path);
}

}  // namespace

ScratchServer::ScratchServer(const ServerProgram& program, const ScratchRequest& request)
    : user_(server_user(users_of(program.product))),
      folder_(request.parent, user_),
      tablespaces_(request.tablespaces) {
  require_short(folder());
  for (const char* name : {"data", "tmp"}) make_folder(folder() / name, user_);
  for (const std::string& name : tablespaces_) make_folder(tablespace_folder(name), user_);
  KeeperTask task = server_task(program, request, folder());
  task.user = user_;
  keeper_ = std::make_unique<Keeper>(task, folder_);
}

// Numbered: names may hold anything.
fs::path ScratchServer::tablespace_folder(const std::string& name) const {
  const auto found = std::ranges::find(tablespaces_, name);
  return folder() / fmt::format("tablespace-{}", found - tablespaces_.begin());
}

}  // namespace vya
