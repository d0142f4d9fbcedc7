// Brings back who may use the server.
#include "engine/postgresql/phases.h"
#include "engine/postgresql/run_changes.h"

namespace vya::pg {

std::string restore_accounts(Restoration& restoration) {
  TargetSession session = restoration.borrow();
  run_changes(restoration, *session, restoration.plan.accounts.roles);
  return in_words({{"roles", restoration.outcome.number(Count::kRoles)},
                   {"memberships", restoration.outcome.number(Count::kMemberships)}});
}

}  // namespace vya::pg
