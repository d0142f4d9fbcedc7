#include "engine/mysql/accounts/authority.h"

#include "engine/mysql/accounts/grants_sql.h"

namespace vya::mysql {

namespace {

bool is_public(const AccountName& name) { return name == AccountName{"PUBLIC", ""}; }

}  // namespace

bool AccountsAuthority::creates(const Account& account) const {
  return policy_ != AccountsPolicy::kSkip && account.type != AccountType::kPublic &&
         target_.accounts.find(account.name) == nullptr;
}

bool AccountsAuthority::converges(const AccountName& name) const {
  return policy_ == AccountsPolicy::kConverge && wanted_.find(name) != nullptr &&
         target_.accounts.find(name) != nullptr && !target_.created.contains(name) &&
         !is_protected(name);
}

bool AccountsAuthority::changes(const AccountName& name) const {
  if (is_public(name)) return changes_rules() && wanted_.find(name) != nullptr;
  return target_.created.contains(name) || converges(name);
}

bool AccountsAuthority::gives(const Grant& grant) const {
  const AccountName& name = grant.account;
  if (changes(name)) return true;
  if (policy_ == AccountsPolicy::kSkip || is_public(name) || is_protected(name)) return false;
  return wanted_.find(name) != nullptr && target_.accounts.find(name) != nullptr &&
         is_in_restored(grant);
}

bool AccountsAuthority::is_in_restored(const Grant& grant) const {
  if (grant.on == "server") return false;
  if (grant.on != "database" || target_.takes_names())
    return target_.restored.contains(grant.database);
  return !is_pattern(grant.database) && target_.restored.contains(unescaped(grant.database));
}

bool AccountsAuthority::extends(const AccountName& name) const {
  const bool is_everywhere = is_administrator(name) || name == target_.me;
  return changes(name) || (policy_ != AccountsPolicy::kSkip && is_everywhere &&
                           wanted_.find(name) != nullptr && target_.accounts.find(name) != nullptr);
}

bool AccountsAuthority::changes_rules() const {
  if (policy_ == AccountsPolicy::kSkip) return false;
  return policy_ == AccountsPolicy::kConverge || !target_.in_use;
}

bool AccountsAuthority::is_protected(const AccountName& name) const {
  return is_administrator(name) || name == target_.me || is_system_account(name);
}

std::string AccountsAuthority::reason(const AccountName& name) const {
  if (name == target_.me) return "it is the account that this restore runs as";
  if (is_administrator(name)) return "it is the target's own administrator";
  if (is_public(name)) return "the target has accounts of its own, for whom it would count too";
  return "the target has an account of this name";
}

std::string AccountsAuthority::cure(const AccountName& name) const {
  return is_protected(name) ? "" : "restore with --accounts converge";
}

}  // namespace vya::mysql
