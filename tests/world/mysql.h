// A throwaway MySQL or MariaDB server for tests.
//
// It lives in its own folder under /tmp, listens on a unix socket there (and on 127.0.0.1 where
// asked for), never syncs, and is gone with the test: the server is our direct child and ends when
// we die, however we die. As root it runs as the same unprivileged user as PostgreSQL's servers.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/world/folder.h"
#include "tests/world/mysql_data.h"
#include "tests/world/postgres.h"
#include "tests/world/program.h"

namespace vya::world {

struct MysqlOptions {
  MysqlVersion version;
  std::vector<std::string> arguments;  ///< further options of the server: `--log-bin=log`
  Listen listen = Listen::kSocket;
};

/// root logs in through the socket without a password. Used by one thread, which must live as long
/// as the server runs: Linux binds the signal at our death to the thread that started the server.
class MysqlServer {
 public:
  /// Makes and starts a server. Throws Error(kNotFound) when the version is not installed, and
  /// Error(kInternal) with the end of the server's log when it does not start.
  explicit MysqlServer(MysqlOptions options = {});
  MysqlServer(const MysqlServer&) = delete;
  MysqlServer& operator=(const MysqlServer&) = delete;
  ~MysqlServer();

  std::string socket() const { return folder_ / "s.sock"; }
  unsigned port() const { return port_; }
  const MysqlVersion& version() const { return options_.version; }
  bool mariadb() const { return version().product == MysqlProduct::kMariadb; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path data() const { return folder_ / "data"; }
  const MysqlPrograms& programs() const { return programs_; }

  void start();
  void stop(Stop how = Stop::kFast);
  void restart(Stop how = Stop::kFast);

  /// Runs one or more statements as root, over plain libmariadb, with the server's own defaults and
  /// bytes as they are, and returns the last one's rows. Throws Error(kSql).
  std::vector<TextRow> query(const std::string& sql) const;

  /// The same for a single field.
  std::string value(const std::string& sql) const;

  /// The server's log so far.
  std::string log() const;

 private:
  void start_on_free_port();
  void wait_until_ready();

  MysqlOptions options_;
  MysqlPrograms programs_;
  Folder folder_;
  unsigned port_ = 0;
  std::unique_ptr<Program> server_;
};

}  // namespace vya::world
