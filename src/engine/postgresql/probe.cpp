#include "engine/postgresql/probe.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

#include "base/error.h"
#include "base/parallel.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

namespace {

/// One thing that amcheck looks at.
struct Piece {
  Database database;
  std::string sql;  ///< gives a row for each thing that is wrong
  std::string where;
  bool index = false;
};

constexpr int kHeapCheckSince = 140000;

/// Connections that wait for the next piece of work in their database.
class IdleConnections {
 public:
  Connection take(const Server& server, const Database& database) {
    {
      const std::lock_guard guard(mutex_);
      std::vector<Connection>& idle = connections_[database.name];
      if (!idle.empty()) {
        Connection connection = std::move(idle.back());
        idle.pop_back();
        return connection;
      }
    }
    return server.connect(database.name, database.encoding);
  }

  void keep(Connection connection) {
    const std::lock_guard guard(mutex_);
    std::vector<Connection>& idle = connections_[connection.database()];
    idle.push_back(std::move(connection));
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<Connection>> connections_;
};

class PgProbe final : public Probe {
 public:
  PgProbe(Address address, std::string maintenance_database)
      : server_(std::move(address), std::move(maintenance_database)) {}

  std::vector<std::string> starts() override {
    Connection connection = server_.connect(server_.maintenance_database());
    std::vector<std::string> globs;
    if (connection.value("SELECT current_setting('max_logical_replication_workers')") != "0")
      globs.emplace_back("subscription *");
    if (connection.value("SELECT current_setting('shared_preload_libraries') LIKE '%pg_cron%'") ==
        "t")
      globs.emplace_back("extension *.pg_cron");
    return globs;
  }

  Validation validate(const std::vector<Database>& databases, unsigned jobs) override {
    Validation validation;
    std::vector<Piece> pieces;
    const std::vector<std::string> closed = open_closed(databases);
    for (const Database& database : databases) list_pieces(database, pieces, validation);
    std::mutex mutex;
    in_parallel(pieces.size(), jobs, [&](std::size_t i) {
      const std::optional<std::string> fault = look_at(pieces[i]);
      const std::lock_guard guard(mutex);
      (pieces[i].index ? validation.indexes : validation.tables) += 1;
      if (!fault) return;
      validation.remarks.push_back(
          {.weight = Remark::Weight::kFault, .where = pieces[i].where, .what = *fault, .cure = ""});
    });
    for (const Database& database : databases) forget_amcheck(database);
    for (const std::string& database : closed) allow_connections(database, "false");
    return validation;
  }

  Answer ask(const Question& question) override {
    const std::string database =
        question.database.empty() ? server_.maintenance_database() : question.database;
    Connection connection = connect_as(question.account, database);
    Answer answer;
    try {
      connection.run("BEGIN");
      const Result rows = connection.query(question.sql);
      if (rows.rows() > 0) answer.value = rows.optional_text(0, 0);
      connection.run("ROLLBACK");
    } catch (const SqlError& error) {
      answer.error = error.said();
      answer.refused = error.state() == kInsufficientPrivilege;
    }
    return answer;
  }

 private:
  void allow_connections(const std::string& database, const std::string& whether) {
    server_.connect(server_.maintenance_database())
        .run(fmt::format("ALTER DATABASE {} ALLOW_CONNECTIONS {}", quote_name(database), whether));
  }

  /// Those that let nobody in do so for a while.
  std::vector<std::string> open_closed(const std::vector<Database>& databases) {
    Connection connection = server_.connect(server_.maintenance_database());
    std::vector<std::string> closed;
    for (const Database& database : databases) {
      const Result found = connection.query(
          "SELECT 1 FROM pg_database WHERE datname = $1 AND NOT datallowconn", {database.name});
      if (found.rows() == 0) continue;
      allow_connections(database.name, "true");
      closed.push_back(database.name);
    }
    return closed;
  }

  void forget_amcheck(const Database& database) const {
    Connection connection = server_.connect(database.name, database.encoding);
    connection.run("SET client_min_messages = error");
    connection.run("DROP SCHEMA IF EXISTS vya_drill CASCADE");
  }

  void list_pieces(const Database& database, std::vector<Piece>& pieces, Validation& validation) {
    Connection connection = server_.connect(database.name, database.encoding);
    const std::string where = "database " + quote_name(database.name);
    try {
      connection.run("SET client_min_messages = error");
      connection.run("CREATE SCHEMA vya_drill; CREATE EXTENSION amcheck SCHEMA vya_drill");
    } catch (const SqlError& error) {
      validation.remarks.push_back({.weight = Remark::Weight::kNotice,
                                    .where = where,
                                    .what = "has indexes that were not looked at, because amcheck "
                                            "cannot be had: " +
                                            error.said(),
                                    .cure = "Install the server's package of additional modules."});
      return;
    }
    connection.each(
        "SELECT c.oid, c.relkind, n.nspname || '.' || c.relname FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = "
        "c.oid"
        " LEFT JOIN pg_am a ON a.oid = c.relam"
        " WHERE n.nspname <> 'vya_drill' AND c.relpersistence = 'p' AND"
        " (c.relkind = 'i' AND a.amname = 'btree' AND i.indisready AND i.indisvalid"
        " OR c.relkind IN ('r', 'm', 't') AND a.amname = 'heap')"
        " ORDER BY c.relpages DESC",
        [&](const Result& row) { add_piece(database, connection.server_version(), row, pieces); });
  }

  static void add_piece(const Database& database, int version, const Result& row,
                        std::vector<Piece>& pieces) {
    const std::string oid = row.text(0, 0);
    const bool index = row.text(0, 1) == "i";
    const std::string where = fmt::format("{} {} of database {}", index ? "index" : "table",
                                          row.text(0, 2), quote_name(database.name));
    if (index) {
      pieces.push_back({.database = database,
                        .sql = "SELECT vya_drill.bt_index_check(" + oid + "::regclass, true)",
                        .where = where,
                        .index = true});
    } else if (version >= kHeapCheckSince) {
      pieces.push_back({.database = database,
                        .sql = "SELECT msg FROM vya_drill.verify_heapam(" + oid + "::regclass)",
                        .where = where});
    }
  }

  std::optional<std::string> look_at(const Piece& piece) {
    Connection connection = idle_.take(server_, piece.database);
    try {
      const Result rows = connection.query(piece.sql);
      idle_.keep(std::move(connection));
      if (piece.index || rows.rows() == 0) return std::nullopt;
      return "is damaged: " + rows.text(0, 0);
    } catch (const SqlError& error) {
      return "is damaged: " + error.said();
    }
  }

  /// A role that may log in does, where it is let in: then it has the settings of its own.
  Connection connect_as(const std::string& account, const std::string& database) {
    Connection ours(server_.address(), database, {});
    if (account.empty()) return ours;
    const Result login =
        ours.query("SELECT rolcanlogin FROM pg_roles WHERE rolname = $1", {account});
    if (login.rows() == 0)
      throw Error(Fault::kNotFound, fmt::format("there is no role '{}'", account));
    if (login.text(0, 0) == "t") {
      Address theirs = server_.address();
      theirs.user = account;
      theirs.password = Secret();
      try {
        return Connection(theirs, database, {});
      } catch (const Error& error) {
        if (error.fault() != Fault::kCredentials) throw;
      }
    }
    ours.run("SET SESSION AUTHORIZATION " + quote_name(account));
    return ours;
  }

  Server server_;
  IdleConnections idle_;
};

}  // namespace

std::unique_ptr<Probe> make_probe(Address address, std::string maintenance_database) {
  return std::make_unique<PgProbe>(std::move(address), std::move(maintenance_database));
}

}  // namespace vya::pg
