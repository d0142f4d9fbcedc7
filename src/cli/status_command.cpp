// `vya status`.
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/open.h"
#include "cli/results.h"
#include "operation/status.h"

namespace vya {

int run(const StatusCommand& command, const Surroundings& around) {
  const Config config = around.config();
  OpenRepository repository(config);
  const StatusReport report =
      status(config, *repository, read_evidence(*repository), command.instances, now());
  Output& output = around.output;
  output.result(output.format() == Format::kJson ? status_to_json(report) : status_to_text(report));
  return report.is_fine() ? kStatusDone : static_cast<int>(Fault::kCheckFailed);
}

}  // namespace vya
