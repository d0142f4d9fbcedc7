// `vya show`.
#include "cli/commands.h"
#include "cli/open.h"
#include "cli/results.h"
#include "repository/layout.h"

namespace vya {

namespace {

std::vector<Gap> gaps_of(const Backup& backup) {
  std::vector<Gap> gaps;
  const std::unique_ptr<Source> inventory = backup.read(layout::kInventoryFile);
  InventoryVisitor visitor;
  visitor.gap = [&](Gap gap) { gaps.push_back(std::move(gap)); };
  read_inventory(*inventory, visitor);
  return gaps;
}

}  // namespace

int run(const ShowCommand& command, const Surroundings& around) {
  const BackupReference reference = parse_backup_reference(command.backup);
  OpenRepository repository(around.config());
  const Backup backup = repository->open(reference);
  const ShownBackup shown{backup.manifest(), gaps_of(backup)};
  around.output.result(around.output.format() == Format::kJson ? backup_to_json(shown)
                                                               : backup_to_text(shown));
  return kStatusDone;
}

}  // namespace vya
