// Each look at one thing is a function; examine() is their list.
#include "engine/mysql/examine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/interrupt.h"
#include "engine/mysql/account.h"
#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/definitions_lock.h"
#include "engine/mysql/events.h"
#include "engine/mysql/privileges.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/relations.h"
#include "engine/mysql/statements.h"

namespace vya::mysql {

namespace {

/// Beside those that read rows: definitions, their lock, who waits for it, and what stops writing.
constexpr unsigned kSessionsBesideRows = 4;
constexpr int kLongSeconds = 60;

struct Line {
  Vendor vendor;
  int major;
  int minor;
};

/// Lines of versions that the tests run against.
constexpr std::array kTested = {
    Line{Vendor::kMariadb, 10, 11},
    Line{Vendor::kMariadb, 11, 8},
    Line{Vendor::kMysql, 9, 7},
};

void add(Examination& to, std::string where, std::string what, std::string cure = "") {
  to.remarks.push_back(
      {Remark::Weight::kNotice, std::move(where), std::move(what), std::move(cure)});
}

void add_fault(Examination& to, std::string what, std::string cure) {
  to.remarks.push_back({Remark::Weight::kFault, "a backup", std::move(what), std::move(cure)});
}

void look_at_version(const Flavor& flavor, Examination& to) {
  const bool tested = std::ranges::any_of(kTested, [&](const Line& line) {
    return line.vendor == flavor.vendor && line.major == flavor.major && line.minor == flavor.minor;
  });
  if (tested) return;
  add(to, fmt::format("{} {}.{}", flavor.product(), flavor.major, flavor.minor),
      "is not among the tested versions: MySQL 9.7, MariaDB 10.11 and 11.8");
}

void look_at_service(const Flavor& flavor, Examination& to) {
  if (flavor.service && !flavor.in_cluster())
    add(to, *flavor.service, "was recognised; backups of it are not tested");
}

void look_at_encryption(const Connection& connection, const Address& address, Examination& to) {
  if (address.is_local() || connection.encrypted()) return;
  add(to, "the connection", "is not encrypted, so rows and password hashes can be read on the way",
      "Set tls: verify-identity and tls_ca for the instance.");
}

/// What is taken is counted before a backup fails half way for want of it.
void look_at_room(Connection& connection, unsigned jobs, Examination& to) {
  const unsigned needed = std::max(1u, jobs) + kSessionsBesideRows;
  const auto number = [&](const std::string& sql) {
    return std::strtoul(connection.value(sql).value_or("").c_str(), nullptr, 10);
  };
  const unsigned long most = number("SELECT @@GLOBAL.max_connections");
  const auto connected = connection.query("SHOW GLOBAL STATUS LIKE 'Threads_connected'");
  const unsigned long used =
      connected.empty() ? 0 : std::strtoul(connected[0].at(1)->c_str(), nullptr, 10);
  if (used + needed > most) {
    add_fault(to, fmt::format("needs {} connections, and {} of {} are taken", needed, used, most),
              "Raise max_connections, or use fewer --jobs.");
  }
  const unsigned long of_user = number("SELECT @@SESSION.max_user_connections");
  if (of_user != 0 && needed > of_user) {
    add_fault(to, fmt::format("needs {} connections, and the user may have {}", needed, of_user),
              "Raise max_user_connections of the account, or use fewer --jobs.");
  }
}

void look_at_long_statements(Connection& connection, const Flavor& flavor, Examination& to) {
  connection.each(
      fmt::format("SELECT ID, USER, TIME, LEFT(INFO, 60) FROM {} WHERE COMMAND = 'Query' AND TIME "
                  ">= {} AND ID <> CONNECTION_ID() AND INFO IS NOT NULL ORDER BY TIME DESC",
                  statements_of_others(flavor), kLongSeconds),
      [&](const RowView& row) {
        add(to, "connection " + row.text(0),
            fmt::format("of '{}' has run {} for {} s; a backup that has to stop writing waits for "
                        "it, and is refused if it goes on",
                        row.bytes(1), abbreviated(row.text(3)), row.bytes(2)));
      });
}

void look_at_log(const Flavor& flavor, Examination& to) {
  if (flavor.is_on("log_bin")) return;
  add(to, "log_bin",
      "is off, so a backup cannot say where in the server's log it is, and there is no log to go "
      "on from it",
      "Start the server with --log-bin.");
}

/// Of a replica that applies nothing.
void look_at_replication(Connection& connection, const Server& server, Examination& to) {
  if (!server.facts().standby) return;
  const std::string running =
      server.flavor().mariadb()
          ? "SELECT VARIABLE_VALUE <> '0' FROM information_schema.GLOBAL_STATUS WHERE "
            "VARIABLE_NAME "
            "= 'Slaves_running'"
          : "SELECT COUNT(*) > 0 FROM performance_schema.replication_applier_status WHERE "
            "SERVICE_STATE = 'ON'";
  if (connection.value(running) != "0") return;
  add(to, "the replica", "applies nothing at present: backups are of the moment when it stopped",
      "Run START REPLICA on it, unless somebody stopped it on purpose.");
}

void look_at_waiting(Connection& connection, const Flavor& flavor, Examination& to) {
  if (!statements_need_process(flavor) || has_privilege(connection, "PROCESS")) return;
  add(to, "PROCESS",
      "is not granted, so a backup does not see long statements before it stops writing, nor who "
      "waits for its lock of definitions, who then waits until its end",
      "As an administrator: " + grant_to_us(connection, "PROCESS"));
}

void look_at_engines(Connection& connection, const Flavor& flavor,
                     const std::vector<Relation>& relations, Examination& to) {
  const auto others = std::ranges::count_if(
      relations, [](const Relation& relation) { return !relation.transactional; });
  if (others > 0) {
    const auto first = std::ranges::find(relations, false, &Relation::transactional);
    add(to, fmt::format("{} tables", others),
        fmt::format("are of an engine without transactions ({} is '{}'): each is whole, but not of "
                    "the same moment as the others",
                    first->table.name.name, first->engine),
        "Convert them: ALTER TABLE ... ENGINE = InnoDB.");
  }
  if (lock_would_stop_writers(connection, flavor)) {
    add(to, "definitions",
        fmt::format("are not locked by a backup, because {} would wait too; one that changes makes "
                    "it start over",
                    flavor.in_cluster() ? "all writers of the cluster's node"
                                        : "the writers of tables without transactions"));
  }
}

/// Whether events would begin to run that do not run here.
void look_at_events(Connection& connection, const Flavor& flavor, Examination& to) {
  if (flavor.is_on("event_scheduler") || !shows_events(connection)) return;
  const auto events =
      connection.value("SELECT COUNT(*) FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'");
  if (events == "0") return;
  add(to, "event_scheduler",
      fmt::format("is {}, and {} events are enabled: on a server with the scheduler on they run as "
                  "soon as they are restored",
                  flavor.variable("event_scheduler"), events.value_or("some")),
      "Disable those that are not to run: ALTER EVENT ... DISABLE.");
}

void look_at_loading(const Flavor& flavor, Examination& to) {
  if (!flavor.has("local_infile") || flavor.is_on("local_infile")) return;
  add(to, "local_infile",
      "is off: a restore to this server turns it on for its time, or else inserts rows, which "
      "takes "
      "two to three times as long",
      "Set local_infile = ON where rows are to be restored by a user who may not set it.");
}

}  // namespace

Examination examine(const Server& server, const FreezeOptions& freeze) {
  Examination found{.server = server.facts()};
  const Flavor& flavor = server.flavor();
  const auto connection = server.connect(throw_if_interrupted);
  found.clock =
      parse_time(connection->value("SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')")
                     .value_or(""));
  look_at_version(flavor, found);
  look_at_service(flavor, found);
  look_at_encryption(*connection, server.address(), found);
  look_at_room(*connection, freeze.jobs, found);
  look_at_long_statements(*connection, flavor, found);
  look_at_waiting(*connection, flavor, found);
  look_at_replication(*connection, server, found);
  look_at_log(flavor, found);
  look_at_events(*connection, flavor, found);
  look_at_loading(flavor, found);

  found.databases = select_databases(*connection, freeze, found.left_out);
  const auto relations = relations_with_rows(*connection, found.databases, found.gaps);
  for (const Relation& relation : relations) found.bytes += relation.bytes;
  look_at_engines(*connection, flavor, relations, found);
  for (Gap& gap : missing_privileges(*connection, flavor).gaps)
    found.gaps.push_back(std::move(gap));
  read_accounts(*connection, flavor, found.gaps);
  return found;
}

}  // namespace vya::mysql
