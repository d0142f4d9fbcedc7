#include "base/version.h"

namespace vya {

const char* const kVersion = VYA_VERSION;

}  // namespace vya
