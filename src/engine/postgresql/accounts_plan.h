// What becomes of the target's accounts: the statements that lead from those that are there to
// those of the backup, as far as the policy allows. Pure.
//
// Decided as a difference, so that a second restore has nothing to do. What differs and may not be
// changed is a gap, with the statement that would do it as its cure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/authority.h"
#include "engine/postgresql/outcome.h"
#include "engine/postgresql/statement.h"

namespace vya::pg {

/// One statement of a plan, and what to make of the server's refusal.
struct Change {
  Statement statement;
  std::optional<Count> counted;  ///< what it brings back
  std::uint64_t number = 1;      ///< and how many of them
  std::string gap;               ///< kind of the gap where the server refuses it; empty: an error
  std::string name;              ///< of that gap
};

struct AccountsPlan {
  std::vector<Change> roles;     ///< in their order: roles, memberships, grants on parameters
  std::vector<Change> settings;  ///< of roles and databases, to be run last of all
  std::vector<Gap> gaps;
};

/// What the parts of the plan look at.
struct AccountsWork {
  const Globals& backup;
  const TargetFacts& target;
  AccountsPolicy policy = AccountsPolicy::kCreate;
  Authority authority;
  /// Names, on the target, of the databases whose content this restore brings.
  std::set<std::string> databases;
};

AccountsPlan plan_accounts(const AccountsWork& work);

// Its parts.
void plan_roles(const AccountsWork& work, AccountsPlan& plan);
void plan_memberships(const AccountsWork& work, AccountsPlan& plan);
void plan_parameters(const AccountsWork& work, AccountsPlan& plan);
void plan_settings(const AccountsWork& work, AccountsPlan& plan);

}  // namespace vya::pg
