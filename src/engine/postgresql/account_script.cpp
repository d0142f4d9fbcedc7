#include "engine/postgresql/account_script.h"

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/accounts_plan.h"
#include "engine/postgresql/globals.h"
#include "engine/postgresql/role_names.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

constexpr int kMajor = 10000;  // of a version as libpq writes it

Globals globals_in(const BackupContents& contents) {
  const std::unique_ptr<Source> document = contents.read({DocumentKind::kGlobals, 0});
  if (!document) throw Error(Fault::kCheckFailed, "the backup has no globals");
  return read_globals_json(*document);
}

Globals chosen(const BackupContents& contents, const AccountFilter& wanted) {
  Globals globals = globals_in(contents);
  std::set<std::string> names;
  for (const Role& role : globals.roles) {
    if (wanted(role.name)) names.insert(role.name);
  }
  keep_roles(globals, names);
  return globals;
}

/// A server that was just made: it has its first superuser, and the databases that settings name.
TargetFacts empty_server(const ServerFacts& server, const Globals& globals,
                         const std::string& superuser) {
  TargetFacts target;
  target.server = server;
  target.version = server.major * kMajor;
  target.powers.role = superuser;
  target.powers.superuser = true;
  target.globals.roles = {{.name = superuser,
                           .bootstrap = true,
                           .superuser = true,
                           .create_role = true,
                           .create_database = true,
                           .login = true,
                           .replication = true,
                           .bypass_rls = true}};
  for (const DatabaseProperties& database : globals.databases)
    target.databases.push_back({.properties = database, .objects = {}});
  return target;
}

std::string with_semicolon(std::string sql) {
  while (!sql.empty() && (sql.back() == '\n' || sql.back() == ' ')) sql.pop_back();
  if (!sql.ends_with(';')) sql += ';';
  return sql;
}

}  // namespace

std::vector<std::string> account_names(const BackupContents& contents) {
  std::vector<std::string> names;
  for (const Role& role : globals_in(contents).roles) names.push_back(role.name);
  return names;
}

std::vector<std::string> account_script(const BackupContents& contents, Verifiers verifiers) {
  Globals globals = globals_in(contents);
  const std::string first = bootstrap_of(globals);
  const std::string superuser = first.empty() ? "postgres" : first;
  for (Role& role : globals.roles) {
    if (verifiers == Verifiers::kLeftOut) role.verifier.reset();
    role.verifier_read.reset();
  }
  const TargetFacts target = empty_server(contents.server(), globals, superuser);
  const AccountsPlan plan =
      plan_accounts({.backup = globals,
                     .target = target,
                     .policy = AccountsPolicy::kConverge,
                     .authority = Authority(globals, target, AccountsPolicy::kConverge),
                     .databases = {}});
  std::vector<std::string> statements;
  for (const std::vector<Change>* part : {&plan.roles, &plan.settings}) {
    for (const Change& change : *part) statements.push_back(with_semicolon(change.statement.sql));
  }
  return statements;
}

std::string globals_with(const BackupContents& contents, const AccountFilter& wanted) {
  TextSink text;
  write_json(chosen(contents, wanted), text);
  return text.text();
}

}  // namespace vya::pg
