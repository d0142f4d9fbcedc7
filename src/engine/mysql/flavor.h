// Which server this is, and what it can do: the one place where MySQL's and MariaDB's differences
// are.
//
// What a server can do is asked for by the name of a variable, never by a version: MySQL's versions
// jump from 9 to 26, and providers carry features back.
#pragma once

#include <array>
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
  int patch = 0;
  /// Who runs it, or what it is besides, when that limits what can be done: `Amazon RDS`, `Galera`.
  std::optional<std::string> service;
  std::map<std::string, std::string> variables;  ///< all global ones, names in lower case

  bool mariadb() const { return vendor == Vendor::kMariadb; }
  const char* product() const { return mariadb() ? "MariaDB" : "MySQL"; }
  bool has(const std::string& variable) const { return variables.contains(variable); }
  /// The value of a global variable, or empty.
  std::string variable(const std::string& name) const;
  bool is_on(const std::string& variable) const;

  /// A node of a Galera cluster: the other nodes' changes come to it past the locks of sessions.
  bool in_cluster() const { return is_on("wsrep_on"); }

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

/// Statements that every session of a restore begins with: the same, and those under which rows are
/// taken as they are. `optional`: those that need a privilege and that a restore can do without.
struct LoadSettings {
  std::vector<std::string> needed;
  std::vector<std::string> optional;
};
LoadSettings load_settings(const Flavor& flavor);

/// Whether rows may be loaded without looking at unique keys: some MariaDB servers then damage
/// indexes (MDEV-34703).
bool may_skip_unique_checks(const Flavor& flavor);

/// The ends of time in columns that say until when a row is valid: before MariaDB 11.5, and since.
inline constexpr std::array kEndsOfTime = {"2038-01-19 03:14:07.999999",
                                           "2106-02-07 06:28:15.999999"};

/// What the server has as the end of time in a column that says until when a row is valid. Nothing
/// but the version tells it of a server that cannot be asked.
std::string end_of_time(const Flavor& flavor);

/// Whether rows can be put into the past of a system-versioned table.
bool takes_past_rows(const Flavor& flavor);

}  // namespace vya::mysql
