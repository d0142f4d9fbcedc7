// What becomes of the target's accounts: the statements that lead from those that are there to
// those of the backup, as far as the policy allows. Pure.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/accounts/accounts.h"

namespace vya::mysql {

/// What of a backup is being restored, as far as accounts are concerned.
struct AccountsRequest {
  Accounts backup;
  ServerFacts source;
  RestoreOptions options;
  /// Database of the backup -> its name on the target, of those that this restore brings; nothing:
  /// no databases are restored, and grants are for those that are there.
  std::optional<std::map<std::string, std::string>> databases;
  /// Definers of objects that are restored (`app@%`): they are needed whatever accounts_of says.
  std::set<std::string> definers;
};

/// What the target is and has.
struct AccountsTarget {
  Flavor flavor;
  Accounts accounts;
  AccountName me;                    ///< who restores
  std::set<std::string> plugins;     ///< with which one can log in
  std::set<std::string> privileges;  ///< that the server knows
  std::set<std::string> databases;   ///< that are there
  std::set<std::string> restored;    ///< that this restore brings
  /// What grants can be on, by object_key(); nothing: it is not yet known, because it is being
  /// restored.
  std::optional<std::set<std::string>> objects;
  std::set<AccountName> created;         ///< by this restore, so they are ours to finish
  bool in_use = false;                   ///< it had accounts of its own before the restore
  bool enables_partial_revokes = false;  ///< they are off, and the restore may turn them on

  /// Whether the database in a grant is a name there, and not a pattern.
  bool takes_names() const { return accounts.rules.partial_revokes || enables_partial_revokes; }
};

/// One thing that is done: it is done when all of its statements were run.
struct AccountChange {
  std::string what;                     ///< for plans and errors; never a secret
  std::vector<std::string> statements;  ///< may hold hashes, so they are shown only where they
                                        ///< are the gap's cure
  std::string counted;                  ///< what it brings back, in the plural: `accounts`
  Gap gap;                              ///< where the server refuses it
  AccountName account;                  ///< whom it is for
  /// What is run when the server refuses it, so that nobody is left with more than on the source;
  /// nothing more is then done for the account.
  std::vector<std::string> undo;
};

struct AccountsPlan {
  std::vector<AccountChange> changes;  ///< in their order
  std::vector<Gap> gaps;
};

/// Tells the objects of grants apart: tables, columns, routines.
std::string object_key(const Grant& grant);

/// The backup's accounts as the target can have them: renamed, without what it does not know, and
/// never with more than on the source. What is lost is added to the gaps.
Accounts fit_accounts(const AccountsRequest& request, const AccountsTarget& target,
                      std::vector<Gap>& gaps);

/// Before objects: users and roles that are missing or differ.
AccountsPlan plan_accounts(const Accounts& wanted, const AccountsTarget& target,
                           AccountsPolicy policy);

/// After objects: all the rest. To be planned and run again until nothing is left.
AccountsPlan plan_grants(const Accounts& wanted, const AccountsTarget& target,
                         AccountsPolicy policy);

}  // namespace vya::mysql
