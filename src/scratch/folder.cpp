#include "scratch/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>

namespace vya {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPrefix = "vya-drill-";
constexpr const char* kLock = "lock";
// Between the making of a folder and of its lock.
constexpr std::chrono::minutes kYoung{1};

bool is_left_behind(const fs::path& folder, const SystemUser& user) {
  struct stat facts{};
  if (::lstat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode) || facts.st_uid != user.uid)
    return false;
  const auto age =
      std::chrono::system_clock::now() - std::chrono::system_clock::from_time_t(facts.st_mtime);
  if (age < kYoung) return false;
  const Fd lock(::open((folder / kLock).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0;
}

void remove_left_behind(const fs::path& parent, const SystemUser& user) {
  std::error_code ignored;  // what cannot be removed is in nobody's way
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    if (!entry.path().filename().string().starts_with(kPrefix)) continue;
    if (is_left_behind(entry.path(), user)) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

ScratchFolder::ScratchFolder(const fs::path& parent, const SystemUser& user) {
  remove_left_behind(parent, user);
  std::string name = (parent / (std::string(kPrefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw system_error(Fault::kStorage,
                       fmt::format("cannot make a folder for a server in '{}'", parent.string()),
                       errno, "Name another one in the key 'drill.folder'.");
  }
  path_ = name;
  try {
    lock_ = Fd(::open((path_ / kLock).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    if (!lock_ || ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
      throw system_error(Fault::kStorage, fmt::format("cannot lock the folder '{}'", name), errno);
    }
    give_to(user, path_ / kLock);
    give_to(user, path_);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    throw;
  }
}

ScratchFolder::~ScratchFolder() {
  if (!is_ours_) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace vya
