// `vya config check` and `vya config show`.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/results.h"
#include "report/text.h"

namespace vya {

int run(const ConfigCheckCommand&, const Surroundings& around) {
  const Config config = around.config();
  around.output.result(around.output.format() == Format::kJson
                           ? config_to_json(config)
                           : fmt::format("'{}' is right: {}.\n", config.file.string(),
                                         counted(config.instances.size(), "instance")));
  return kStatusDone;
}

int run(const ConfigShowCommand&, const Surroundings& around) {
  const Config config = around.config();
  around.output.result(around.output.format() == Format::kJson ? config_to_json(config)
                                                               : config_to_text(config));
  return kStatusDone;
}

}  // namespace vya
