#include "store/local_io.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "store/name.h"

namespace vya::local {

namespace fs = std::filesystem;

namespace {

std::string hint_for(int code) {
  if (code == ENOSPC) return "The disk is full: free space on it, then start again.";
  if (code == EDQUOT) return "The disk quota is used up: raise it or free space, then start again.";
  if (code == EFBIG) return "The file system or a limit (ulimit -f) allows no larger file.";
  return {};
}

}  // namespace

Error storage_error(const std::string& verb, const fs::path& path, int code) {
  return system_error(Fault::kStorage, "cannot " + verb + " '" + path.string() + "'", code,
                      hint_for(code));
}

void make_folders(const fs::path& root, const fs::path& below) {
  fs::path folder = root;
  for (const fs::path& part : below) {
    folder /= part;
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      throw storage_error("create the folder", folder, errno);
    }
  }
}

void sync_up_to(const fs::path& root, fs::path folder) {
  for (; folder != root; folder = folder.parent_path()) sync_folder(folder, Fault::kStorage);
  sync_folder(root, Fault::kStorage);
}

Renamed rename_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
    return Renamed::kDone;
  }
  if (errno == EEXIST) return Renamed::kExists;
  if (errno == EINVAL || errno == ENOSYS) return link_new(from, to);
  throw storage_error("rename to", to, errno);
}

Renamed link_new(const fs::path& from, const fs::path& to) {
  if (::link(from.c_str(), to.c_str()) != 0) {
    if (errno == EEXIST) return Renamed::kExists;
    throw storage_error("link to", to, errno);
  }
  if (::unlink(from.c_str()) != 0) {
    const int code = errno;
    ::unlink(to.c_str());
    throw storage_error("remove", from, code);
  }
  return Renamed::kDone;
}

void remove_empty_folders(const fs::path& folder) {
  for (const fs::directory_entry& entry : entries(folder)) {
    std::error_code gone;
    if (entry.is_directory(gone)) remove_empty_folders(entry.path());
  }
  ::rmdir(folder.c_str());  // fails where something is in it
}

std::vector<fs::directory_entry> entries(const fs::path& folder) {
  std::vector<fs::directory_entry> found;
  std::error_code error;
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    found.push_back(*it);
  }
  if (error && error != std::errc::no_such_file_or_directory &&
      error != std::errc::not_a_directory) {
    throw storage_error("list the folder", folder, error.value());
  }
  return found;
}

std::vector<fs::directory_entry> visible_entries(const fs::path& folder) {
  std::vector<fs::directory_entry> found = entries(folder);
  std::erase_if(found, [](const fs::directory_entry& entry) {
    return !is_name_part(entry.path().filename().string());
  });
  return found;
}

}  // namespace vya::local
