// Whether tests may take long: VYA_FULL=1, which `./dev test --full` sets.
#pragma once

#include <cstdlib>
#include <string_view>

namespace vya::world {

inline bool is_full_run() {
  const char* wanted = std::getenv("VYA_FULL");
  return wanted != nullptr && std::string_view(wanted) == "1";
}

}  // namespace vya::world
