#include "base/secret.h"

#include <cstring>

namespace vya {

void Secret::wipe() noexcept {
  text_.resize(text_.capacity());  // a short text that was moved away still lies behind the end
  explicit_bzero(text_.data(), text_.size());
  text_.clear();
}

}  // namespace vya
