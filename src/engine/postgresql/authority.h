// Which of the target's accounts a restore may change. Pure.
#pragma once

#include <set>
#include <string>

#include "engine/engine.h"
#include "engine/postgresql/globals.h"
#include "engine/postgresql/target_facts.h"

namespace vya::pg {

class Authority {
 public:
  /// The target must outlive it.
  Authority(const Globals& backup, const TargetFacts& target, AccountsPolicy policy);

  /// The role is not there and will be created.
  bool creates(const std::string& role) const;
  /// Its attributes and its password will be the backup's.
  bool changes(const std::string& role) const;
  /// It gets the backup's comment, memberships and settings: those that change, and the two that
  /// are on every server, the bootstrap superuser and who the restore runs as.
  bool extends(const std::string& role) const;
  /// What holds for everybody on the server may be set.
  bool extends_all() const;
  /// The role is one that no policy changes: the bootstrap superuser, who the restore runs as, and
  /// those of a provider's service.
  bool is_protected(const std::string& role) const;
  /// Whether the server lets the role of the restore change this one.
  bool may_change(const std::string& role) const;
  /// Whether extra memberships and settings are taken away, because the role was there and is made
  /// equal.
  bool converges(const std::string& role) const;

 private:
  const TargetFacts& target_;
  AccountsPolicy policy_;
  std::set<std::string> roles_;  ///< of the backup
};

}  // namespace vya::pg
