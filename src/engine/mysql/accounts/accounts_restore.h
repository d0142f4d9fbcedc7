// Brings accounts back: users and roles before the objects that they define, and what they may do
// with the objects after those are there.
//
// What is done is the difference between the backup's accounts and those of the target, as far as
// the policy allows, so a second restore has nothing to do; and it is looked for again after it was
// done, so what is said to be back is back. What differs and is left is a gap. No account may ever
// do more than on the source: where that cannot be had, it is made without privileges, locked, and
// named.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/accounts/accounts_plan.h"

namespace vya::mysql {

class AccountsRestore {
 public:
  static constexpr const char* kAccountsPhase = "accounts";
  static constexpr const char* kGrantsPhase = "grants";

  /// Looks at the target and changes nothing.
  AccountsRestore(AccountsRequest request, Connection& target, const Flavor& flavor);

  /// What will be done, in the phases `accounts` and `grants`.
  const std::vector<PlanStep>& steps() const { return steps_; }
  const std::vector<std::string>& refusals() const { return refusals_; }
  /// What cannot be restored, or only otherwise: as far as it is known before, and what the server
  /// refused.
  std::vector<Gap> gaps() const;
  Totals totals() const;

  /// Before objects: users and roles. Returns what was done in a few words.
  std::string create(Connection& connection);
  /// After objects: privileges, roles' members, default roles, proxies, locks.
  std::string grant(Connection& connection);

 private:
  bool can_restore(const Flavor& flavor);
  void plan_all();
  void run(Connection& connection, const AccountChange& change);
  bool run_all(Connection& connection, const std::vector<AccountChange>& changes);
  void refuse(Gap gap, const SqlError& error);
  void name_what_is_left(const std::vector<AccountChange>& changes);
  void add_gaps(std::vector<Gap> gaps);

  AccountsRequest request_;
  AccountsTarget target_;
  std::vector<PlanStep> steps_;
  std::vector<std::string> refusals_;
  std::vector<Gap> gaps_;
  std::set<std::string> given_up_;             ///< changes that the server refused
  std::set<AccountName> narrowed_;             ///< accounts for which nothing more is done
  std::map<std::string, std::uint64_t> done_;  ///< what, in the plural -> how many
};

}  // namespace vya::mysql
