#include "tests/world/folder.h"

#include <stdlib.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/error.h"

namespace vya::world {

Folder::Folder() {
  std::string name = "/tmp/vya-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    throw system_error(Fault::kInternal, "cannot make the folder '" + name + "'", errno);
  }
  path_ = name;
}

Folder::~Folder() {
  if (path_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::write(std::string_view name, std::string_view text) const {
  const std::filesystem::path path = path_ / name;
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw Error(Fault::kInternal, "cannot write '" + path.string() + "'");
  return path;
}

}  // namespace vya::world
