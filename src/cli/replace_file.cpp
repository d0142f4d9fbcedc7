#include "cli/replace_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/bytes.h"
#include "base/file.h"
#include "base/random.h"

namespace vya {

namespace {

constexpr std::size_t kRandomDigits = 8;
constexpr mode_t kNewFile = 0666;  // less what the umask takes
constexpr mode_t kPermissions = 07777;

/// Where the bytes have to be: a link stays a link to them.
std::filesystem::path place_of(const std::filesystem::path& path) {
  std::error_code problem;
  const std::filesystem::path place = std::filesystem::canonical(path, problem);
  return problem ? path : place;
}

/// The permissions of the file that is there, nothing when there is none.
std::optional<mode_t> permissions_of(const std::filesystem::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  if (!S_ISREG(facts.st_mode)) {
    throw Error(Fault::kUsage, fmt::format("cannot write to '{}': it is no file", path.string()),
                "Name a file, or leave --output out for standard output.");
  }
  return facts.st_mode & kPermissions;
}

/// A file under a name of its own; gone again when it was not given its place.
class FileBeside {
 public:
  explicit FileBeside(const std::filesystem::path& place)
      : path_(place.string() + ".part-" + random_hex(kRandomDigits)),
        fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFile)) {
    if (!fd_) throw system_error(Fault::kStorage, "cannot write '" + place.string() + "'", errno);
  }
  FileBeside(const FileBeside&) = delete;
  FileBeside& operator=(const FileBeside&) = delete;
  ~FileBeside() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  void write(const std::string& text) {
    write_all(fd_.get(), as_bytes(text), path_, Fault::kStorage);
    sync(fd_.get(), path_, Fault::kStorage);
  }

  void permit(mode_t permissions) {
    if (::fchmod(fd_.get(), permissions) != 0)
      throw system_error(Fault::kStorage, "cannot set the permissions of '" + path_ + "'", errno);
  }

  void move_to(const std::filesystem::path& place) {
    if (::rename(path_.c_str(), place.c_str()) != 0) {
      throw system_error(Fault::kStorage,
                         fmt::format("cannot rename '{}' to '{}'", path_, place.string()), errno);
    }
    path_.clear();
  }

 private:
  std::string path_;
  Fd fd_;
};

}  // namespace

void replace_file(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path place = place_of(path);
  const std::optional<mode_t> permissions = permissions_of(place);
  FileBeside file(place);
  file.write(text);
  if (permissions) file.permit(*permissions);
  file.move_to(place);
  sync_folder(std::filesystem::absolute(place).parent_path(), Fault::kStorage);
}

}  // namespace vya
