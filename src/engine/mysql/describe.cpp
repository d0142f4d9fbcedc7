#include "engine/mysql/describe.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/grants_sql.h"
#include "engine/mysql/backup_model.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

std::string yes_or_no(bool flag) { return flag ? "yes" : "no"; }

std::string in_words(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

std::string in_words(const std::optional<bool>& flag) { return flag ? yes_or_no(*flag) : ""; }

/// Of a limit; 0 is none.
std::string limit_in_words(std::int64_t limit) { return limit == 0 ? "" : std::to_string(limit); }

class AccountsDescription {
 public:
  AccountsDescription(const Accounts& accounts, Vendor vendor, CatalogModel& model)
      : accounts_(accounts), vendor_(vendor), model_(model) {}

  void describe() {
    CatalogObject& rules = model_["rules for all accounts"];
    add(rules, "mandatory_roles", accounts_.rules.mandatory_roles);
    add(rules, "partial_revokes", yes_or_no(accounts_.rules.partial_revokes));
    for (const Account& account : accounts_.accounts) describe(account);
    for (const Grant& grant : accounts_.grants) describe(grant);
    for (const Restriction& one : accounts_.restrictions) {
      for (const std::string& privilege : one.privileges)
        of(one.account)
            .items.insert("REVOKE " + privilege + " ON " + quote_name(one.database) + ".*");
    }
    for (const RoleMember& one : accounts_.members) {
      of(one.member)
          .items.insert("ROLE " + quote_account(one.role, vendor_) +
                        (one.admin ? " WITH ADMIN OPTION" : ""));
    }
    for (const DefaultRole& one : accounts_.default_roles)
      of(one.account).items.insert("DEFAULT ROLE " + quote_account(one.role, vendor_));
    for (const Proxy& one : accounts_.proxies) {
      of(one.account)
          .items.insert("PROXY ON " + quote_proxied(one.proxied) +
                        (one.grantable ? " WITH GRANT OPTION" : ""));
    }
  }

 private:
  static void add(CatalogObject& object, const char* name, const std::string& value) {
    if (!value.empty()) object.properties[name] = value;
  }

  CatalogObject& of(const AccountName& name) {
    const Account* account = accounts_.find(name);
    const bool is_role = account != nullptr && account->type != AccountType::kUser;
    return model_[fmt::format("{} {}", is_role ? "role" : "user", quote_account(name, vendor_))];
  }

  void describe(const Account& account) {
    CatalogObject& object = of(account.name);
    if (account.type == AccountType::kPublic) {  // it has privileges and nothing else
      object.implied = true;
      return;
    }
    std::string plugins;
    std::string hashes;
    for (const Authentication& method : account.authentication) {
      plugins += (plugins.empty() ? "" : ", ") + method.plugin;
      hashes += method.hash.reveal() + ",";
    }
    add(object, "authentication", plugins);
    object.secrets["password"] = hashes;
    if (account.second_password)
      object.secrets["second password"] = account.second_password->reveal();
    std::string past;
    for (const PastPassword& one : account.past_passwords) past += one.hash.reveal() + ",";
    object.secrets["past passwords"] = past;
    add(object, "TLS", account.tls.type);
    add(object, "cipher", account.tls.cipher);
    add(object, "issuer", account.tls.issuer);
    add(object, "subject", account.tls.subject);
    const AccountLimits& limits = account.limits;
    add(object, "MAX_QUERIES_PER_HOUR", limit_in_words(limits.questions));
    add(object, "MAX_UPDATES_PER_HOUR", limit_in_words(limits.updates));
    add(object, "MAX_CONNECTIONS_PER_HOUR", limit_in_words(limits.connections));
    add(object, "MAX_USER_CONNECTIONS", limit_in_words(limits.user_connections));
    add(object, "MAX_STATEMENT_TIME", limits.statement_time);
    add(object, "account lock", yes_or_no(account.locked));
    add(object, "is expired", yes_or_no(account.expired));
    const PasswordPolicy& policy = account.policy;
    add(object, "password lifetime", in_words(policy.lifetime_days));
    add(object, "password history", in_words(policy.reuse_history));
    add(object, "password reuse interval", in_words(policy.reuse_days));
    add(object, "current password required", in_words(policy.require_current));
    add(object, "failed logins", in_words(policy.failed_logins));
    add(object, "password lock time", in_words(policy.locked_days));
    add(object, "attribute", account.attribute.value_or(""));
    for (const std::string& unknown : account.unknown) object.items.insert("unknown: " + unknown);
  }

  void describe(const Grant& grant) {
    for (const std::string& privilege : grant.privileges) {
      const bool grantable = std::ranges::find(grant.grantable, privilege) != grant.grantable.end();
      const std::string column =
          grant.on == "column" ? " (" + quote_name(grant.column) + ")" : std::string();
      of(grant.account)
          .items.insert(fmt::format("{}{} ON {}{}", privilege, column, quote_object(grant),
                                    grantable ? " WITH GRANT OPTION" : ""));
    }
  }

  const Accounts& accounts_;
  Vendor vendor_;
  CatalogModel& model_;
};

constexpr std::size_t kToCollate = 6;  // from CHARACTER: words with a space between each

/// `CHARACTER SET utf8mb4 COLLATE` begins here: MySQL writes the character set, which the collation
/// says too, or leaves it out, as the statement did that made the column.
bool names_character_set_of_collation(const std::vector<SqlToken>& tokens, std::size_t at) {
  return at + kToCollate < tokens.size() && is_word(tokens[at], "CHARACTER") &&
         is_word(tokens[at + 2], "SET") && is_word(tokens[at + kToCollate], "COLLATE");
}

/// What is written in two ways and means the same, in one. The end of a statement that was sent
/// together with others is a part of some definitions.
std::string plain_definition(const SchemaObject& one) {
  const std::vector<SqlToken> tokens = sql_tokens(one.definition, one.sql_mode.value_or(""));
  std::string plain;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (one.type == "table" && names_character_set_of_collation(tokens, i)) i += kToCollate;
    plain += tokens[i].text;
  }
  while (!plain.empty() && (plain.back() == ';' || plain.back() == ' ')) plain.pop_back();
  return plain;
}

/// A table of another server names it, and how to log in to it: FEDERATED and CONNECT in options,
/// SPIDER in comments of the table and its partitions.
bool may_hold_password(const SchemaObject& one) {
  if (one.type != "table") return false;
  const std::vector<SqlToken> tokens = sql_tokens(one.definition, one.sql_mode.value_or(""));
  return std::ranges::any_of(tokens, [](const SqlToken& token) {
    return is_word(token, "CONNECTION") || is_word(token, "CONNECT") || is_word(token, "SPIDER");
  });
}

void describe(const SchemaObject& one, const std::string& words, CatalogModel& model) {
  CatalogObject& object = model[words];
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    if (value && !value->empty()) object.properties[name] = *value;
  };
  if (may_hold_password(one)) {
    object.secrets["definition"] = plain_definition(one);
  } else {
    add("definition", plain_definition(one));
  }
  add("table", one.table);
  add("definer", one.definer);
  add("sql_mode", one.sql_mode);
  add("character set", one.charset);
  add("collation", one.collation);
  add("connection's collation", one.connection_collation);
  add("database's collation", one.database_collation);
  add("time zone", one.time_zone);
  add("next value", one.value);
  for (const ObjectColumn& column : one.columns)
    object.items.insert("column " + quote_name(column.name) + " " + column.type);
}

/// `BEFORE INSERT`: the triggers of one moment run one after another.
std::string moment_of(const SchemaObject& trigger) {
  std::string moment;
  for (const SqlToken& token : sql_tokens(trigger.definition, trigger.sql_mode.value_or(""))) {
    for (const char* word : {"BEFORE", "AFTER", "INSERT", "UPDATE", "DELETE"})
      if (is_word(token, word)) moment += std::string(moment.empty() ? "" : " ") + word;
    if (is_word(token, "ON")) break;
  }
  return moment;
}

void describe(const DatabaseModel& database, CatalogModel& model) {
  const std::string itself = "database " + quote_name(database.name());
  describe(database.itself, itself, model);
  std::map<std::string, std::string> last_triggers;  // by table and moment
  for (const SchemaObject& one : database.objects) {
    const std::string words = one.type + " " + quote_name(database.name(), one.name);
    describe(one, words, model);
    CatalogObject& object = model[words];
    object.within = itself;
    if (one.type != "trigger") continue;
    object.within = "table " + quote_name(database.name(), one.table.value_or(""));
    std::string& before = last_triggers[object.within + moment_of(one)];
    if (!before.empty()) object.properties["runs after"] = before;
    before = one.name;
  }
}

}  // namespace

CatalogModel describe(const BackupContents& contents) {
  CatalogModel model;
  const BackupModel backup = read_backup(contents);
  if (const auto globals = contents.read({DocumentKind::kGlobals, 0})) {
    AccountsDescription(read_accounts_json(*globals), backup.source.vendor, model).describe();
  }
  for (const DatabaseModel& database : backup.databases) describe(database, model);
  return model;
}

std::vector<std::string> uncovered_databases(const BackupContents& contents) {
  const std::unique_ptr<Source> globals = contents.read({DocumentKind::kGlobals, 0});
  return globals ? read_other_databases_json(*globals) : std::vector<std::string>{};
}

}  // namespace vya::mysql
