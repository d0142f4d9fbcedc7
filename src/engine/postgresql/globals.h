// What belongs to the server and to no database: accounts, tablespaces, and the databases' own
// properties.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "engine/postgresql/acl.h"
#include "stream/sink.h"

namespace vya::pg {

class Connection;

struct SecurityLabel {
  std::string provider;
  std::string label;
  bool operator==(const SecurityLabel&) const = default;
};

struct Role {
  std::string name;
  bool bootstrap = false;  ///< the superuser that initdb made
  bool superuser = false;
  bool inherit = true;
  bool create_role = false;
  bool create_database = false;
  bool login = false;
  bool replication = false;
  bool bypass_rls = false;
  std::int64_t connection_limit = -1;
  std::optional<std::string> valid_until;  ///< as the server writes it, UTC
  std::optional<Secret> verifier;          ///< what pg_authid.rolpassword holds
  std::optional<bool> verifier_read;       ///< false: it could not be read, so nobody knows it
  std::optional<std::string> comment;
  std::vector<SecurityLabel> labels;

  bool has_unknown_verifier() const { return verifier_read == false; }
  bool operator==(const Role&) const = default;
};

struct Membership {
  std::string role;  ///< the group
  std::string member;
  std::string grantor;  ///< empty when the role that granted is gone
  bool grantor_is_bootstrap = false;
  bool admin = false;
  std::optional<bool> inherit;  ///< servers before 16 have no such options
  std::optional<bool> set;
  bool operator==(const Membership&) const = default;
};

/// `ALTER ROLE role IN DATABASE database SET name = value`; without role ALL, without database
/// everywhere.
struct RoleSetting {
  std::string role;
  std::string database;
  std::string name;
  std::string value;
  bool operator==(const RoleSetting&) const = default;
};

struct Tablespace {
  std::string name;
  std::string owner;
  std::string location;
  std::vector<std::string> options;  ///< `random_page_cost=1.1`
  std::optional<Acl> acl;
  std::optional<std::string> comment;
  std::vector<SecurityLabel> labels;
  bool operator==(const Tablespace&) const = default;
};

struct DatabaseProperties {
  int number = 0;  ///< in the backup; 0: its content is not in the backup
  std::string name;
  std::string owner;
  std::string encoding;
  std::string locale_provider;  ///< `libc`, `icu`, `builtin`
  std::string collate;
  std::string ctype;
  std::string locale;  ///< of icu or builtin, or empty
  std::string icu_rules;
  std::string collation_version;
  std::string tablespace;
  std::int64_t connection_limit = -1;
  bool is_template = false;
  bool allow_connections = true;
  std::optional<Acl> acl;
  std::optional<std::string> comment;
  std::vector<SecurityLabel> labels;
  bool operator==(const DatabaseProperties&) const = default;
};

struct Globals {
  std::vector<Role> roles;              ///< sorted by name; without pg_* roles
  std::vector<Membership> memberships;  ///< each grantor's own membership before those it granted
  std::vector<RoleSetting> settings;
  std::vector<Acl> parameters;                ///< GRANT ... ON PARAMETER
  std::vector<Tablespace> tablespaces;        ///< without pg_default and pg_global
  std::vector<DatabaseProperties> databases;  ///< all of the server but template0, sorted by name
  bool operator==(const Globals&) const = default;
};

/// Reads the globals as the connection's transaction sees them. Throws SqlError (kPermission) when
/// the role may not read the verifiers.
Globals read_globals(Connection& connection);

/// As JSON lines, and back (docs/format/postgresql.md). read_json throws Error(kCheckFailed),
/// naming the line.
void write_json(const Globals& globals, Sink& to);
Globals read_globals_json(Source& from);

}  // namespace vya::pg
