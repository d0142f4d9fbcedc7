// Lets restored databases take the places of those that they replace.
#include <fmt/format.h>

#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::string_view kObjectInUse = "55006";

/// Both names change in one transaction, so nobody finds the name without a database. The server
/// holds new sessions of the old one back and waits up to five seconds for others to end
/// (procarray.c, CountOtherDBBackends).
Statement exchange(const PlannedDatabase& planned) {
  const std::string name = quote_name(planned.replaces);
  return {
      .what = "let database " + quote_name(planned.properties.name) + " take the place of " + name,
      .sql = fmt::format("BEGIN;\nALTER DATABASE {0} RENAME TO {1};\nALTER DATABASE {2} RENAME "
                         "TO {0};\nCOMMIT;\n",
                         name, quote_name(planned.kept_as), quote_name(planned.properties.name))};
}

/// Ends those that it may. Returns what the server said of another.
std::optional<std::string> end_sessions(Connection& connection, const std::string& database) {
  const Result sessions = connection.query(
      "SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND pid <> "
      "pg_catalog.pg_backend_pid()",
      {database});
  std::optional<std::string> refusal;
  for (int row = 0; row < sessions.rows(); ++row) {
    const auto said =
        run_unless(connection,
                   {.what = "end a session in database " + quote_name(database),
                    .sql = "SELECT pg_catalog.pg_terminate_backend(" + sessions.text(row, 0) + ")"},
                   is_denied);
    if (said) refusal = said;
  }
  return refusal;
}

/// Tries until those who come back at once are outrun. Returns why it could not be done.
std::optional<std::string> try_exchange(Restoration& restoration, Connection& connection,
                                        const PlannedDatabase& planned) {
  constexpr int kAttempts = 10;
  const bool may_end = restoration.open_sessions == OpenSessions::kTerminate;
  const auto is_in_use = [](const std::string& state) { return state == kObjectInUse; };
  std::optional<std::string> lasting;
  for (int attempt = 0; attempt < (may_end ? kAttempts : 1); ++attempt) {
    if (may_end) lasting = end_sessions(connection, planned.replaces);
    if (!run_unless(connection, exchange(planned), is_in_use)) return std::nullopt;
    connection.run("ROLLBACK");
    if (lasting) break;
  }
  return "others have sessions in it" +
         (lasting ? ", and one of them may not be ended: " + *lasting : "");
}

void exchange_database(Restoration& restoration, const PlannedDatabase& planned) {
  restoration.sessions.close_idle(planned.replaces);
  restoration.sessions.close_idle(planned.properties.name);
  TargetSession session = restoration.sessions.borrow(
      another_database(restoration.server, planned.replaces), Texts::kAsTheyAre);
  const auto obstacle = try_exchange(restoration, *session, planned);
  if (!obstacle) {
    restoration.watcher.notice(fmt::format(
        "the database that was {} is kept as {}; 'DROP DATABASE {}' gives its room back",
        quote_name(planned.replaces), quote_name(planned.kept_as), quote_name(planned.kept_as)));
    return;
  }
  throw Error(
      Fault::kRefused,
      fmt::format("cannot let the restored database {} take the place of {}: {}",
                  quote_name(planned.properties.name), quote_name(planned.replaces), *obstacle),
      "The restored database is whole and stays under its name. End the sessions and run: " +
          exchange(planned).sql);
}

}  // namespace

std::string exchange_databases(Restoration& restoration) {
  std::uint64_t exchanged = 0;
  for (const PlannedDatabase& planned : restoration.plan.databases) {
    if (planned.action != DatabaseAction::kReplace) continue;
    exchange_database(restoration, planned);
    ++exchanged;
  }
  return in_words({{"databases", exchanged}});
}

}  // namespace vya::pg
