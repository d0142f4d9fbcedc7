#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/mysql/accounts/attributes.h"

namespace vya::mysql {

namespace {

using Json = nlohmann::json;

Json parse(const std::string& text, const AccountName& name) {
  Json json = Json::parse(text, /*cb=*/nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    throw Error(Fault::kInternal, fmt::format("cannot read what the server keeps of account '{}': "
                                              "it is no JSON object",
                                              to_text(name)));
  }
  return json;
}

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<std::int64_t> number_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return found->get<std::int64_t>();
}

bool flag_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && (*found == true || *found == 1);
}

Secret hex_of(const std::string& text) { return Secret(to_hex(as_bytes(text))); }

/// Names the keys that are none of these.
template <std::size_t kSize>
void note_unknown(const Json& json, const std::array<std::string_view, kSize>& known,
                  Account& account) {
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(known, key) == known.end()) account.unknown.push_back(key);
  }
}

void read_factors(const Json& list, Account& account) {
  for (const Json& factor : list) {
    account.authentication.push_back(
        {text_of(factor, "plugin"), hex_of(text_of(factor, "authentication_string"))});
    if (flag_of(factor, "requires_registration")) account.unknown.emplace_back("registered device");
    if (flag_of(factor, "passwordless")) account.unknown.emplace_back("passwordless");
    constexpr std::array<std::string_view, 4> kKnown = {"plugin", "authentication_string",
                                                        "passwordless", "requires_registration"};
    note_unknown(factor, kKnown, account);
  }
}

void read_locking(const Json& json, PasswordPolicy& policy) {
  policy.failed_logins = number_of(json, "failed_login_attempts");
  policy.locked_days = number_of(json, "password_lock_time_days");
}

void read_restrictions(const Json& list, const AccountName& name, std::vector<Restriction>& to) {
  for (const Json& one : list) {
    Restriction& restriction = to.emplace_back();
    restriction.account = name;
    restriction.database = text_of(one, "Database");
    for (const Json& privilege : one.at("Privileges"))
      restriction.privileges.push_back(privilege.get<std::string>());
  }
}

/// The ways to log in, of which any is enough. The one that the account itself holds has its place
/// among the others.
void read_alternatives(const Json& json, Account& account) {
  // An account without a plugin is one of old, with the server's first kind of password.
  const auto method = [](const Json& one) {
    const std::string plugin = text_of(one, "plugin");
    return Authentication{plugin.empty() ? "mysql_native_password" : plugin,
                          hex_of(text_of(one, "authentication_string"))};
  };
  const auto list = json.find("auth_or");
  if (list == json.end()) {
    account.authentication.push_back(method(json));
    return;
  }
  for (const Json& one : *list) account.authentication.push_back(method(one.empty() ? json : one));
}

void read_tls(const Json& json, TlsRequirement& tls) {
  constexpr std::array kTypes = {"", "ANY", "X509", "SPECIFIED"};
  const std::int64_t type = number_of(json, "ssl_type").value_or(0);
  tls.type = type > 0 && type < std::ssize(kTypes) ? kTypes.at(static_cast<std::size_t>(type)) : "";
  tls.cipher = text_of(json, "ssl_cipher");
  tls.issuer = text_of(json, "x509_issuer");
  tls.subject = text_of(json, "x509_subject");
}

AccountLimits limits_of(const Json& json) {
  AccountLimits limits;
  limits.questions = number_of(json, "max_questions").value_or(0);
  limits.updates = number_of(json, "max_updates").value_or(0);
  limits.connections = number_of(json, "max_connections").value_or(0);
  limits.user_connections = number_of(json, "max_user_connections").value_or(0);
  const auto seconds = json.find("max_statement_time");
  if (seconds != json.end() && seconds->is_number() && seconds->get<double>() != 0)
    limits.statement_time = fmt::format("{:.6f}", seconds->get<double>());
  return limits;
}

/// `access` is asked for as text, `version_id` and the exact time of a password are no one's.
constexpr std::array<std::string_view, 19> kGlobalPrivKeys = {"access",
                                                              "version_id",
                                                              "plugin",
                                                              "authentication_string",
                                                              "auth_or",
                                                              "password_last_changed",
                                                              "password_lifetime",
                                                              "account_locked",
                                                              "ssl_type",
                                                              "ssl_cipher",
                                                              "x509_issuer",
                                                              "x509_subject",
                                                              "max_questions",
                                                              "max_updates",
                                                              "max_connections",
                                                              "max_user_connections",
                                                              "max_statement_time",
                                                              "default_role",
                                                              "is_role"};

constexpr std::array<std::string_view, 5> kAttributeKeys = {"metadata", "additional_password",
                                                            "Password_locking", "Restrictions",
                                                            "multi_factor_authentication"};

}  // namespace

void read_user_attributes(const std::string& text, Account& account,
                          std::vector<Restriction>& restrictions) {
  const Json json = parse(text, account.name);
  if (const auto found = json.find("metadata"); found != json.end())
    account.attribute = found->dump();
  if (json.contains("additional_password"))
    account.second_password = hex_of(text_of(json, "additional_password"));
  if (const auto found = json.find("Password_locking"); found != json.end())
    read_locking(*found, account.policy);
  if (const auto found = json.find("Restrictions"); found != json.end())
    read_restrictions(*found, account.name, restrictions);
  if (const auto found = json.find("multi_factor_authentication"); found != json.end())
    read_factors(*found, account);
  note_unknown(json, kAttributeKeys, account);
}

std::optional<std::string> read_global_priv(const std::string& text, Account& account) {
  const Json json = parse(text, account.name);
  note_unknown(json, kGlobalPrivKeys, account);
  if (flag_of(json, "is_role")) {
    account.type = account.name.user == "PUBLIC" ? AccountType::kPublic : AccountType::kRole;
    return std::nullopt;
  }
  read_alternatives(json, account);
  read_tls(json, account.tls);
  account.limits = limits_of(json);
  account.locked = flag_of(json, "account_locked");
  account.expired = number_of(json, "password_last_changed") == 0;
  const auto lifetime = number_of(json, "password_lifetime");
  if (lifetime && *lifetime >= 0) account.policy.lifetime_days = lifetime;
  const std::string role = text_of(json, "default_role");
  return role.empty() ? std::nullopt : std::optional(role);
}

std::string attribute_change(const std::optional<std::string>& found,
                             const std::optional<std::string>& wanted) {
  Json change = Json::parse(wanted.value_or("{}"));
  const Json there = Json::parse(found.value_or("{}"));
  for (const auto& [key, value] : there.items()) {
    if (!change.contains(key)) {
      change[key] = nullptr;
    } else if (value.is_object() && change[key].is_object()) {
      change[key] = Json::parse(attribute_change(value.dump(), change[key].dump()));
    }
  }
  return change.dump();
}

}  // namespace vya::mysql
