#include "cli/restore_words.h"

#include "cli/arguments.h"

namespace vya {

namespace {

constexpr const char* kHint = "'vya restore --help' says what each does.";

void check_tables(const RestoreWords& words, const RestoreRequest& request) {
  const RestoreOptions& options = request.options;
  if (options.scope == RestoreScope::kAccounts)
    refuse("--table and '--only accounts' exclude each other", kHint);
  if (words.accounts.value_or(AccountsPolicy::kSkip) != AccountsPolicy::kSkip ||
      !options.accounts_of.empty()) {
    refuse("--table leaves accounts alone",
           "Restore accounts first, with '--only accounts', and then the table.");
  }
  if (options.existing == Existing::kReplace)
    refuse("--table and '--existing replace' exclude each other: no table is replaced",
           "Give the table a new name with --table DATABASE.SCHEMA.TABLE=NEW.");
  if (!options.tablespace_folders.empty())
    refuse("--table makes no tablespaces, for which --tablespace names folders", kHint);
  for (const DatabaseChoice& choice : request.selection.databases) {
    if (!choice.name_on_target.empty()) continue;
    refuse("--table names its database itself, so '--database " + choice.glob + "' says nothing",
           "With --table, '--database A=B' says that A is called B on the server.");
  }
}

}  // namespace

void take_words(const RestoreWords& words, RestoreRequest& to) {
  RestoreOptions& options = to.options;
  const bool has_tables = !to.selection.tables.empty();
  options.scope = words.only.value_or(RestoreScope::kAll);
  const bool touches_accounts = !has_tables && (options.scope == RestoreScope::kAll ||
                                                options.scope == RestoreScope::kAccounts);
  options.accounts =
      words.accounts.value_or(touches_accounts ? AccountsPolicy::kCreate : AccountsPolicy::kSkip);
  options.existing = words.existing.value_or(Existing::kRefuse);
  if (words.terminate) options.open_sessions = OpenSessions::kTerminate;
  if (words.check) to.recheck = Recheck::kYes;
  if (has_tables) check_tables(words, to);
  if (!touches_accounts && options.accounts != AccountsPolicy::kSkip)
    refuse("--accounts and '--only schema' or '--only data' exclude each other", kHint);
  if (options.accounts == AccountsPolicy::kSkip && !options.accounts_of.empty())
    refuse("--accounts-of says which accounts are restored, and none are", kHint);
  if (options.existing == Existing::kReplace && !makes_definitions(options.scope))
    refuse("--existing replace needs a whole database, which '--only' leaves out", kHint);
  if (words.terminate && options.existing != Existing::kReplace)
    refuse("--terminate-sessions is for databases that are replaced, with '--existing replace'",
           kHint);
  if (words.check && !loads_rows(options.scope))
    refuse("--check compares rows, and '--only' leaves them out", kHint);
}

}  // namespace vya
