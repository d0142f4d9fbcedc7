// The parts of fitting a backup's accounts to a target.
#pragma once

#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts_plan.h"

namespace vya::mysql {

/// Databases get their names on the target, and grants on those that are others there are left out.
void fit_databases(Accounts& accounts, const AccountsRequest& request, const AccountsTarget& target,
                   std::vector<Gap>& gaps);

/// How gaps name a grant: ``app@% on `shop`.*``.
std::string grant_name(const Grant& grant);

}  // namespace vya::mysql
