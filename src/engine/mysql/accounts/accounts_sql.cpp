// What each server keeps while something else is changed was found out by trying (MySQL 9.7,
// MariaDB 10.11 and 11.8): a lifetime resets the expiry, so that comes last; ALTER USER without AS
// expires a password; RETAIN needs the old password set before the new one.
#include "engine/mysql/accounts/accounts_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "engine/mysql/accounts/attributes.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

std::string bytes_of(const Secret& hash) { return from_hex(hash.reveal()).value_or(""); }

/// MySQL's hashes have bytes that are no text in every character set.
std::string mysql_method(const Authentication& method) {
  const std::string hash = method.hash.empty() ? "''" : "0x" + method.hash.reveal();
  return fmt::format("IDENTIFIED WITH {} AS {}", quote_text(method.plugin), hash);
}

std::string mysql_further(const Authentication& method) {
  return method.hash.empty() ? fmt::format("IDENTIFIED WITH {}", quote_text(method.plugin))
                             : mysql_method(method);
}

std::string mariadb_methods(const Account& account) {
  std::vector<std::string> methods;
  for (const Authentication& method : account.authentication) {
    methods.push_back(quote_name(method.plugin));
    if (!method.hash.empty()) methods.back() += " USING " + quote_text(bytes_of(method.hash));
  }
  return fmt::format("IDENTIFIED VIA {}", fmt::join(methods, " OR "));
}

std::string tls_clause(const TlsRequirement& tls) {
  if (tls.type.empty()) return "REQUIRE NONE";
  if (tls.type == "ANY") return "REQUIRE SSL";
  if (tls.type == "X509") return "REQUIRE X509";
  std::vector<std::string> parts;
  if (!tls.subject.empty()) parts.push_back("SUBJECT " + quote_text(tls.subject));
  if (!tls.issuer.empty()) parts.push_back("ISSUER " + quote_text(tls.issuer));
  if (!tls.cipher.empty()) parts.push_back("CIPHER " + quote_text(tls.cipher));
  return fmt::format("REQUIRE {}", fmt::join(parts, " AND "));
}

/// Only what differs: MySQL shows a limit that was named ever after, a zero too.
std::string limits_clause(const AccountLimits& wanted, const AccountLimits& there) {
  std::string text;
  const auto add = [&](const char* name, const auto& value, const auto& value_there) {
    if (value != value_there) text += fmt::format(" {} {}", name, value);
  };
  add("MAX_QUERIES_PER_HOUR", wanted.questions, there.questions);
  add("MAX_UPDATES_PER_HOUR", wanted.updates, there.updates);
  add("MAX_CONNECTIONS_PER_HOUR", wanted.connections, there.connections);
  add("MAX_USER_CONNECTIONS", wanted.user_connections, there.user_connections);
  const auto seconds = [](const AccountLimits& limits) {
    return limits.statement_time.empty() ? std::string("0") : limits.statement_time;
  };
  add("MAX_STATEMENT_TIME", seconds(wanted), seconds(there));
  return text.empty() ? "" : "WITH" + text;
}

std::string lifetime_clause(const std::optional<std::int64_t>& days) {
  if (!days) return "PASSWORD EXPIRE DEFAULT";
  if (*days == 0) return "PASSWORD EXPIRE NEVER";
  return fmt::format("PASSWORD EXPIRE INTERVAL {} DAY", *days);
}

std::string or_default(const std::optional<std::int64_t>& value, const char* unit) {
  return value ? fmt::format("{}{}", *value, unit) : "DEFAULT";
}

std::string mysql_policy_clauses(const PasswordPolicy& policy) {
  const std::string current = !policy.require_current   ? " DEFAULT"
                              : *policy.require_current ? ""
                                                        : " OPTIONAL";
  const std::int64_t days = policy.locked_days.value_or(0);
  return fmt::format(
      "{} PASSWORD HISTORY {} PASSWORD REUSE INTERVAL {} PASSWORD REQUIRE CURRENT{} "
      "FAILED_LOGIN_ATTEMPTS {} PASSWORD_LOCK_TIME {}",
      lifetime_clause(policy.lifetime_days), or_default(policy.reuse_history, ""),
      or_default(policy.reuse_days, " DAY"), current, policy.failed_logins.value_or(0),
      days < 0 ? "UNBOUNDED" : std::to_string(days));
}

/// All that is neither a password nor its expiry.
std::string properties(const Account& account, const AccountLimits& limits_there, Vendor vendor) {
  return fmt::format("{} {} {} ACCOUNT {}", tls_clause(account.tls),
                     limits_clause(account.limits, limits_there),
                     vendor == Vendor::kMysql ? mysql_policy_clauses(account.policy)
                                              : lifetime_clause(account.policy.lifetime_days),
                     account.locked ? "LOCK" : "UNLOCK");
}

std::string expire(const std::string& name) {
  return fmt::format("ALTER USER {} PASSWORD EXPIRE", name);
}

std::string set_password(const std::string& name, const Authentication& method) {
  return fmt::format("ALTER USER {} {}", name, mysql_method(method));
}

Authentication with_hash(Authentication method, const Secret& hash) {
  method.hash = hash;
  return method;
}

std::vector<Authentication> further(const Account& account) {
  const auto& all = account.authentication;
  return {all.begin() + (all.empty() ? 0 : 1), all.end()};
}

Authentication first(const Account& account) {
  return account.authentication.empty() ? Authentication{} : account.authentication.front();
}

std::vector<std::string> create_mysql(const Account& account, const std::string& name) {
  const Authentication method = first(account);
  std::string create = fmt::format(
      "CREATE USER {} {}", name,
      mysql_method(account.second_password ? with_hash(method, *account.second_password) : method));
  for (const Authentication& more : further(account)) create += " AND " + mysql_further(more);
  create += " " + properties(account, {}, Vendor::kMysql);
  if (account.attribute) create += " ATTRIBUTE " + quote_text(*account.attribute);
  std::vector<std::string> statements = {create};
  if (account.second_password)
    statements.push_back(set_password(name, method) + " RETAIN CURRENT PASSWORD");
  return statements;
}

void alter_factors(const Account& wanted, const Account& found, const std::string& name,
                   std::vector<std::string>& to) {
  if (further(wanted) == further(found)) return;
  for (std::size_t i = found.authentication.size(); i > 1; --i)
    to.push_back(fmt::format("ALTER USER {} DROP {} FACTOR", name, i));
  for (std::size_t i = 2; i <= wanted.authentication.size(); ++i) {
    to.push_back(fmt::format("ALTER USER {} ADD {} FACTOR {}", name, i,
                             mysql_further(wanted.authentication[i - 1])));
  }
}

void alter_passwords(const Account& wanted, const Account& found, const std::string& name,
                     std::vector<std::string>& to) {
  const Authentication method = first(wanted);
  const bool second_differs = wanted.second_password != found.second_password;
  if (wanted.second_password && (second_differs || method != first(found))) {
    to.push_back(set_password(name, with_hash(method, *wanted.second_password)));
    to.push_back(set_password(name, method) + " RETAIN CURRENT PASSWORD");
    return;
  }
  if (method != first(found)) to.push_back(set_password(name, method));
  if (second_differs) to.push_back(fmt::format("ALTER USER {} DISCARD OLD PASSWORD", name));
}

std::vector<std::string> alter_mysql(const Account& wanted, const Account& found,
                                     const std::string& name) {
  std::vector<std::string> statements;
  alter_passwords(wanted, found, name, statements);
  alter_factors(wanted, found, name, statements);
  std::string alter =
      fmt::format("ALTER USER {} {}", name, properties(wanted, found.limits, Vendor::kMysql));
  if (wanted.attribute != found.attribute)
    alter += " ATTRIBUTE " + quote_text(attribute_change(found.attribute, wanted.attribute));
  statements.push_back(alter);
  return statements;
}

std::vector<std::string> alter_mariadb(const Account& wanted, const Account& found,
                                       const std::string& name) {
  // Only a password that is set is no longer expired.
  const bool sets_password =
      wanted.authentication != found.authentication || (found.expired && !wanted.expired);
  return {fmt::format("ALTER USER {} {}{}", name,
                      sets_password ? mariadb_methods(wanted) + " " : "",
                      properties(wanted, found.limits, Vendor::kMariadb))};
}

}  // namespace

std::string quote_account(const AccountName& name, Vendor vendor) {
  if (vendor == Vendor::kMysql || !name.host.empty())
    return quote_name(name.user) + "@" + quote_name(name.host);
  return name.user == "PUBLIC" ? name.user : quote_name(name.user);
}

std::string quote_proxied(const AccountName& name) {
  return quote_text(name.user) + "@" + quote_text(name.host);
}

std::vector<AccountName> role_list(const std::string& text) {
  std::vector<AccountName> roles;
  std::string* part = nullptr;  // user or host of the last role
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == '\0' && (c == ',' || c == ' ')) {
      if (c == ',') part = nullptr;
      continue;
    }
    if (part == nullptr) part = &roles.emplace_back(AccountName{"", "%"}).user;
    if (quote == '\0' && c == '@') {
      part = &roles.back().host;
      part->clear();
    } else if (quote == '\0' && (c == '`' || c == '\'' || c == '"')) {
      quote = c;
    } else if (c != quote) {
      *part += c;
    } else if (i + 1 < text.size() && text[i + 1] == quote) {
      *part += text[++i];  // doubled: one of it
    } else {
      quote = '\0';
    }
  }
  return roles;
}

std::vector<std::string> account_differences(const Account& wanted, const Account& found) {
  std::vector<std::string> names;
  const auto compare = [&](bool same, const char* name) {
    if (!same) names.emplace_back(name);
  };
  compare(wanted.type == found.type, "kind");
  compare(wanted.authentication == found.authentication, "authentication");
  compare(wanted.second_password == found.second_password, "second password");
  compare(wanted.tls == found.tls, "TLS");
  compare(wanted.limits == found.limits, "limits");
  compare(wanted.locked == found.locked, "lock");
  compare(wanted.expired == found.expired, "expiry");
  compare(wanted.policy == found.policy, "password policy");
  compare(wanted.attribute == found.attribute, "attribute");
  compare(wanted.past_passwords == found.past_passwords, "past passwords");
  return names;
}

std::vector<std::string> create_account(const Account& account, Vendor vendor) {
  const std::string name = quote_account(account.name, vendor);
  if (account.type == AccountType::kRole)
    return {fmt::format("CREATE ROLE {} WITH ADMIN CURRENT_USER", name)};
  std::vector<std::string> statements;
  if (vendor == Vendor::kMysql) {
    statements = create_mysql(account, name);
  } else {
    statements.push_back(fmt::format("CREATE USER {} {} {}", name, mariadb_methods(account),
                                     properties(account, {}, vendor)));
  }
  if (account.expired) statements.push_back(expire(name));
  return statements;
}

std::vector<std::string> alter_account(const Account& wanted, const Account& found, Vendor vendor) {
  const std::string name = quote_account(wanted.name, vendor);
  std::vector<std::string> statements = vendor == Vendor::kMysql
                                            ? alter_mysql(wanted, found, name)
                                            : alter_mariadb(wanted, found, name);
  if (wanted.expired) statements.push_back(expire(name));
  return statements;
}

std::vector<std::string> set_past_passwords(const Account& account) {
  const std::string user = quote_text(account.name.user);
  const std::string host = quote_text(account.name.host);
  std::vector<std::string> statements = {
      fmt::format("DELETE FROM mysql.password_history WHERE User = {} AND Host = {}", user, host)};
  for (const PastPassword& past : account.past_passwords) {
    statements.push_back(
        fmt::format("INSERT INTO mysql.password_history (User, Host, Password_timestamp, Password) "
                    "VALUES ({}, {}, {}, 0x{})",
                    user, host, quote_text(past.since), past.hash.reveal()));
  }
  statements.emplace_back("FLUSH PRIVILEGES");
  return statements;
}

Authentication no_login(Vendor vendor) {
  const char* const hash =
      vendor == Vendor::kMysql
          ? "$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED"  // as
                                                                                      // mysql.sys
          : "invalid";  // manual: CREATE USER
  return {vendor == Vendor::kMysql ? "caching_sha2_password" : "mysql_native_password",
          Secret(to_hex(as_bytes(hash)))};
}

}  // namespace vya::mysql
