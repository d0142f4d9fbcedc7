#include "store/local_draft.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/random.h"
#include "store/local_io.h"
#include "store/local_object.h"
#include "store/name.h"

namespace vya::local {

namespace fs = std::filesystem;

namespace {

constexpr const char* kIncoming = ".incoming-";
constexpr const char* kLock = ".lock";

struct Lock {
  Fd file;  ///< empty: not taken
  int code =
      0;  ///< an errno value, why not: EWOULDBLOCK somebody has it, ENOENT the folder is gone
};

bool same_file(int fd, const fs::path& path) {
  struct stat open{};
  struct stat named{};
  return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

/// Both the maker of a draft and who removes leftovers come through here, and whoever has the lock
/// may use the folder: one that is made but not locked yet can be taken from its maker, which then
/// makes another.
Lock try_lock(const fs::path& folder) {
  const fs::path path = folder / kLock;
  Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file) return {Fd(), errno};
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return {Fd(), errno};
  if (!same_file(file.get(), path)) return {Fd(), ENOENT};  // removed between open and lock
  return {std::move(file), 0};
}

/// Removes what was not finished, and waits until all names are on the disk.
void settle(const fs::path& folder) {
  for (const fs::directory_entry& entry : entries(folder)) {
    const fs::path name = entry.path().filename();
    std::error_code gone;
    if (name == kLock) continue;
    if (!is_name_part(name.string())) {
      if (::unlink(entry.path().c_str()) != 0) throw storage_error("remove", entry.path(), errno);
    } else if (entry.is_directory(gone)) {
      settle(entry.path());
    }
  }
  sync_folder(folder, Fault::kStorage);
}

}  // namespace

void remove_leftovers(const fs::path& root) {
  for (const fs::directory_entry& entry : entries(root)) {
    if (!entry.path().filename().string().starts_with(kIncoming)) continue;
    std::error_code ignored;
    if (const Lock lock = try_lock(entry.path()); lock.file) fs::remove_all(entry.path(), ignored);
  }
}

Draft::Draft(fs::path root, const std::string& prefix)
    : root_(std::move(root)), place_(root_ / prefix) {
  while (!lock_) {
    folder_ = root_ / (kIncoming + random_hex(16));
    if (::mkdir(folder_.c_str(), 0700) != 0)
      throw storage_error("create the folder", folder_, errno);
    Lock lock = try_lock(folder_);
    if (!lock.file && lock.code != EWOULDBLOCK && lock.code != ENOENT) {
      throw storage_error("lock", folder_, lock.code);
    }
    lock_ = std::move(lock.file);
  }
}

Draft::~Draft() {
  std::error_code ignored;
  if (!published_) fs::remove_all(folder_, ignored);
}

std::unique_ptr<Sink> Draft::create(const std::string& name) {
  require_name(name);
  return std::make_unique<ObjectSink>(folder_, name, Names::kSyncedByCaller);
}

void Draft::forget(const std::string& name) {
  require_name(name);
  std::error_code code;
  fs::remove_all(folder_ / name, code);
  if (code) throw storage_error("remove", folder_ / name, code.value());
}

void Draft::publish() {
  settle(folder_);
  make_folders(root_, place_.lexically_relative(root_).parent_path());
  rename_to_place();
  try {
    sync_up_to(root_, place_.parent_path());
  } catch (...) {
    ::rename(place_.c_str(), folder_.c_str());
    throw;
  }
  published_ = true;
  ::unlink((place_ / kLock).c_str());  // only now: without it the folder would be a leftover
}

/// A plain rename replaces no folder that has something in it, on every file system. Empty folders,
/// which abandoned objects leave, do not count.
void Draft::rename_to_place() {
  remove_empty_folders(place_);
  if (::rename(folder_.c_str(), place_.c_str()) == 0) return;
  if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) {
    throw Error(Fault::kRefused, "cannot publish '" + place_.string() + "': it exists already");
  }
  throw storage_error("rename to", place_, errno);
}

}  // namespace vya::local
