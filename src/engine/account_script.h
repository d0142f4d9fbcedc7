// Accounts of a backup by themselves: as statements for people, or fewer of them for a restore.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace vya {

/// Whether an account is wanted, by its name as people write it: `app`, on MySQL `app@%`.
using AccountFilter = std::function<bool(const std::string& name)>;

/// What is said of passwords.
enum class Verifiers {
  kLeftOut,
  kShown,  ///< the hashes that the server keeps: whoever has them can try passwords
};

}  // namespace vya
