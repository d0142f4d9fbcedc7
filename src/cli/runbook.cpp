// `vya runbook`.
#include "operation/runbook.h"

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/open.h"
#include "cli/results.h"

namespace vya {

int run(const RunbookCommand& command, const Surroundings& around) {
  const Config config = around.config();
  OpenRepository repository(config);
  const std::string text = runbook(runbook_facts(config, *repository, command.instance, now()));
  Output& output = around.output;
  output.result(output.format() == Format::kJson ? runbook_to_json(command.instance, text) : text);
  return kStatusDone;
}

}  // namespace vya
