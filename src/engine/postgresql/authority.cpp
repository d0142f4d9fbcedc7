#include "engine/postgresql/authority.h"

namespace vya::pg {

Authority::Authority(const Globals& backup, const TargetFacts& target, AccountsPolicy policy)
    : target_(target), policy_(policy) {
  for (const Role& role : backup.roles) roles_.insert(role.name);
}

bool Authority::creates(const std::string& role) const {
  return policy_ != AccountsPolicy::kSkip && roles_.contains(role) && target_.role(role) == nullptr;
}

bool Authority::converges(const std::string& role) const {
  return policy_ == AccountsPolicy::kConverge && roles_.contains(role) &&
         target_.role(role) != nullptr && !is_protected(role);
}

bool Authority::changes(const std::string& role) const { return creates(role) || converges(role); }

bool Authority::extends(const std::string& role) const {
  const bool is_everywhere = role == target_.bootstrap() || role == target_.user;
  return changes(role) ||
         (policy_ != AccountsPolicy::kSkip && roles_.contains(role) && is_everywhere);
}

bool Authority::extends_all() const {
  if (policy_ == AccountsPolicy::kSkip) return false;
  return policy_ == AccountsPolicy::kConverge || !target_.in_use();
}

bool Authority::is_protected(const std::string& role) const {
  return role == target_.bootstrap() || role == target_.user || is_providers(role);
}

}  // namespace vya::pg
