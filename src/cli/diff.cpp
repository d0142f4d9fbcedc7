// `vya diff`.
#include "operation/diff.h"

#include "cli/commands.h"
#include "cli/console_progress.h"
#include "cli/open.h"
#include "cli/results.h"

namespace vya {

int run(const DiffCommand& command, const Surroundings& around) {
  const Config config = around.config();
  Output& output = around.output;
  OpenRepository repository(config);
  const DiffRequest request{.wanted = command.wanted,
                            .found = command.found,
                            .databases = command.databases,
                            .jobs = command.jobs.value_or(default_jobs())};
  ConsoleProgress progress(output.messages(), surface_of_standard_error());
  const DiffReport report = diff(config, *repository, request, progress);
  output.result(output.format() == Format::kJson ? diff_to_json(report) : diff_to_text(report));
  return has_fault(report.findings) ? static_cast<int>(Fault::kCheckFailed) : kStatusDone;
}

}  // namespace vya
