// `vya restore`.
#include "operation/restore.h"

#include "cli/commands.h"
#include "cli/console_progress.h"
#include "cli/open.h"
#include "cli/results.h"
#include "cli/status.h"
#include "operation/open.h"

namespace vya {

namespace {

RestoreRequest request_of(const RestoreCommand& command) {
  RestoreRequest request = command.request;
  request.options.jobs = command.jobs.value_or(default_jobs());
  return request;
}

int status_of(const Plan& plan, const Instance& target) {
  if (!plan.refusals.empty()) return static_cast<int>(Fault::kRefused);
  return has_open_gap(plan.gaps, target) ? kStatusDoneWithGaps : kStatusDone;
}

int status_of(const RestoreReport& report, const Instance& target) {
  if (has_fault(report.findings)) return static_cast<int>(Fault::kCheckFailed);
  return has_open_gap(report.gaps, target) ? kStatusDoneWithGaps : kStatusDone;
}

}  // namespace

int run(const RestoreCommand& command, const Surroundings& around) {
  const BackupReference reference = parse_backup_reference(command.backup);
  const Config config = around.config();
  const Instance& target = config.instance(command.to);
  OpenRepository repository(config);
  const Backup backup = repository->open(reference);
  const std::unique_ptr<Engine> engine = open_engine(target);
  const RestoreRequest request = request_of(command);
  Output& output = around.output;
  const bool is_json = output.format() == Format::kJson;

  ConsoleProgress progress(output.messages(), surface_of_standard_error());
  if (command.dry_run) {
    const Plan plan = plan_restore(backup, *engine, request, progress);
    output.result(is_json ? plan_to_json(plan) : plan_to_text(plan, target));
    return status_of(plan, target);
  }
  const RestoreReport report = restore(backup, *engine, request, progress);
  output.result(is_json ? restore_to_json(report) : restore_to_text(report, target));
  return status_of(report, target);
}

}  // namespace vya
