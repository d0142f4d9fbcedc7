// Files of the operating system: descriptors that close themselves, and whole small files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/error.h"

namespace vya {

/// An open file descriptor; closed when it goes, without looking at close()'s answer (who must know
/// that the bytes are safe calls sync() first).
class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept : number_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { reset(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  int release() { return std::exchange(number_, -1); }
  void reset() noexcept;

 private:
  int number_ = -1;
};

/// The whole text of a file, nothing when there is none. Throws Error when it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// Writes all bytes to a descriptor; `path` is for the message. Throws Error(fault).
void write_all(int fd, Bytes bytes, const std::filesystem::path& path, Fault fault);

/// Waits until the file's or folder's bytes are on the disk. Throws Error(fault).
void sync(int fd, const std::filesystem::path& path, Fault fault);

/// Waits until the names in a folder are on the disk; a rename is not durable before that.
void sync_folder(const std::filesystem::path& folder, Fault fault);

}  // namespace vya
