// `vya init`.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/results.h"
#include "operation/open.h"
#include "repository/layout.h"
#include "repository/repository.h"

namespace vya {

namespace {

bool is_repository(const Config& config) {
  return open_store(config)->stat(layout::kRepositoryFile).has_value();
}

InitResult make(const Config& config) {
  const std::unique_ptr<Store> store = open_store(config);
  const bool created = Repository::create(*store, now());
  return {.repository = config.repository,
          .id = Repository(*store).id(),
          .state = created ? InitResult::State::kMade : InitResult::State::kIsThere};
}

InitResult foresee(const Config& config) {
  return {.repository = config.repository,
          .id = {},
          .state = is_repository(config) ? InitResult::State::kIsThere
                                         : InitResult::State::kWouldBeMade};
}

}  // namespace

int run(const InitCommand& command, const Surroundings& around) {
  const Config config = around.config();
  const InitResult result = command.dry_run ? foresee(config) : make(config);
  around.output.result(around.output.format() == Format::kJson ? init_to_json(result)
                                                               : init_to_text(result));
  return kStatusDone;
}

}  // namespace vya
