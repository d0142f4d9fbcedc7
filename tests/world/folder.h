// A temporary folder for tests: there while the value lives, removed with all that is in it.
//
// Always under /tmp: the path of a unix socket must be short, and a server that runs as another
// user must be able to reach it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace vya::world {

class Folder {
 public:
  /// Makes an empty folder that only we may enter.
  Folder();
  Folder(Folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Folder& operator=(Folder&&) = delete;
  ~Folder();

  const std::filesystem::path& path() const { return path_; }

  /// The path of something in it: `folder / "vya.yaml"`.
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  /// Writes a small file in it and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace vya::world
