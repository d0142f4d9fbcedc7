// The program itself, run as its users run it: a configuration, a repository in a folder, commands.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/world/folder.h"
#include "tests/world/postgres.h"
#include "tests/world/program.h"

namespace vya::story {

class Vya {
 public:
  /// Adds an instance to the configuration, reached as the server's superuser through its socket.
  /// `more` are further keys, as YAML (`ddl_wait: 3s, open_closed_databases: true`).
  void add(const std::string& instance, const world::PostgresServer& server,
           const std::string& more = "");

  /// The same for an instance that is described in YAML alone.
  void add(const std::string& instance, const std::string& yaml);

  /// The key `drill` at the top of the configuration, as YAML.
  void set_drills(const std::string& yaml);

  /// Sets a variable in the environment of all commands from now on.
  void set_variable(const std::string& name, const std::string& value) {
    environment_[name] = value;
  }

  /// Runs a command to its end.
  world::Ended run(std::vector<std::string> arguments) const;

  /// How a command would be started, for those who want to end it early.
  world::Start command(std::vector<std::string> arguments) const;

  /// The folder of the repository.
  std::filesystem::path repository() const { return folder_ / "repository"; }
  std::filesystem::path folder() const { return folder_.path(); }

  /// The files of the repository whose paths end so, sorted.
  std::vector<std::filesystem::path> files(const std::string& ending = "") const;

  /// The ids of all backups that `vya list` shows.
  std::vector<std::string> backups() const;

 private:
  void write_config() const;

  world::Folder folder_;
  std::map<std::string, std::string> instances_;
  std::string drills_;
  std::map<std::string, std::string> environment_;
};

}  // namespace vya::story
