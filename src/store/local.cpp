#include "store/local.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "store/local_draft.h"
#include "store/local_io.h"
#include "store/local_object.h"
#include "store/name.h"

namespace vya {

namespace fs = std::filesystem;

namespace {

/// Nothing when the path is not that of an object.
std::optional<std::uint64_t> object_size(const fs::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw local::storage_error("look at", path, errno);
  }
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

bool is_folder(const fs::directory_entry& entry) {
  std::error_code gone;
  return entry.is_directory(gone);
}

void collect(const fs::path& folder, const std::string& prefix, std::vector<ObjectInfo>& found) {
  for (const fs::directory_entry& entry : local::visible_entries(folder)) {
    const std::string name = prefix + entry.path().filename().string();
    if (is_folder(entry)) {
      collect(entry.path(), name + "/", found);
    } else if (const auto size = object_size(entry.path())) {
      found.push_back({name, *size});
    }
  }
}

/// Abandoned objects leave empty folders, which are nothing in a store.
bool has_objects(const fs::path& folder) {
  const auto found = local::visible_entries(folder);
  return std::ranges::any_of(found, [](const fs::directory_entry& entry) {
    return is_folder(entry) ? has_objects(entry.path()) : object_size(entry.path()).has_value();
  });
}

void make_root(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) {
    sync_folder(folder.has_parent_path() ? folder.parent_path() : ".", Fault::kStorage);
  } else if (errno != EEXIST) {
    throw system_error(Fault::kStorage, "cannot create the folder '" + folder.string() + "'", errno,
                       errno == ENOENT ? "Create its parent folder, or mount it, first." : "");
  } else if (std::error_code error; !fs::is_directory(folder, error)) {
    throw local::storage_error("use as a store", folder, error ? error.value() : ENOTDIR);
  }
}

}  // namespace

LocalStore::LocalStore(fs::path folder) : folder_(std::move(folder)) {
  if (!folder_.has_filename()) folder_ = folder_.parent_path();  // of a '/' at the end
}

std::unique_ptr<Sink> LocalStore::create(const std::string& name) {
  require_name(name);
  make_root(folder_);
  return std::make_unique<local::ObjectSink>(folder_, name, local::Names::kDurableAtFinish);
}

std::unique_ptr<StoreDraft> LocalStore::draft(const std::string& prefix) {
  require_name(prefix);
  make_root(folder_);
  local::remove_leftovers(folder_);
  if (stat(prefix) || has_objects(folder_ / prefix)) {
    throw Error(Fault::kRefused,
                "cannot create '" + (folder_ / prefix).string() + "': it exists already");
  }
  return std::make_unique<local::Draft>(folder_, prefix);
}

std::unique_ptr<Source> LocalStore::read(const std::string& name) const {
  require_name(name);
  return std::make_unique<local::ObjectSource>(folder_ / name);
}

std::optional<ObjectInfo> LocalStore::stat(const std::string& name) const {
  require_name(name);
  const auto size = object_size(folder_ / name);
  if (!size) return std::nullopt;
  return ObjectInfo{name, *size};
}

std::vector<ObjectInfo> LocalStore::list(const std::string& prefix) const {
  require_prefix(prefix);
  std::vector<ObjectInfo> found;
  collect(folder_ / prefix, prefix, found);
  std::ranges::sort(found, {}, &ObjectInfo::name);
  return found;
}

std::vector<std::string> LocalStore::folders(const std::string& prefix) const {
  require_prefix(prefix);
  std::vector<std::string> found;
  for (const fs::directory_entry& entry : local::visible_entries(folder_ / prefix)) {
    if (is_folder(entry) && has_objects(entry.path())) {
      found.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace vya
