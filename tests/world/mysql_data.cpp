#include "tests/world/mysql_data.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sstream>

#include "base/error.h"
#include "base/file.h"
#include "tests/world/folder.h"
#include "tests/world/postgres_data.h"
#include "tests/world/program.h"

namespace vya::world {

namespace {

namespace fs = std::filesystem;

/// What the server of a folder says of itself: `... Ver 10.11.19-MariaDB ...`; empty without one.
std::string version_of(const fs::path& server) {
  if (!fs::exists(server)) return "";
  Start command;
  command.program = server;
  command.arguments = {"--no-defaults", "--version"};
  const std::string said = run(command).output;
  const std::size_t found = said.find("Ver ");
  if (found == std::string::npos) return "";
  return said.substr(found + 4, said.find(' ', found + 4) - found - 4);
}

bool is(const std::string& said, const MysqlVersion& version) {
  const bool mariadb = said.find("MariaDB") != std::string::npos;
  return mariadb == (version.product == MysqlProduct::kMariadb) &&
         said.starts_with(std::to_string(version.major) + ".");
}

/// The file whose name ends so: MariaDB 11 calls it mariadb_..., MariaDB 10 mysql_...
std::string share_file(const MysqlPrograms& programs, const std::string& ending) {
  for (const std::string prefix : {"mariadb_", "mysql_", ""}) {
    if (auto text = read_file(programs.share() / (prefix + ending))) return *text;
  }
  throw Error(Fault::kNotFound,
              "there is no '" + ending + "' in '" + programs.share().string() + "'");
}

Start bootstrap(const MysqlPrograms& programs, const MysqlVersion& version, const fs::path& data,
                const fs::path& temporary) {
  std::vector<std::string> line = {programs.server, "--no-defaults", "--datadir=" + data.string(),
                                   "--tmpdir=" + temporary.string(), "--skip-log-bin"};
  for (const std::string& option : programs.own_files()) line.push_back(option);
  if (version.product == MysqlProduct::kMysql) {
    line.insert(line.end(), {"--initialize-insecure", "--innodb-redo-log-capacity=8M"});
    return as_server_user(line);
  }
  line.insert(line.end(), {"--bootstrap", "--skip-grant-tables", "--innodb-log-file-size=8M",
                           "--innodb-flush-method=nosync"});
  Start command = as_server_user(line);
  command.input =
      "USE mysql;\nSET @auth_root_socket = NULL, @skip_auth_anonymous = 1;\n" +
      share_file(programs, "system_tables.sql") + share_file(programs, "performance_tables.sql") +
      share_file(programs, "system_tables_data.sql") +
      share_file(programs, "fill_help_tables.sql") + share_file(programs, "sys_schema.sql");
  return command;
}

void make_data(const MysqlPrograms& programs, const MysqlVersion& version, const fs::path& data) {
  if (version.product == MysqlProduct::kMariadb) {
    for (const fs::path& folder : {data, data / "mysql"}) {
      fs::create_directory(folder);
      give_to_server_user(folder);
    }
  }
  // Its own: a server that starts removes the temporary tables that it finds.
  const Folder temporary;
  give_to_server_user(temporary.path());
  Start command = bootstrap(programs, version, data, temporary.path());
  command.folder = "/";
  const Ended ended = run(command);
  if (ended.status != 0) {
    throw Error(Fault::kInternal,
                "cannot make a data folder of " + programs.version + ": " + ended.errors);
  }
}

}  // namespace

std::string to_text(const MysqlVersion& version) {
  return (version.product == MysqlProduct::kMariadb ? "MariaDB" : "MySQL") +
         std::to_string(version.major);
}

std::ostream& operator<<(std::ostream& to, const MysqlVersion& version) {
  return to << to_text(version);
}

std::vector<MysqlVersion> mysql_versions() {
  return {{MysqlProduct::kMariadb, 10}, {MysqlProduct::kMariadb, 11}, {MysqlProduct::kMysql, 9}};
}

fs::path MysqlPrograms::share() const {
  const fs::path own = root / "usr/share/mariadb";
  return fs::exists(own / "charsets") ? own : root / "usr/share/mysql";
}

std::vector<std::string> MysqlPrograms::own_files() const {
  return {"--basedir=" + (root / "usr").string(), "--lc-messages-dir=" + share().string(),
          "--character-sets-dir=" + (share() / "charsets").string(),
          "--plugin-dir=" + (root / "usr/lib/mysql/plugin").string(),
          "--secure-file-priv=" + (root / "usr").string()};
}

std::optional<MysqlPrograms> find_mysql(const MysqlVersion& version) {
  const char* named = std::getenv("VYA_MYSQL");
  std::istringstream roots(std::string(named != nullptr ? named : "") + ":/");
  const char* server = version.product == MysqlProduct::kMariadb ? "mariadbd" : "mysqld";
  for (std::string root; std::getline(roots, root, ':');) {
    if (root.empty()) continue;
    const fs::path program = fs::path(root) / "usr/sbin" / server;
    const std::string said = version_of(program);
    if (is(said, version)) return MysqlPrograms{root, program, said};
  }
  return std::nullopt;
}

void copy_or_make_mysql_data(const MysqlPrograms& programs, const MysqlVersion& version,
                             const fs::path& target) {
  std::ostringstream name;
  name << to_text(version) << '-' << std::hex
       << std::hash<std::string>()(programs.version + programs.root.string());
  const fs::path place = server_user_cache() / name.str();
  if (!fs::exists(place)) {
    // Tests that do so at the same time do not meet: the first rename wins.
    const fs::path draft = place.string() + "." + std::to_string(::getpid());
    make_data(programs, version, draft);
    fs::remove(draft / "auto.cnf");  // the server's identity: each copy gets its own
    if (::rename(draft.c_str(), place.c_str()) != 0) fs::remove_all(draft);
  }
  Start copy;
  copy.program = "cp";
  copy.arguments = {"-a", "--reflink=auto", place, target};
  const Ended ended = run(copy);
  if (ended.status != 0)
    throw Error(Fault::kInternal, "cannot copy a data folder: " + ended.errors);
}

}  // namespace vya::world
