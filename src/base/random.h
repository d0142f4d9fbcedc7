// Random bits for names and ids. Not for keys.
#pragma once

#include <cstddef>
#include <string>

namespace vya {

/// `digits` random lower-case hexadecimal digits from the system's generator.
std::string random_hex(std::size_t digits);

}  // namespace vya
