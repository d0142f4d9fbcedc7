// Which MySQL and MariaDB servers there are for tests, and the first contents of their data
// folders.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace vya::world {

enum class MysqlProduct { kMariadb, kMysql };

/// A line of versions: MariaDB 10, MariaDB 11, MySQL 9.
struct MysqlVersion {
  MysqlProduct product = MysqlProduct::kMariadb;
  int major = 10;
  bool operator==(const MysqlVersion&) const = default;
};

/// `MariaDB10`, for names of tests.
std::string to_text(const MysqlVersion& version);
std::ostream& operator<<(std::ostream& to, const MysqlVersion& version);

/// The servers that tests of the engine run against: Debian's MariaDB 10, and what
/// scripts/get-mysql unpacks.
std::vector<MysqlVersion> mysql_versions();

/// An installed server.
struct MysqlPrograms {
  std::filesystem::path root;    ///< `/`, or the folder that packages were unpacked into
  std::filesystem::path server;  ///< mariadbd or mysqld
  std::string version;           ///< what it says of itself

  /// Options that every start of it needs: where its own files are.
  std::vector<std::string> own_files() const;
  /// The folder of its share files (`usr/share/mysql` or `usr/share/mariadb`).
  std::filesystem::path share() const;
};

/// The server of that version below $VYA_MYSQL (folders, separated by colons, each the root of
/// unpacked packages) or of the system. Nothing when there is none: the test is then skipped,
/// saying what was not tested.
std::optional<MysqlPrograms> find_mysql(const MysqlVersion& version);

/// Makes the data folder `target`, from a copy kept under /tmp. Only root@localhost can log in,
/// without a password.
void copy_or_make_mysql_data(const MysqlPrograms& programs, const MysqlVersion& version,
                             const std::filesystem::path& target);

}  // namespace vya::world
