// Memberships that the role of a restore has only for as long as the restore lasts.
//
// Who is no superuser gives objects only to roles that it is a member of, and fills and grants them
// on only with those roles' rights. So it makes itself their member, and gives that back.
#pragma once

#include <string>
#include <vector>

#include "engine/postgresql/authority.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/plan_databases.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

/// The roles that own or give something in what is restored and that can be borrowed. Pure.
std::vector<std::string> roles_to_borrow(const BackupModel& backup,
                                         const std::vector<PlannedDatabase>& databases,
                                         const TargetFacts& target, const Authority& authority);

/// Holds the memberships. One thread.
class BorrowedRoles {
 public:
  /// Server and watcher must outlive it.
  BorrowedRoles(const Server& server, Watcher& watcher) : server_(server), watcher_(watcher) {}
  BorrowedRoles(const BorrowedRoles&) = delete;
  BorrowedRoles& operator=(const BorrowedRoles&) = delete;
  /// Gives back what was not given back, also after an interrupt; where that fails, says which
  /// statement does it.
  ~BorrowedRoles();

  /// Makes `role` a member of the others, one after another, the first time that it is called.
  /// Those that the server refuses are left out: what needs them becomes a gap by itself. Throws
  /// Error.
  void borrow(const std::string& role, const std::vector<std::string>& others);

  /// Throws Error, with the statement that does it as a hint.
  void give_back();

 private:
  Connection connect() const;
  std::string revoke() const;

  const Server& server_;
  Watcher& watcher_;
  std::string role_;
  std::vector<std::string> borrowed_;
};

}  // namespace vya::pg
