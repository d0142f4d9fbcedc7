// Each look at one thing is a function; examine() is their list.
#include "engine/postgresql/examine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/capacity.h"
#include "engine/postgresql/client_programs.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/readable.h"
#include "engine/postgresql/relations.h"
#include "engine/postgresql/selection.h"

namespace vya::pg {

namespace {

constexpr int kOldest = 13;
constexpr int kNewest = 18;

/// Extensions whose data is more than the rows of tables, or that act by themselves once restored.
struct Careful {
  std::string_view name;
  const char* why;
};

constexpr std::array kCareful = {
    Careful{"timescaledb",
            "a restore needs timescaledb_pre_restore() and timescaledb_post_restore()"},
    Careful{"citus", "the rows of distributed tables are on other servers and not in the backup"},
    Careful{"pg_cron", "its jobs run on a restored server too: stop them there first"},
    Careful{"pg_partman_bgw", "its background job works on a restored server too"},
    Careful{"postgis", "the target needs the same libraries (GEOS, PROJ) for the same results"},
    Careful{"postgres_fdw", "rows of foreign tables are on other servers and not in the backup"},
};

void add(Examination& to, Remark::Weight weight, std::string where, std::string what,
         std::string cure = "") {
  to.remarks.push_back({weight, std::move(where), std::move(what), std::move(cure)});
}

/// `cannot lock ...` of a backup that would fail so.
void add_fault(Examination& to, const Error& error) {
  add(to, Remark::Weight::kFault, "a backup", error.message(), error.hint());
}

void look_at_version(const Server& server, Examination& to) {
  const int major = server.facts().major;
  if (major >= kOldest && major <= kNewest) return;
  add(to, Remark::Weight::kNotice, fmt::format("PostgreSQL {}", major),
      fmt::format("is not among the tested versions, {} to {}", kOldest, kNewest));
}

void look_at_client(const Server& server, const Options& options, Examination& to) {
  try {
    choose_pg_dump(options.pg_dump.empty()
                       ? installed_pg_dumps()
                       : std::vector<ClientProgram>{pg_dump_at(options.pg_dump)},
                   server.facts().major);
  } catch (const Error& error) {
    add_fault(to, error);
  }
}

void look_at_encryption(Connection& connection, const Server& server, Examination& to) {
  const std::string& host = server.address().host;
  if (host.starts_with('/') || host == "localhost" || host.starts_with("127.") || host == "::1")
    return;
  const Result row = connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
  if (row.rows() == 1 && row.flag(0, 0)) return;
  add(to, Remark::Weight::kNotice, "the connection",
      "is not encrypted, so rows and password verifiers can be read on the way",
      "Set sslmode: verify-full and sslrootcert for the instance.");
}

void look_at_long_transactions(Connection& connection, Examination& to) {
  connection.each(
      "SELECT pid, coalesce(datname, ''), extract(epoch FROM clock_timestamp() - "
      "xact_start)::bigint / 60 FROM pg_stat_activity WHERE xact_start < clock_timestamp() - "
      "interval '1 hour' AND backend_type = 'client backend' ORDER BY xact_start",
      [&](const Result& row) {
        add(to, Remark::Weight::kNotice, "process " + row.text(0, 0),
            fmt::format(
                "has a transaction open in database '{}' for {} minutes; a backup waits for "
                "the locks it holds",
                row.text(0, 1), row.number(0, 2)));
      });
  connection.each(
      "SELECT gid, database, prepared FROM pg_prepared_xacts ORDER BY prepared",
      [&](const Result& row) {
        add(to, Remark::Weight::kNotice, "prepared transaction " + row.text(0, 0),
            fmt::format("is open in database '{}' since {}, and a backup waits for the locks "
                        "it holds",
                        row.text(0, 1), row.text(0, 2)),
            "Run COMMIT PREPARED or ROLLBACK PREPARED, if whoever prepared it is gone.");
      });
}

void look_at_standby(Connection& connection, const Options& options, Examination& to) {
  if (connection.value("SELECT pg_is_wal_replay_paused()") == "t") {
    add(to, Remark::Weight::kNotice, "the standby's replay",
        "is paused: backups are of the moment when it was, and it falls "
        "behind",
        "Run SELECT pg_wal_replay_resume(); on the standby, unless somebody paused it on purpose.");
  }
  if (connection.value("SHOW hot_standby_feedback") == "off") {
    add(to, Remark::Weight::kNotice, "hot_standby_feedback",
        "is off, so the primary removes rows that a long backup still needs, and the standby "
        "ends the backup after max_standby_streaming_delay (" +
            connection.value("SHOW max_standby_streaming_delay") + ")",
        "Set hot_standby_feedback = on on the standby, or raise max_standby_streaming_delay.");
  }
  const bool may_pause = connection
                             .query(
                                 "SELECT has_function_privilege('pg_wal_replay_pause()', 'EXECUTE')"
                                 " AND has_function_privilege('pg_wal_replay_resume()', 'EXECUTE')")
                             .flag(0, 0);
  if (options.pause_replay && !may_pause) {
    add(to, Remark::Weight::kFault, "pause_replay",
        "cannot work: the role may not pause the standby's replay",
        cure_in(connection.database(),
                "GRANT EXECUTE ON FUNCTION pg_wal_replay_pause(), pg_wal_replay_resume() TO " +
                    quote_name(connection.value("SELECT current_user")) + ";"));
  }
}

void look_at_extensions(Connection& connection, Examination& to) {
  connection.each("SELECT extname FROM pg_extension ORDER BY 1", [&](const Result& row) {
    const auto careful = std::ranges::find(kCareful, row.text(0, 0), &Careful::name);
    if (careful == kCareful.end()) return;
    add(to, Remark::Weight::kNotice,
        fmt::format("extension {} in database '{}'", careful->name, connection.database()),
        fmt::format("needs care: {}", careful->why));
  });
}

void look_at_waiting(Connection& connection, Examination& to) {
  if (connection.value("SELECT pg_has_role('pg_read_all_stats', 'USAGE')") == "t") return;
  add(to, Remark::Weight::kNotice, "pg_stat_activity",
      "does not show the role others' statements, so a backup cannot say which statement waits for "
      "its locks",
      cure_in(connection.database(), "GRANT pg_read_all_stats TO " +
                                         quote_name(connection.value("SELECT current_user")) +
                                         ";"));
}

void look_at_server(Connection& connection, const Server& server, const Options& options,
                    Examination& to) {
  to.clock = parse_time(
      connection.value("SELECT to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
  look_at_version(server, to);
  look_at_client(server, options, to);
  look_at_encryption(connection, server, to);
  look_at_long_transactions(connection, to);
  look_at_waiting(connection, to);
  if (server.facts().standby) look_at_standby(connection, options, to);
}

/// Returns how many tables a backup would lock in the database.
std::int64_t look_into(Connection& connection, Examination& to) {
  to.bytes += std::stoull(connection.value("SELECT pg_database_size(current_database())"));
  for (Gap& gap : database_gaps(connection)) to.gaps.push_back(std::move(gap));
  look_at_extensions(connection, to);
  return static_cast<std::int64_t>(lockable_relations(connection).size());
}

/// Whether all databases fit at a time, and what follows when they do not.
void look_at_room(const Room& room, const Demand& demand, const Options& options, Examination& to) {
  require_session(room, demand.jobs);
  for (std::size_t i = 0; i < demand.tables.size(); ++i)
    require_locks(room, demand.tables[i], demand.jobs, to.databases[i].name);
  const std::vector<std::size_t> groups = groups_of(room, demand);
  if (groups.size() < 2) return;
  const std::string one_group = settings_for_one_group(room, demand);
  if (options.pause_replay && to.server.standby)
    throw pause_is_for_all(groups.front(), demand.tables.size(), one_group);
  add(to, Remark::Weight::kNotice, "a backup",
      fmt::format("takes {} databases in {} groups, one after another, each as of a moment of its "
                  "own: the server has room for {} at a time",
                  demand.tables.size(), groups.size(), groups.front()),
      fmt::format("For one moment raise {}, and restart the server.", one_group));
}

}  // namespace

Examination examine(const Server& server, const Options& options, const FreezeOptions& freeze) {
  Examination found{.server = server.facts()};
  Connection connection = server.connect(server.maintenance_database());
  look_at_server(connection, server, options, found);
  found.gaps = server_gaps(connection);
  const Selection selection = select_databases(connection, freeze);
  found.left_out = selection.left_out;
  Demand demand{.tables = {}, .jobs = freeze.jobs};
  const bool opens = options.open_closed_databases && !server.facts().standby;
  for (const Database& database : selection.databases) {
    if (std::optional<Gap> gap = closed_to_us(connection, database.name, selection)) {
      if (!opens || gap->kind != kClosedDatabase) found.gaps.push_back(std::move(*gap));
      continue;
    }
    Connection inside = server.connect(database.name, database.encoding);
    demand.tables.push_back(look_into(inside, found));
    found.databases.push_back(database);
  }
  try {
    look_at_room(read_room(connection), demand, options, found);
  } catch (const Error& error) {
    add_fault(found, error);
  }
  return found;
}

}  // namespace vya::pg
