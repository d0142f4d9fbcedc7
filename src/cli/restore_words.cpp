#include "cli/restore_words.h"

#include "cli/arguments.h"

namespace vya {

void take_words(const RestoreWords& words, RestoreRequest& to) {
  RestoreOptions& options = to.options;
  options.scope = words.only.value_or(RestoreScope::kAll);
  const bool touches_accounts =
      options.scope == RestoreScope::kAll || options.scope == RestoreScope::kAccounts;
  options.accounts =
      words.accounts.value_or(touches_accounts ? AccountsPolicy::kCreate : AccountsPolicy::kSkip);
  options.existing = words.existing.value_or(Existing::kRefuse);
  if (words.terminate) options.open_sessions = OpenSessions::kTerminate;
  if (words.check) to.recheck = Recheck::kYes;
  const char* const hint = "'vya restore --help' says what each does.";
  if (!touches_accounts && options.accounts != AccountsPolicy::kSkip)
    refuse("--accounts and '--only schema' or '--only data' exclude each other", hint);
  if (options.accounts == AccountsPolicy::kSkip && !options.accounts_of.empty())
    refuse("--accounts-of says which accounts are restored, and none are", hint);
  if (options.existing == Existing::kReplace && !makes_definitions(options.scope))
    refuse("--existing replace needs a whole database, which '--only' leaves out", hint);
  if (words.terminate && options.existing != Existing::kReplace)
    refuse("--terminate-sessions is for databases that are replaced, with '--existing replace'",
           hint);
  if (words.check && !loads_rows(options.scope))
    refuse("--check compares rows, and '--only' leaves them out", hint);
}

}  // namespace vya
