// Which server this is, and what it can do: the one place where MySQL's and MariaDB's differences
// are.
//
// What a server can do is asked for by the name of a variable, never by a version: MySQL's versions
// jump from 9 to 26, and providers carry features back.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/connection.h"

namespace vya::mysql {

enum class Vendor { kMysql, kMariadb };

struct Flavor {
  Vendor vendor = Vendor::kMysql;
  std::string version;  ///< `10.11.6-MariaDB`, as the server writes it
  int major = 0;
  int minor = 0;
  /// Who runs it, or what it is besides, when that limits what can be done: `Amazon RDS`, `Galera`.
  std::optional<std::string> service;
  std::map<std::string, std::string> variables;  ///< all global ones, names in lower case

  bool mariadb() const { return vendor == Vendor::kMariadb; }
  const char* product() const { return mariadb() ? "MariaDB" : "MySQL"; }
  bool has(const std::string& variable) const { return variables.contains(variable); }
  /// The value of a global variable, or empty.
  std::string variable(const std::string& name) const;
  bool is_on(const std::string& variable) const;

  /// Where MariaDB's consistent snapshots carry their own position in the binary log, so that equal
  /// ones are of the same moment.
  bool snapshots_know_their_position() const { return mariadb() && is_on("log_bin"); }
};

/// Vendor and numbers of what a server says of itself.
Flavor parse_version(const std::string& text);

/// Asks the server.
Flavor read_flavor(Connection& connection);

/// Statements that every session of a backup begins with: those settings of a fixed list that the
/// server has.
std::vector<std::string> dump_settings(const Flavor& flavor);

}  // namespace vya::mysql
