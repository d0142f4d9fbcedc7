// The version of the program, as CMakeLists.txt has it.
#pragma once

namespace vya {

extern const char* const kVersion;

}  // namespace vya
