#include "base/secret.h"

#include <cstring>

namespace vya {

void Secret::wipe() noexcept {
  explicit_bzero(text_.data(), text_.size());
  text_.clear();
}

}  // namespace vya
