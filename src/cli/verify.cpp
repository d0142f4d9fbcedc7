// `vya verify`.
#include "operation/verify.h"

#include "cli/commands.h"
#include "cli/console_progress.h"
#include "cli/open.h"
#include "cli/outcome.h"
#include "cli/results.h"

namespace vya {

namespace {

std::vector<std::string> names_of(const VerifyCommand& command, const Repository& repository) {
  if (command.backup) return {*command.backup};
  std::vector<std::string> names;
  for (const std::string& instance : repository.instances()) {
    for (const BackupId& id : repository.ids(instance)) names.push_back(id.text());
  }
  return names;
}

}  // namespace

int run(const VerifyCommand& command, const Surroundings& around) {
  Output& output = around.output;
  OpenRepository repository(around.config());
  const unsigned jobs = command.jobs.value_or(default_jobs());
  const auto look = [&](const std::string& name) {
    const Backup backup = repository->open(parse_backup_reference(name));
    ConsoleProgress progress(output.messages(), surface_of_standard_error());
    VerifyReport report = verify(backup, jobs, progress);
    if (output.format() == Format::kText) output.result(verification_to_text(report));
    const int status =
        has_fault(report.findings) ? static_cast<int>(Fault::kCheckFailed) : kStatusDone;
    return std::pair(std::move(report), status);
  };
  const auto outcomes = do_each<VerifyReport>(names_of(command, *repository), output, look);
  if (output.format() == Format::kJson) output.result(verifications_to_json(outcomes));
  if (outcomes.empty() && output.format() == Format::kText)
    output.result("There are no backups.\n");
  return status_of_all(outcomes);
}

}  // namespace vya
