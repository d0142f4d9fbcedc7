// Brings back the tablespaces, into which databases and tables go.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/run_grants.h"

namespace vya::pg {

namespace {

/// The server refuses a folder: no rights, not there, in use.
constexpr std::array<std::string_view, 4> kFolderStates = {"42501", "58P01", "55006", "42P17"};

bool is_about_folder(const std::string& state) {
  return std::ranges::find(kFolderStates, state) != kFolderStates.end();
}

/// Creates a tablespace; where the server cannot use the folder after all, its content goes to
/// pg_default.
void create(Restoration& restoration, Connection& connection, PlannedTablespace& planned) {
  const Statement statement = create_tablespace(planned.tablespace, planned.location);
  const std::optional<std::string> said = run_unless(connection, statement, is_about_folder);
  if (!said) return;
  planned.action = TablespaceAction::kMissing;
  restoration.outcome.add(missing_tablespace(planned.tablespace, *said));
  restoration.watcher.notice("cannot " + statement.what + ": " + *said +
                             "; its content goes to pg_default");
}

void restore_tablespace(Restoration& restoration, Connection& connection,
                        PlannedTablespace& planned) {
  create(restoration, connection, planned);
  if (planned.action == TablespaceAction::kMissing) return;
  const Tablespace& tablespace = planned.tablespace;
  const std::string name = quote_name(tablespace.name);
  if (tablespace.comment) execute(connection, set_comment("TABLESPACE", name, tablespace.comment));
  for (const SecurityLabel& label : tablespace.labels) {
    execute_label(restoration, connection, set_label("TABLESPACE", name, label));
  }
  if (tablespace.acl) {
    run_grants(restoration, connection, *tablespace.acl);
    restoration.outcome.add(Count::kGrants, tablespace.acl->grants.size());
  }
  restoration.outcome.add(Count::kTablespaces);
}

}  // namespace

void restore_tablespaces(Restoration& restoration) {
  TargetSession session = restoration.borrow();
  for (PlannedTablespace& planned : restoration.plan.tablespaces) {
    if (planned.action == TablespaceAction::kCreate)
      restore_tablespace(restoration, *session, planned);
  }
}

}  // namespace vya::pg
