// Files that lie beside the tests and are read when these run.
#pragma once

#include <string>

namespace vya::world {

/// The bytes of a file, by its path below tests/: `world/mysql_zoo/types.sql`. Throws
/// Error(kNotFound).
std::string test_file(const std::string& path);

}  // namespace vya::world
