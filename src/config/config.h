// The configuration as values, and the strict reader of its YAML.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/secret.h"

namespace vya {

/// Where a password comes from. Nothing: the client library's own ways (`~/.pgpass`).
struct PasswordSource {
  enum class Kind { kNone, kEnvironment, kFile } kind = Kind::kNone;
  std::string name;  ///< of the variable, or path of the file

  /// The password; empty for kNone. A file's last line end is not part of it. Throws
  /// Error(kCredentials) when the variable or file is missing, or when others than its owner may
  /// read the file.
  Secret resolve() const;
};

enum class EngineKind {
  kPostgresql,
  kMysql,  ///< MariaDB too
};

/// How connections to MySQL are encrypted; see docs/manual/configuration.md.
enum class TlsMode {
  kChosen,  ///< nothing is written
  kDisabled,
  kRequired,
  kVerifyCa,
  kVerifyIdentity,
  kFingerprint,
};

/// What to do with DDL of others that waits for our locks.
enum class DdlPolicy {
  kWait,   ///< let it wait, `ddl_wait` at the longest, then as kYield
  kYield,  ///< let it through at once: give the locks back and start over
};

/// A question that a drill asks a restored server, and what the answer has to be.
struct UserCheck {
  std::string name;      ///< for people; unique in an instance
  std::string database;  ///< as it is called in the backup
  std::string account;   ///< key `as`: whose rights it runs with; empty: the drill's own
  std::string sql;
  std::optional<std::string> expect;  ///< the first field of the first row, as text
  std::optional<double> at_least;
  std::optional<double> at_most;
  bool refused = false;  ///< the server must refuse it for want of a privilege
};

/// How an instance's backups are proven.
struct DrillSettings {
  std::string server;                  ///< a configured, empty instance; empty: one is started
  std::vector<std::string> databases;  ///< globs; none: all
  std::vector<std::string> options;    ///< of a server that is started: `NAME=VALUE`
  std::vector<UserCheck> checks;
  std::optional<std::chrono::seconds> every;  ///< how old the last passed drill may be
};

/// Where drills start servers.
struct DrillPlace {
  std::string folder;                 ///< empty: $TMPDIR, else /var/tmp
  std::vector<std::string> programs;  ///< folders with further servers' programs
};

struct Instance {
  std::string name;
  EngineKind engine = EngineKind::kPostgresql;
  std::string host;  ///< a path is the folder of a unix socket, as in libpq
  std::string port;
  std::string user;
  PasswordSource password;
  std::string sslmode;
  std::string sslrootcert;
  std::string service;
  std::string socket;  ///< MySQL: path of the server's unix socket
  TlsMode tls = TlsMode::kChosen;
  std::string tls_ca;
  std::string tls_fingerprint;  ///< SHA-1 of the server's certificate: hexadecimal, no colons
  std::string maintenance_database = "postgres";  ///< key `database`: where to connect first
  std::vector<std::string> include;               ///< globs of databases
  std::vector<std::string> exclude;
  DdlPolicy ddl = DdlPolicy::kWait;
  std::chrono::seconds ddl_wait{60};
  std::optional<std::chrono::seconds> max_snapshot_age;  ///< nothing: any age
  std::chrono::seconds max_outage{60};  ///< how long the server may be away during a backup
  bool pause_replay = false;            ///< on a standby: one position for all databases
  bool open_closed_databases = false;   ///< allow connections for the moment of the backup
  std::string pg_dump;                  ///< path of the program; empty: found by version
  std::map<std::string, std::string> accept_gaps;  ///< gap id -> reason
  bool restore_only = false;                       ///< never backed up: a server to restore to
  std::optional<std::chrono::seconds> rpo;         ///< how old the newest good backup may be
  std::optional<std::chrono::seconds> rto;         ///< how long a restore may take
  DrillSettings drill;
  double anomaly_factor = 2;  ///< a backup so many times as large, or small, as usual is odd
};

struct Config {
  std::filesystem::path file;  ///< where it was read from
  std::string repository;      ///< a folder
  DrillPlace drill;
  std::vector<Instance> instances;

  /// Throws Error(kNotFound), naming the nearest known instance.
  const Instance& instance(std::string_view name) const;

  /// The names of those that are backed up, in their order.
  std::vector<std::string> backed_up() const;
};

/// Finds the configuration: `named` (--config), $VYA_CONFIG, ./vya.yaml, /etc/vya/vya.yaml, in this
/// order; what is named must exist. Throws Error(kUsage) when there is none, saying where it was
/// looked for.
std::filesystem::path find_config(const std::optional<std::string>& named);

/// Reads and checks. Throws Error(kUsage) with all problems, a line each: `vya.yaml:7:
/// instances.shop: unknown key 'hots'; did you mean 'host'?`.
Config read_config(const std::filesystem::path& file);

/// The same from a text; `file` is for messages.
Config parse_config(std::string_view text, const std::filesystem::path& file);

/// No wait is longer: a lock timeout is given to PostgreSQL in milliseconds as a 32 bit number.
inline constexpr std::chrono::hours kLongestWait{24};

/// A duration as people write it, `90s`, `5m`, `2h` or `7d`, from a second to `longest`. Nothing
/// when it is none.
std::optional<std::chrono::seconds> parse_duration(std::string_view text,
                                                   std::chrono::seconds longest = kLongestWait);

/// The candidate with the smallest edit distance to `word`, when that is near enough to be meant.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

}  // namespace vya
