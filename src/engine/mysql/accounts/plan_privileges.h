// The part of the plan that is about privileges.
#pragma once

#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/accounts/authority.h"

namespace vya::mysql {

/// Adds the changes of privileges, and of what is revoked from them for single databases.
void plan_privileges(const Accounts& wanted, const AccountsTarget& target,
                     const AccountsAuthority& authority, AccountsPlan& plan);

}  // namespace vya::mysql
