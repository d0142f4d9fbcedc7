#include "store/local_object.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/random.h"
#include "store/local_io.h"

namespace vya::local {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kWriteSize = std::size_t{128} * 1024;

/// Makes the folders above the object, and names the file that will become it.
fs::path prepare_temporary(const fs::path& root, const fs::path& name) {
  make_folders(root, name.parent_path());
  return root / name.parent_path() / ("." + name.filename().string() + "." + random_hex(8));
}

Error no_object(const fs::path& path) {
  return Error(Fault::kNotFound, "cannot read '" + path.string() + "': there is no such object");
}

}  // namespace

FileSink::FileSink(fs::path path)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
  if (!file_) throw storage_error("create", path_, errno);
}

void FileSink::write(Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(file_.get(), bytes.data(), bytes.size());
    if (put >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(put));
    } else if (errno != EINTR) {
      throw storage_error("write", path_, errno);
    }
  }
}

void FileSink::finish() {
  if (::fsync(file_.get()) != 0) throw storage_error("sync", path_, errno);
}

ObjectSink::ObjectSink(fs::path root, const std::string& name, Names names)
    : root_(std::move(root)),
      place_(root_ / name),
      names_(names),
      present_(prepare_temporary(root_, name)),
      file_(present_),
      gather_(file_, kWriteSize) {}

ObjectSink::~ObjectSink() {
  if (state_ != State::kFinished) ::unlink(present_.c_str());
}

void ObjectSink::write(Bytes bytes) {
  start_step();
  gather_.write(bytes);
  state_ = State::kOpen;
}

void ObjectSink::finish() {
  start_step();
  gather_.finish();
  if (rename_new(present_, place_) == Renamed::kExists) {
    throw Error(Fault::kRefused, "cannot create '" + place_.string() + "': it exists already");
  }
  present_ = place_;
  if (names_ == Names::kDurableAtFinish) sync_up_to(root_, place_.parent_path());
  state_ = State::kFinished;
}

/// Broken until the step is done: a step that threw leaves the sink abandoned.
void ObjectSink::start_step() {
  if (state_ != State::kOpen) {
    throw Error(Fault::kInternal,
                "cannot go on with '" + place_.string() + "': it failed or is finished");
  }
  state_ = State::kBroken;
}

ObjectSource::ObjectSource(fs::path path)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (!file_ && (errno == ENOENT || errno == ENOTDIR)) throw no_object(path_);
  if (!file_) throw storage_error("open", path_, errno);
  struct stat status{};
  if (::fstat(file_.get(), &status) != 0) throw storage_error("open", path_, errno);
  if (!S_ISREG(status.st_mode)) throw no_object(path_);
}

std::size_t ObjectSource::read(std::span<std::byte> buffer) {
  for (;;) {
    const ssize_t got = ::read(file_.get(), buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw storage_error("read", path_, errno);
  }
}

}  // namespace vya::local
