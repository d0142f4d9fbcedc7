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

void end_sessions(Connection& connection, const std::string& database) {
  execute(connection, {.what = "end the sessions in database " + quote_name(database),
                       .sql = "SELECT pg_catalog.pg_terminate_backend(pid) FROM "
                              "pg_catalog.pg_stat_activity WHERE datname = " +
                              quote_text(database) + " AND pid <> pg_catalog.pg_backend_pid()"});
}

/// Tries until those who come back at once are outrun.
bool try_exchange(Restoration& restoration, Connection& connection,
                  const PlannedDatabase& planned) {
  constexpr int kAttempts = 10;
  const bool may_end = restoration.open_sessions == OpenSessions::kTerminate;
  const auto is_in_use = [](const std::string& state) { return state == kObjectInUse; };
  for (int attempt = 0; attempt < (may_end ? kAttempts : 1); ++attempt) {
    if (may_end) end_sessions(connection, planned.replaces);
    if (!run_unless(connection, exchange(planned), is_in_use)) return true;
    connection.run("ROLLBACK");
  }
  return false;
}

void exchange_database(Restoration& restoration, const PlannedDatabase& planned) {
  restoration.sessions.close_idle(planned.replaces);
  restoration.sessions.close_idle(planned.properties.name);
  TargetSession session = restoration.sessions.borrow(
      another_database(restoration.server, planned.replaces), Texts::kAsTheyAre);
  if (try_exchange(restoration, *session, planned)) {
    restoration.watcher.notice(fmt::format(
        "the database that was {} is kept as {}; 'DROP DATABASE {}' gives its room back",
        quote_name(planned.replaces), quote_name(planned.kept_as), quote_name(planned.kept_as)));
    return;
  }
  throw Error(
      Fault::kRefused,
      fmt::format("cannot let the restored database {} take the place of {}: others have "
                  "sessions in it",
                  quote_name(planned.properties.name), quote_name(planned.replaces)),
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
