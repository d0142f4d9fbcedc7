// Which of the target's accounts a restore may change. Pure.
#pragma once

#include <string>

#include "engine/engine.h"
#include "engine/mysql/accounts/accounts_plan.h"

namespace vya::mysql {

class AccountsAuthority {
 public:
  /// All must outlive it.
  AccountsAuthority(const Accounts& wanted, const AccountsTarget& target, AccountsPolicy policy)
      : wanted_(wanted), target_(target), policy_(policy) {}

  /// It is not there and will be created.
  bool creates(const Account& account) const;
  /// It was there and is made equal to the backup's.
  bool converges(const AccountName& name) const;
  /// Its privileges, roles and other properties are set: it was created by this restore, or is made
  /// equal.
  bool changes(const AccountName& name) const;
  /// It gets what the grant says. Whoever is left as he is gets it too where it is about a database
  /// that this restore brings: without it the data would be there and the application locked out.
  bool gives(const Grant& grant) const;
  /// It becomes a member of roles: those that change, and those that are on every server.
  bool extends(const AccountName& name) const;
  /// What holds for everybody on the server may be set.
  bool changes_rules() const;
  /// No policy changes it: root, who the restore runs as, and those of the server and of providers.
  bool is_protected(const AccountName& name) const;

  /// Why an account that is there stays as it is, and how it would not.
  std::string reason(const AccountName& name) const;
  std::string cure(const AccountName& name) const;

 private:
  bool is_in_restored(const Grant& grant) const;

  const Accounts& wanted_;
  const AccountsTarget& target_;
  AccountsPolicy policy_;
};

}  // namespace vya::mysql
