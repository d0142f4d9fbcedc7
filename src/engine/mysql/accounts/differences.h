// In what accounts of two servers differ. Pure.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "engine/mysql/accounts/accounts_plan.h"

namespace vya::mysql {

/// What one has of an account and the other has not, in people's words: `privileges`, `roles`.
std::vector<const char*> grant_differences(const Accounts& wanted, const Accounts& found,
                                           const AccountName& name);

bool is_restricted(const Accounts& accounts, const AccountName& name);

/// What makes an account that is there like the wanted one; nothing when it is.
std::optional<AccountChange> account_change(const Account& wanted, const Account& found,
                                            Vendor vendor);

/// The accounts once these grants have been given too.
Accounts with_grants(Accounts accounts, const std::vector<Grant>& given);

/// What is in the first and not in the second; both sorted.
std::vector<std::string> without(const std::vector<std::string>& one,
                                 const std::vector<std::string>& other);

}  // namespace vya::mysql
