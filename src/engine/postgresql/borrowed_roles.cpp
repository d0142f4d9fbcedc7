#include "engine/postgresql/borrowed_roles.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

std::set<std::string> roles_in(const BackupModel& backup,
                               const std::vector<PlannedDatabase>& databases) {
  std::set<std::string> roles;
  for (const DatabaseModel& one : backup.databases) {
    roles.insert(one.roles.begin(), one.roles.end());
    roles.insert(one.extension_owners.begin(), one.extension_owners.end());
  }
  for (const PlannedDatabase& planned : databases) {
    if (planned.action != DatabaseAction::kLeaveOut) roles.insert(planned.properties.owner);
    if (planned.action == DatabaseAction::kReplace) roles.insert(planned.found.owner);
  }
  return roles;
}

}  // namespace

std::vector<std::string> roles_to_borrow(const BackupModel& backup,
                                         const std::vector<PlannedDatabase>& databases,
                                         const TargetFacts& target, const Authority& authority) {
  const Powers& powers = target.powers;
  std::vector<std::string> borrowed;
  if (powers.superuser) return borrowed;
  for (const std::string& role : roles_in(backup, databases)) {
    const bool has_it = role == powers.role || powers.becomes.contains(role);
    const bool can_get_it = authority.creates(role) || powers.administers.contains(role);
    if (!has_it && can_get_it) borrowed.push_back(role);
  }
  return borrowed;
}

void BorrowedRoles::borrow(const std::string& role, const std::vector<std::string>& others) {
  if (others.empty() || !role_.empty()) return;
  role_ = role;
  Connection connection = connect();
  const bool has_options = connection.server_version() >= kWithMembershipOptions;
  for (const std::string& other : others) {
    try {
      connection.run(fmt::format("GRANT {} TO {}{}", quote_name(other), quote_name(role),
                                 has_options ? " WITH INHERIT TRUE, SET TRUE" : ""));
      borrowed_.push_back(quote_name(other));
    } catch (const SqlError& error) {
      if (!connection.good()) throw;
      watcher_.notice(fmt::format("role {} cannot be made a member of {}: {}", quote_name(role),
                                  quote_name(other), error.said()));
    }
  }
  if (borrowed_.empty()) return;
  watcher_.notice(fmt::format("role {} is a member of {} until the end of the restore",
                              quote_name(role), fmt::join(borrowed_, ", ")));
}

/// Names of roles are bytes without an encoding.
Connection BorrowedRoles::connect() const {
  Connection connection = server_.connect(server_.maintenance_database());
  connection.run("SET client_encoding = " + quote_text(connection.server_encoding()));
  return connection;
}

std::string BorrowedRoles::revoke() const {
  return fmt::format("REVOKE {} FROM {}", fmt::join(borrowed_, ", "), quote_name(role_));
}

void BorrowedRoles::give_back() {
  if (borrowed_.empty()) return;
  Connection connection = connect();
  connection.watch_with([] {});
  try {
    connection.run(revoke());
  } catch (const SqlError& error) {
    throw Error(error.fault(),
                fmt::format("cannot take role {} out of the roles that it was a member of for the "
                            "restore: {}",
                            quote_name(role_), error.said()),
                "As an administrator: " + revoke() + ";");
  }
  borrowed_.clear();
}

BorrowedRoles::~BorrowedRoles() {
  try {
    give_back();
  } catch (const std::exception& e) {
    try {
      watcher_.notice(fmt::format("{}; run '{}'", e.what(), revoke()));
    } catch (...) {  // nobody is there to hear it
    }
  }
}

}  // namespace vya::pg
