#include "base/random.h"

#include <random>

namespace vya {

std::string random_hex(std::size_t digits) {
  std::random_device device;
  std::string text;
  while (text.size() < digits) text += "0123456789abcdef"[device() & 15];
  return text;
}

}  // namespace vya
