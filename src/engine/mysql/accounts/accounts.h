// The accounts of a MySQL or MariaDB server, as values: users and roles, how they log in, what they
// may do, and who is in which role.
//
// Read from the server's own tables and not from the text of SHOW GRANTS, in which names and
// passwords can look like syntax. Two servers have the same accounts when these values are equal.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"
#include "stream/contents.h"
#include "stream/sink.h"

namespace vya::mysql {

/// Who: `app`@`%`. MariaDB's roles have no host.
struct AccountName {
  std::string user;
  std::string host;
  auto operator<=>(const AccountName&) const = default;
};

/// As people write it and the configuration names it: `app@%`; of a role of MariaDB: `reader`.
std::string to_text(const AccountName& name);

/// The other way round, by the last @.
AccountName account_name(const std::string& text);

/// The account that a person means: MySQL's always have a host, and `%` is meant where none is
/// written.
AccountName written_name(const std::string& text, Vendor vendor);

enum class AccountType {
  kUser,    ///< on MySQL also a role, which is a user that nobody can log in as
  kRole,    ///< of MariaDB
  kPublic,  ///< what MariaDB grants to everybody
};

/// One way to log in.
struct Authentication {
  std::string plugin;
  Secret hash;  ///< what the server keeps of the password, in hexadecimal digits; empty: nothing
  bool operator==(const Authentication&) const = default;
};

/// What a connection has to be encrypted like, by the names of the server's own tables.
struct TlsRequirement {
  std::string type;  ///< empty, `ANY`, `X509` or `SPECIFIED`
  std::string cipher;
  std::string issuer;
  std::string subject;
  bool operator==(const TlsRequirement&) const = default;
};

/// 0: no limit.
struct AccountLimits {
  std::int64_t questions = 0;
  std::int64_t updates = 0;
  std::int64_t connections = 0;
  std::int64_t user_connections = 0;
  std::string statement_time;  ///< seconds, MariaDB; empty: no limit
  bool operator==(const AccountLimits&) const = default;
};

/// What is absent is as the server's variables say.
struct PasswordPolicy {
  std::optional<std::int64_t> lifetime_days;  ///< 0: for ever
  std::optional<std::int64_t> reuse_history;  ///< MySQL, as what follows
  std::optional<std::int64_t> reuse_days;
  std::optional<bool> require_current;
  std::optional<std::int64_t> failed_logins;  ///< after which the account is locked
  std::optional<std::int64_t> locked_days;    ///< for so long; -1: until somebody unlocks it
  bool operator==(const PasswordPolicy&) const = default;
};

/// A password that may not be used again.
struct PastPassword {
  std::string since;  ///< UTC
  Secret hash;        ///< in hexadecimal digits
  bool operator==(const PastPassword&) const = default;
};

struct Account {
  AccountName name;
  AccountType type = AccountType::kUser;
  std::vector<Authentication> authentication;  ///< MySQL: all are needed; MariaDB: one of them is
  std::optional<Secret> second_password;  ///< MySQL: the hash of the old one, which is good too
  TlsRequirement tls;
  AccountLimits limits;
  bool locked = false;
  bool expired = false;
  PasswordPolicy policy;
  std::optional<std::string> attribute;  ///< MySQL: JSON, with the comment
  std::vector<PastPassword> past_passwords;
  /// What the server keeps of the account and this version of vya does not know; nobody can say
  /// what the account may do without it.
  std::vector<std::string> unknown;
  bool operator==(const Account&) const = default;
};

/// What an account may do with one object.
struct Grant {
  AccountName account;
  std::string on;        ///< `server`, `database`, `table`, `column`, `function`, `procedure`,
                         ///< `package`, `package body`
  std::string database;  ///< of a database: a pattern, as the server keeps it
  std::string object;    ///< table or routine
  std::string column;
  std::vector<std::string> privileges;  ///< sorted; `GRANT OPTION` is one of them
  std::vector<std::string> grantable;   ///< those that have a grant option of their own (MySQL's
                                        ///< dynamic ones) and may be passed on
  bool operator==(const Grant&) const = default;
};

/// What of its global privileges an account may not do in a database (MySQL: partial revokes).
struct Restriction {
  AccountName account;
  std::string database;
  std::vector<std::string> privileges;  ///< sorted
  bool operator==(const Restriction&) const = default;
};

struct RoleMember {
  AccountName role;
  AccountName member;
  bool admin = false;
  bool operator==(const RoleMember&) const = default;
};

/// A role that is active when the account logs in.
struct DefaultRole {
  AccountName account;
  AccountName role;
  bool operator==(const DefaultRole&) const = default;
};

/// That an account may log in as another; an empty one stands for all.
struct Proxy {
  AccountName account;
  AccountName proxied;
  bool grantable = false;
  bool operator==(const Proxy&) const = default;
};

/// What holds for all accounts of a server.
struct AccountRules {
  std::string mandatory_roles;   ///< MySQL: roles that everybody has
  bool partial_revokes = false;  ///< MySQL: then a database's name in a grant is no pattern
  bool operator==(const AccountRules&) const = default;
};

/// Each list is sorted; find() needs that of the accounts.
struct Accounts {
  AccountRules rules;
  std::vector<Account> accounts;
  std::vector<Grant> grants;
  std::vector<Restriction> restrictions;
  std::vector<RoleMember> members;
  std::vector<DefaultRole> default_roles;
  std::vector<Proxy> proxies;
  bool operator==(const Accounts&) const = default;

  /// Nothing when there is none.
  const Account* find(const AccountName& name) const;
};

/// All accounts but the server's own (`mysql.sys`, `mariadb.sys` and the like). What the user may
/// not see is added to the gaps, with the grant that would let it.
Accounts read_accounts(Connection& connection, const Flavor& flavor, std::vector<Gap>& gaps);

/// Whether an account is the server's own or its provider's: none of a backup, and never touched.
bool is_system_account(const AccountName& name);

/// Whether an account is one that an installation makes for its own administrators, so that each
/// server has its own: never changed where it is there.
bool is_administrator(const AccountName& name);

/// As JSON lines among those of the globals, and back; lines of other kinds are passed over.
void write_json(const Accounts& accounts, Sink& to);
Accounts read_accounts_json(Source& from);

}  // namespace vya::mysql
