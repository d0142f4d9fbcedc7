#include "engine/postgresql/run_changes.h"

namespace vya::pg {

void run_changes(Restoration& restoration, Connection& connection,
                 const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (change.gap.empty()) {
      execute(connection, change.statement);
    } else if (!execute_or_gap(restoration, connection, change.statement, can_go_without,
                               change.gap, change.name)) {
      continue;
    }
    if (change.counted) restoration.outcome.add(*change.counted, change.number);
  }
}

}  // namespace vya::pg
