#include "tests/fuzz/target.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace vya::fuzz {

void require(bool holds, std::string_view property) {
  if (holds) return;
  std::fprintf(stderr, "this does not hold: %.*s\n", static_cast<int>(property.size()),
               property.data());
  std::abort();
}

}  // namespace vya::fuzz

// The name is libFuzzer's (https://llvm.org/docs/LibFuzzer.html).
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  vya::fuzz::try_input({reinterpret_cast<const char*>(data), size});
  return 0;
}
