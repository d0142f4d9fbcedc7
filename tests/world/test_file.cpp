#include "tests/world/test_file.h"

#include <filesystem>

#include "base/error.h"
#include "base/file.h"

namespace vya::world {

std::string test_file(const std::string& path) {
  const auto whole = std::filesystem::path(VYA_TESTS) / path;
  if (auto text = read_file(whole)) return *std::move(text);
  throw Error(Fault::kNotFound, "there is no file '" + whole.string() + "'");
}

}  // namespace vya::world
