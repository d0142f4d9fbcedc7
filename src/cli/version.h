// The version of the program; CMakeLists.txt has it too.
#pragma once

namespace vya {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace vya
