#include <charconv>

#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/accounts/read.h"
#include "engine/text_json.h"

namespace vya::mysql {

/// The host has a key of its own: a role of MariaDB has none, and names may hold an @.
static void describe_name(JsonFields& line, const std::string& key, AccountName& name) {
  line.text(key.c_str(), name.user);
  line.text((key + "_host").c_str(), name.host);
}

static void describe_number(JsonFields& line, const char* key, std::optional<std::int64_t>& value) {
  std::optional<std::string> text;
  if (value) text = std::to_string(*value);
  line.text(key, text);
  value.reset();
  if (!text) return;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value.emplace());
  if (error != std::errc() || stop != end) throw line.wrong(key, "is no number");
}

static void describe(JsonFields& line, Authentication& authentication) {
  line.text("plugin", authentication.plugin);
  std::optional<Secret> hash = std::move(authentication.hash);
  line.secret("hash", hash);
  if (!hash) throw line.wrong("hash", "is missing");
  authentication.hash = std::move(*hash);
}

static void describe(JsonFields& line, PastPassword& past) {
  line.text("since", past.since);
  std::optional<Secret> hash = std::move(past.hash);
  line.secret("hash", hash);
  if (!hash) throw line.wrong("hash", "is missing");
  past.hash = std::move(*hash);
}

static void describe(JsonFields& line, TlsRequirement& tls) {
  line.text("type", tls.type);
  line.text("cipher", tls.cipher);
  line.text("issuer", tls.issuer);
  line.text("subject", tls.subject);
}

static void describe(JsonFields& line, AccountLimits& limits) {
  line.number("questions", limits.questions);
  line.number("updates", limits.updates);
  line.number("connections", limits.connections);
  line.number("user_connections", limits.user_connections);
  line.text("statement_time", limits.statement_time);
}

static void describe(JsonFields& line, PasswordPolicy& policy) {
  describe_number(line, "lifetime_days", policy.lifetime_days);
  describe_number(line, "reuse_history", policy.reuse_history);
  describe_number(line, "reuse_days", policy.reuse_days);
  line.flag("require_current", policy.require_current);
  describe_number(line, "failed_logins", policy.failed_logins);
  describe_number(line, "locked_days", policy.locked_days);
}

static void describe_type(JsonFields& line, AccountType& type) {
  std::string text = type == AccountType::kUser   ? "user"
                     : type == AccountType::kRole ? "role"
                                                  : "public";
  line.text("type", text);
  if (text != "user" && text != "role" && text != "public")
    throw line.wrong("type", "is no type of an account");
  type = text == "user"   ? AccountType::kUser
         : text == "role" ? AccountType::kRole
                          : AccountType::kPublic;
}

/// An object that is written only when it says something.
template <typename Value>
static void describe_rest(JsonFields& line, const char* key, Value& value) {
  std::optional<Value> present;
  if (value != Value{}) present = value;
  line.object(key, present);
  value = present.value_or(Value{});
}

static void describe(JsonFields& line, Account& account) {
  describe_name(line, "name", account.name);
  describe_type(line, account.type);
  line.list("authentication", account.authentication);
  line.secret("second_password", account.second_password);
  describe_rest(line, "tls", account.tls);
  describe_rest(line, "limits", account.limits);
  line.flag("locked", account.locked);
  line.flag("expired", account.expired);
  describe_rest(line, "policy", account.policy);
  line.text("attribute", account.attribute);
  line.list("past_passwords", account.past_passwords);
  line.texts("unknown", account.unknown);
}

static void describe(JsonFields& line, Grant& grant) {
  describe_name(line, "account", grant.account);
  line.text("on", grant.on);
  line.text("database", grant.database);
  line.text("object", grant.object);
  line.text("column", grant.column);
  line.texts("privileges", grant.privileges);
  line.texts("grantable", grant.grantable);
}

static void describe(JsonFields& line, Restriction& restriction) {
  describe_name(line, "account", restriction.account);
  line.text("database", restriction.database);
  line.texts("privileges", restriction.privileges);
}

static void describe(JsonFields& line, RoleMember& member) {
  describe_name(line, "role", member.role);
  describe_name(line, "member", member.member);
  line.flag("admin", member.admin);
}

static void describe(JsonFields& line, DefaultRole& role) {
  describe_name(line, "account", role.account);
  describe_name(line, "role", role.role);
}

static void describe(JsonFields& line, Proxy& proxy) {
  describe_name(line, "account", proxy.account);
  describe_name(line, "proxied", proxy.proxied);
  line.flag("grantable", proxy.grantable);
}

static void describe(JsonFields& line, AccountRules& rules) {
  line.text("mandatory_roles", rules.mandatory_roles);
  line.flag("partial_revokes", rules.partial_revokes);
}

namespace {

constexpr std::string_view kRules = "account-rules";
constexpr std::string_view kAccount = "account";
constexpr std::string_view kGrant = "grant";
constexpr std::string_view kRestriction = "restriction";
constexpr std::string_view kMember = "role-member";
constexpr std::string_view kDefaultRole = "default-role";
constexpr std::string_view kProxy = "proxy";

}  // namespace

void write_json(const Accounts& accounts, Sink& to) {
  write_line(kRules, accounts.rules, to);
  write_lines(kAccount, accounts.accounts, to);
  write_lines(kGrant, accounts.grants, to);
  write_lines(kRestriction, accounts.restrictions, to);
  write_lines(kMember, accounts.members, to);
  write_lines(kDefaultRole, accounts.default_roles, to);
  write_lines(kProxy, accounts.proxies, to);
}

Accounts read_accounts_json(Source& from) {
  Accounts accounts;
  JsonLines lines(from, "globals");
  while (std::optional<JsonFields> line = lines.next()) {
    const std::string kind = line->kind();
    if (kind == kRules) accounts.rules = read_line<AccountRules>(*line);
    if (kind == kAccount) accounts.accounts.push_back(read_line<Account>(*line));
    if (kind == kGrant) accounts.grants.push_back(read_line<Grant>(*line));
    if (kind == kRestriction) accounts.restrictions.push_back(read_line<Restriction>(*line));
    if (kind == kMember) accounts.members.push_back(read_line<RoleMember>(*line));
    if (kind == kDefaultRole) accounts.default_roles.push_back(read_line<DefaultRole>(*line));
    if (kind == kProxy) accounts.proxies.push_back(read_line<Proxy>(*line));
  }
  sort(accounts);
  return accounts;
}

}  // namespace vya::mysql
