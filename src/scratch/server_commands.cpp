#include "scratch/server_commands.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"

namespace vya {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

using Line = std::vector<std::string>;

void add(Line& to, const std::vector<std::string>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

std::uint64_t in_mib(std::uint64_t bytes) { return std::max<std::uint64_t>(bytes / kMiB, 32); }

/// A program that comes with the server: beside it or, where packages part them, in `bin`.
fs::path beside(const ServerProgram& server, const std::string& name) {
  for (const fs::path& folder : {server.folder(), server.folder().parent_path() / "bin",
                                 server.folder().parent_path() / "scripts"}) {
    if (::access((folder / name).c_str(), X_OK) == 0) return folder / name;
  }
  throw Error(Fault::kNotFound,
              fmt::format("cannot make a server with '{}': there is no '{}' beside it",
                          server.program.string(), name),
              "Install the server's whole package.");
}

KeeperTask postgresql_task(const ServerProgram& program, const ScratchRequest& request,
                           const fs::path& folder) {
  Line make = {beside(program, "initdb"), "--pgdata=" + (folder / "data").string(),
               "--username=" + request.superuser, "--auth=trust", "--no-sync"};
  add(make, request.init_options);
  Line server = {program.program, "-D", folder / "data"};
  const auto set = [&](const std::string& setting) { add(server, {"-c", setting}); };
  set("unix_socket_directories=" + folder.string());
  set("listen_addresses=");
  set("port=5432");
  for (const char* setting :
       {"fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal",
        "max_wal_senders=0", "max_logical_replication_workers=0", "autovacuum=off",
        "max_wal_size=8GB", "checkpoint_timeout=1h", "max_connections=200",
        "max_locks_per_transaction=1024", "logging_collector=off", "log_min_messages=fatal",
        "log_min_error_statement=panic"}) {
    set(setting);
  }
  set(fmt::format("shared_buffers={}MB", in_mib(request.memory / 2)));
  set(fmt::format("maintenance_work_mem={}MB", in_mib(request.memory / 4)));
  for (const std::string& option : request.options) set(option);
  return {.user = {},
          .before = {{.line = make, .input = {}}},
          .server = {.line = server, .input = {}},
          .stop_signal = SIGQUIT};
}

/// Where the server was installed or unpacked: packages part its files in ways that it does not
/// find itself when they lie elsewhere.
Line place_options(const ServerProgram& program) {
  const fs::path base = program.folder().parent_path();
  Line options = {"--basedir=" + base.string()};
  for (const char* share : {"share/mariadb", "share/mysql", "share"}) {
    if (!fs::exists(base / share / "charsets")) continue;
    options.push_back("--lc-messages-dir=" + (base / share).string());
    options.push_back("--character-sets-dir=" + (base / share / "charsets").string());
    break;
  }
  for (const char* plugins : {"lib/mysql/plugin", "lib/plugin", "lib64/mysql/plugin"}) {
    if (!fs::exists(base / plugins)) continue;
    options.push_back("--plugin-dir=" + (base / plugins).string());
    break;
  }
  return options;
}

/// Options of the server, and of the program that makes its data folder.
Line mysql_options(const ScratchRequest& request, const fs::path& folder) {
  Line options = {"--datadir=" + (folder / "data").string(),
                  "--tmpdir=" + (folder / "tmp").string()};
  add(options, request.init_options);
  return options;
}

Line mysql_server_options(const ScratchRequest& request, const fs::path& folder) {
  return {"--socket=" + (folder / "s.sock").string(),
          "--pid-file=" + (folder / "pid").string(),
          "--secure-file-priv=" + (folder / "tmp").string(),
          "--skip-networking",
          "--skip-log-bin",
          "--event-scheduler=OFF",
          "--local-infile=ON",
          "--performance-schema=OFF",
          "--max-connections=200",
          "--max-allowed-packet=1G",
          "--innodb-doublewrite=OFF",
          "--innodb-flush-log-at-trx-commit=0",
          fmt::format("--innodb-buffer-pool-size={}M", in_mib(request.memory / 2))};
}

KeeperTask mysql_task(const ServerProgram& program, const ScratchRequest& request,
                      const fs::path& folder) {
  const bool mariadb = program.product == ServerProduct::kMariadb;
  Line make = {(mariadb ? beside(program, "mariadb-install-db") : program.program).string(),
               "--no-defaults"};
  if (mariadb) {
    add(make, {"--basedir=" + program.folder().parent_path().string(),
               "--auth-root-authentication-method=normal", "--skip-test-db"});
  } else {
    add(make, place_options(program));
    add(make, {"--initialize-insecure", "--secure-file-priv=" + (folder / "tmp").string()});
  }
  add(make, mysql_options(request, folder));
  Line server = {program.program, "--no-defaults"};
  add(server, place_options(program));
  add(server, mysql_options(request, folder));
  add(server, mysql_server_options(request, folder));
  add(server, mariadb ? Line{"--skip-slave-start"} : Line{"--skip-replica-start", "--mysqlx=OFF"});
  for (const std::string& option : request.options) server.push_back("--" + option);
  return {.user = {},
          .before = {{.line = make, .input = {}}},
          .server = {.line = server, .input = {}},
          .stop_signal = SIGKILL};
}

}  // namespace

KeeperTask server_task(const ServerProgram& program, const ScratchRequest& request,
                       const fs::path& folder) {
  if (program.product == ServerProduct::kPostgresql)
    return postgresql_task(program, request, folder);
  return mysql_task(program, request, folder);
}

}  // namespace vya
