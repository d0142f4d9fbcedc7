// The words of `vya restore` that only together say what is wanted.
#pragma once

#include <optional>

#include "operation/restore_request.h"

namespace vya {

/// As they were written; nothing where a word was not.
struct RestoreWords {
  std::optional<RestoreScope> only;
  std::optional<AccountsPolicy> accounts;
  std::optional<Existing> existing;
  bool terminate = false;
  bool check = false;
};

/// Puts what the words mean together into the request. Throws Error(kUsage) when they do not go
/// together.
void take_words(const RestoreWords& words, RestoreRequest& to);

}  // namespace vya
