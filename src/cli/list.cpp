// `vya list`.
#include <algorithm>

#include "cli/commands.h"
#include "cli/open.h"
#include "cli/results.h"

namespace vya {

namespace {

std::vector<std::string> instances_of(const ListCommand& command, const Repository& repository,
                                      const Config& config) {
  std::vector<std::string> stored = repository.instances();
  if (!command.instance) return stored;
  // One that is in the configuration may have no backups yet; one that is not may have some from
  // before.
  if (std::ranges::find(stored, *command.instance) == stored.end()) {
    config.instance(*command.instance);
  }
  return {*command.instance};
}

/// A damaged manifest is one line of the list: the other backups must be found on that day above
/// all.
Outcome<Manifest> look_at(const BackupId& id, const Repository& repository, Output& output) {
  Outcome<Manifest> outcome{.name = id.text()};
  try {
    outcome.report = repository.open({.instance = id.instance, .epoch = id.epoch}).manifest();
  } catch (const Error& error) {
    if (error.fault() != Fault::kCheckFailed) throw;
    output.warning(error);
    outcome.error = error;
    outcome.status = error.exit_status();
  }
  return outcome;
}

}  // namespace

int run(const ListCommand& command, const Surroundings& around) {
  const Config config = around.config();
  OpenRepository repository(config);
  int status = kStatusDone;
  std::vector<Outcome<Manifest>> backups;
  for (const std::string& instance : instances_of(command, *repository, config)) {
    for (const BackupId& id : repository->ids(instance)) {
      backups.push_back(look_at(id, *repository, around.output));
      status = std::max(status, backups.back().status);
    }
  }
  around.output.result(around.output.format() == Format::kJson ? list_to_json(backups)
                                                               : list_to_text(backups));
  return status;
}

}  // namespace vya
