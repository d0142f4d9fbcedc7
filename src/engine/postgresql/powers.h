// What the role that a restore runs as may do on the target.
#pragma once

#include <set>
#include <string>

namespace vya::pg {

class Connection;

struct Powers {
  std::string role;
  bool superuser = false;
  bool inherits = true;  ///< uses the rights of the roles that it is a member of
  bool create_role = false;
  bool create_database = false;
  bool replication = false;
  bool bypass_rls = false;
  bool silences_triggers = false;     ///< may set session_replication_role
  bool silences_log = false;          ///< may keep its statements out of the server's log
  std::string logged_statements;      ///< the server's log_statement
  std::set<std::string> becomes;      ///< roles that it can become and whose rights it has
  std::set<std::string> administers;  ///< roles that it can be made a member of by itself
  std::set<std::string> tablespaces;  ///< in which it may create something

  bool may_use_tablespace(const std::string& name) const {
    return superuser || tablespaces.contains(name);
  }
  /// Whether it has the rights of the role, or can give them to itself.
  bool may_own_for(const std::string& name) const {
    return superuser || name == role || becomes.contains(name) || administers.contains(name);
  }
  bool operator==(const Powers&) const = default;
};

/// Asks the server; changes nothing. Throws SqlError.
Powers read_powers(Connection& connection);

}  // namespace vya::pg
