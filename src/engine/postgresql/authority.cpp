#include "engine/postgresql/authority.h"

#include "engine/postgresql/globals_sql.h"

namespace vya::pg {

Authority::Authority(const Globals& backup, const TargetFacts& target, AccountsPolicy policy)
    : target_(target), policy_(policy) {
  for (const Role& role : backup.roles) roles_.insert(role.name);
}

bool Authority::creates(const std::string& role) const {
  const bool may_create = target_.powers.superuser || target_.powers.create_role;
  return policy_ != AccountsPolicy::kSkip && may_create && roles_.contains(role) &&
         target_.role(role) == nullptr;
}

bool Authority::converges(const std::string& role) const {
  return policy_ == AccountsPolicy::kConverge && roles_.contains(role) &&
         target_.role(role) != nullptr && !is_protected(role) && may_change(role);
}

bool Authority::changes(const std::string& role) const { return creates(role) || converges(role); }

bool Authority::extends(const std::string& role) const {
  const bool is_everywhere =
      role == target_.powers.role || (role == target_.bootstrap() && target_.powers.superuser);
  return changes(role) ||
         (policy_ != AccountsPolicy::kSkip && roles_.contains(role) && is_everywhere);
}

bool Authority::extends_all() const {
  if (policy_ == AccountsPolicy::kSkip) return false;
  return policy_ == AccountsPolicy::kConverge || !target_.in_use();
}

bool Authority::may_change(const std::string& role) const {
  const Powers& powers = target_.powers;
  if (powers.superuser) return true;
  const Role* found = target_.role(role);
  const bool is_superuser = found != nullptr && found->superuser;
  return powers.create_role && !is_superuser &&
         (target_.version < kWithMembershipOptions || powers.administers.contains(role));
}

bool Authority::is_protected(const std::string& role) const {
  return role == target_.bootstrap() || role == target_.powers.role || is_providers(role);
}

}  // namespace vya::pg
