// `vya accounts list` and `vya accounts export`; `vya accounts restore` is a restore.
#include "operation/accounts.h"

#include "cli/commands.h"
#include "cli/console_progress.h"
#include "cli/open.h"
#include "cli/results.h"

namespace vya {

int run(const AccountsListCommand& command, const Surroundings& around) {
  const Config config = around.config();
  OpenRepository repository(config);
  Output& output = around.output;
  ConsoleProgress progress(output.messages(), surface_of_standard_error());
  const std::vector<ListedAccount> accounts = list_accounts(
      config, *repository, {.from = command.from, .accounts = command.accounts}, progress);
  output.result(output.format() == Format::kJson ? accounts_to_json(accounts)
                                                 : accounts_to_text(accounts));
  return kStatusDone;
}

int run(const AccountsExportCommand& command, const Surroundings& around) {
  const Config config = around.config();
  OpenRepository repository(config);
  Output& output = around.output;
  ConsoleProgress progress(output.messages(), surface_of_standard_error());
  const std::vector<std::string> statements =
      export_accounts(config, *repository, {.from = command.from, .accounts = command.accounts},
                      command.verifiers ? Verifiers::kShown : Verifiers::kLeftOut, progress);
  output.raw(output.format() == Format::kJson
                 ? script_to_json(statements)
                 : script_to_text(command.from, statements,
                                  command.verifiers ? Verifiers::kShown : Verifiers::kLeftOut));
  return kStatusDone;
}

}  // namespace vya
