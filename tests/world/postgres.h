// A throwaway PostgreSQL server for tests.
//
// It lives in its own folder under /tmp, listens on a unix socket there (and on 127.0.0.1 where
// asked for), never syncs, and is gone with the test: the postmaster is our direct child and gets
// SIGQUIT when we die, however we die. PostgreSQL refuses to run as root; as root it runs as
// `postgres`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/postgresql/connection.h"
#include "tests/world/folder.h"
#include "tests/world/program.h"

namespace vya::world {

/// The folder with the programs of a major version: below $VYA_POSTGRES (folders, separated by
/// colons, each the root of unpacked packages) or of the system. Nothing when there is none: the
/// test is then skipped, saying what was not tested.
std::optional<std::filesystem::path> newest_postgres_bin(int major);

/// A client program of the lowest version from `least_major` on that has it: some servers come
/// without any. Throws Error(kNotFound) when there is none.
std::filesystem::path client_program(const std::string& name, int least_major);

/// How a server can be reached.
enum class Listen {
  kSocket,    ///< by its unix socket only
  kLoopback,  ///< by TCP on 127.0.0.1 as well
};

/// Where the first contents of the server come from.
enum class Data {
  kCopied,  ///< a copy of an earlier initdb with the same options; such servers have one system id
  kFresh,   ///< an own initdb (half a second), so an own system id
};

class PostgresServer;

struct PostgresOptions {
  int major = 15;
  /// Makes it a streaming standby of this server, which must live longer; its version and superuser
  /// must be the same.
  const PostgresServer* standby_of = nullptr;
  std::string superuser = "postgres";
  std::string encoding = "UTF8";
  std::string locale = "C.UTF-8";
  std::vector<std::string> initdb;  ///< further arguments of initdb
  std::vector<std::string> conf;  ///< lines for postgresql.conf; a later line beats an earlier one
  std::vector<std::string> hba;   ///< lines for pg_hba.conf, before ours
  Listen listen = Listen::kSocket;
  Data data = Data::kCopied;
};

/// One row, each field as text; empty for null.
using TextRow = std::vector<std::string>;

enum class Stop {
  kFast,       ///< connections are ended, everything is written
  kImmediate,  ///< as if the machine had failed
};

/// The superuser logs in through the socket without a password; everyone else needs theirs
/// (scram-sha-256). Used by one thread, which must live as long as the server runs: Linux binds the
/// signal at our death to the thread that started the server.
class PostgresServer {
 public:
  /// Makes and starts a server. Throws Error(kNotFound) when the version is not installed, and
  /// Error(kInternal) with the end of the server's log when it does not start.
  explicit PostgresServer(PostgresOptions options = {});
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// What libpq calls host: the folder of the socket.
  std::string host() const { return folder_.path(); }
  std::string port() const { return std::to_string(port_); }
  const std::string& superuser() const { return options_.superuser; }
  int major() const { return options_.major; }
  /// The version's programs: psql, pg_dump, pg_dumpall.
  const std::filesystem::path& bin() const { return bin_; }
  std::filesystem::path data() const { return folder_ / "data"; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  pid_t pid() const { return server_ ? server_->pid() : -1; }

  /// How the tested code reaches it: as the superuser, or as somebody with a password.
  pg::Address address() const;
  pg::Address address(const std::string& user, const std::string& password) const;

  void start();
  void stop(Stop how = Stop::kFast);
  void restart(Stop how = Stop::kFast);

  /// Adds lines to postgresql.conf; they hold after the next restart.
  void add_conf(const std::vector<std::string>& lines);

  /// Runs one or more statements as the superuser, over plain libpq, and returns the last one's
  /// rows. Throws Error(kSql).
  std::vector<TextRow> query(const std::string& database, const std::string& sql) const;

  /// The same for a single field.
  std::string value(const std::string& database, const std::string& sql) const;

  /// Makes an empty folder that the server's system user owns, in the server's own folder.
  std::filesystem::path make_folder(const std::string& name) const;

  /// Runs a file with psql, stopping at the first error. Throws Error(kSql).
  void run_sql_file(const std::string& database, const std::filesystem::path& file) const;

  /// Runs one of the version's programs against the server: `pg_dump --schema-only shop`. Where the
  /// version came without it, or a higher one is asked for, the lowest that will do.
  Ended run_client(const std::string& name, std::vector<std::string> arguments,
                   int least_major = 0) const;

  /// The server's log so far.
  std::string log() const;

 private:
  void make_data_folder();
  void configure();
  void start_on_free_port();
  void wait_until_ready();

  PostgresOptions options_;
  std::filesystem::path bin_;
  Folder folder_;
  int port_ = 5432;  // with a socket of its own, every server may have the same
  std::unique_ptr<Program> server_;
};

}  // namespace vya::world
