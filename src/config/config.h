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
};

struct Config {
  std::filesystem::path file;  ///< where it was read from
  std::string repository;      ///< a folder
  std::vector<Instance> instances;

  /// Throws Error(kNotFound), naming the nearest known instance.
  const Instance& instance(std::string_view name) const;
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

/// A duration as people write it, `90s`, `5m` or `2h`, from a second to a day. Nothing when it is
/// none.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// The candidate with the smallest edit distance to `word`, when that is near enough to be meant.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

}  // namespace vya
