// `vya drill`.
#include "operation/drill.h"

#include "cli/commands.h"
#include "cli/console_progress.h"
#include "cli/open.h"
#include "cli/results.h"

namespace vya {

int run(const DrillCommand& command, const Surroundings& around) {
  const DrillRequest request{.backup = parse_backup_reference(command.backup),
                             .databases = command.databases,
                             .server = command.server,
                             .jobs = command.jobs.value_or(default_jobs())};
  const Config config = around.config();
  OpenRepository repository(config);
  Output& output = around.output;
  const bool is_json = output.format() == Format::kJson;
  if (command.dry_run) {
    const DrillPlan plan = plan_drill(config, *repository, request);
    output.result(is_json ? drill_plan_to_json(plan) : drill_plan_to_text(plan));
    return kStatusDone;
  }
  ConsoleProgress progress(output.messages(), surface_of_standard_error());
  const DrillRecord record = drill(config, *repository, request, progress);
  output.result(is_json ? drill_to_json(record) : drill_to_text(record));
  return record.passed() ? kStatusDone : static_cast<int>(Fault::kCheckFailed);
}

}  // namespace vya
