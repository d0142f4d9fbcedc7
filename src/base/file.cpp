#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vya {

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = other.release();
  }
  return *this;
}

void Fd::reset() noexcept {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) {
    if (errno == ENOENT) return std::nullopt;
    throw system_error(Fault::kUsage, "cannot open '" + path.string() + "'", errno);
  }
  std::string text;
  char buffer[16384];
  for (;;) {
    const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
    if (got == 0) return text;
    if (got > 0) {
      text.append(buffer, static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      throw system_error(Fault::kUsage, "cannot read '" + path.string() + "'", errno);
    }
  }
}

void write_all(int fd, Bytes bytes, const std::filesystem::path& path, Fault fault) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(put));
    } else if (errno != EINTR) {
      throw system_error(fault, "cannot write '" + path.string() + "'", errno);
    }
  }
}

void sync(int fd, const std::filesystem::path& path, Fault fault) {
  if (::fsync(fd) != 0) throw system_error(fault, "cannot sync '" + path.string() + "'", errno);
}

void sync_folder(const std::filesystem::path& folder, Fault fault) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) throw system_error(fault, "cannot open the folder '" + folder.string() + "'", errno);
  sync(fd.get(), folder, fault);
}

}  // namespace vya
