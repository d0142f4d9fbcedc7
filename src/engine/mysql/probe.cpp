#include "engine/mysql/probe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <mutex>

#include "base/error.h"
#include "base/parallel.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/server.h"

namespace vya::mysql {

namespace {

constexpr const char* kProcedure = "vya_drill_question";

/// A procedure that runs a statement with an account's rights, for as long as it lives.
class Questioner {
 public:
  Questioner(Connection& connection, const std::string& database, const std::string& account,
             const std::string& statement)
      : connection_(connection), name_(quote_name(database, kProcedure)) {
    connection_.run(
        fmt::format("CREATE DEFINER={} PROCEDURE {}() SQL SECURITY DEFINER BEGIN {} END", account,
                    name_, statement));
    connection_.run(fmt::format("GRANT EXECUTE ON PROCEDURE {} TO {}", name_, account));
  }
  Questioner(const Questioner&) = delete;
  Questioner& operator=(const Questioner&) = delete;
  ~Questioner() {
    try {
      connection_.run("DROP PROCEDURE " + name_);
    } catch (const Error&) {  // the connection is lost; the server goes with the drill
    }
  }

  std::string call() const { return fmt::format("CALL {}()", name_); }

 private:
  Connection& connection_;
  std::string name_;
};

class MysqlProbe final : public Probe {
 public:
  explicit MysqlProbe(Address address) : server_(std::move(address)) {}

  std::vector<std::string> starts() override {
    return server_.flavor().is_on("event_scheduler") ? std::vector<std::string>{"event *"}
                                                     : std::vector<std::string>{};
  }

  Validation validate(const std::vector<Database>& databases, unsigned jobs) override {
    const std::vector<std::string> tables = tables_of(databases);
    Validation validation;
    std::mutex mutex;
    std::vector<std::unique_ptr<Connection>> idle;
    in_parallel(tables.size(), jobs, [&](std::size_t i) {
      std::unique_ptr<Connection> connection;
      {
        const std::lock_guard guard(mutex);
        if (!idle.empty()) {
          connection = std::move(idle.back());
          idle.pop_back();
        }
      }
      if (!connection) connection = std::make_unique<Connection>(server_.address());
      std::vector<Remark> remarks = look_at(*connection, tables[i]);
      const std::lock_guard guard(mutex);
      validation.tables += 1;
      for (Remark& remark : remarks) validation.remarks.push_back(std::move(remark));
      idle.push_back(std::move(connection));
    });
    return validation;
  }

  Answer ask(const Question& question) override {
    Connection connection(server_.address());
    const std::string database = question.database.empty() ? "mysql" : question.database;
    Connection asked(server_.address());
    require_database(connection, database);
    if (question.account.empty()) {
      asked.run("USE " + quote_name(database));
      return answer_of(asked, question.sql);
    }
    const auto [user, host] = account_of(connection, question.account);
    const std::string account = quote_text(user) + "@" + quote_text(host);
    const Questioner questioner(connection, database, account,
                                roles_of(connection, user, host) + "PREPARE asked FROM " +
                                    quote_text(question.sql) + "; EXECUTE asked;");
    return answer_of(asked, questioner.call());
  }

 private:
  static std::vector<std::string> names_of(const std::vector<Database>& databases) {
    std::vector<std::string> names;
    for (const Database& database : databases) names.push_back(quote_text(database.name));
    return names;
  }

  std::vector<std::string> tables_of(const std::vector<Database>& databases) const {
    std::vector<std::string> tables;
    if (databases.empty()) return tables;
    Connection connection(server_.address());
    for (const KeptRow& row : connection.query(fmt::format(
             "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE IN "
             "('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE') AND TABLE_SCHEMA IN ({}) "
             "ORDER BY DATA_LENGTH DESC",
             fmt::join(names_of(databases), ", ")))) {
      tables.push_back(quote_name(row[0].value_or(""), row[1].value_or("")));
    }
    return tables;
  }

  /// Table, `check`, `status` or what is wrong, and words.
  static std::vector<Remark> look_at(Connection& connection, const std::string& table) {
    std::vector<Remark> remarks;
    for (const KeptRow& row : connection.query("CHECK TABLE " + table + " EXTENDED")) {
      const std::string type = row[2].value_or("");
      const std::string said = row[3].value_or("");
      if (type == "status" || type == "info" || type == "note") continue;
      remarks.push_back(
          {.weight = type == "error" ? Remark::Weight::kFault : Remark::Weight::kNotice,
           .where = "table " + table,
           .what = fmt::format("has a{} of the server's check: {}",
                               type == "error" ? "n error" : " warning", said),
           .cure = ""});
    }
    return remarks;
  }

  static void require_database(Connection& connection, const std::string& database) {
    if (!connection
             .query("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = " +
                    quote_text(database))
             .empty())
      return;
    throw Error(Fault::kNotFound, fmt::format("there is no database '{}'", database));
  }

  /// `app@%`, or `app` where there is only one of that name.
  static std::pair<std::string, std::string> account_of(Connection& connection,
                                                        const std::string& name) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const KeptRow& row : connection.query("SELECT User, Host FROM mysql.user")) {
      const std::string user = row[0].value_or("");
      const std::string host = row[1].value_or("");
      if (user + "@" + host == name || user == name) found.emplace_back(user, host);
    }
    if (found.size() == 1) return found[0];
    throw Error(Fault::kNotFound,
                found.empty()
                    ? fmt::format("there is no account '{}'", name)
                    : fmt::format("there are several accounts '{}'; write USER@HOST", name));
  }

  /// MySQL activates default roles for a definer, MariaDB does not.
  std::string roles_of(Connection& connection, const std::string& user,
                       const std::string& host) const {
    if (!server_.flavor().mariadb()) return "";
    const std::optional<std::string> role = connection.value(
        fmt::format("SELECT default_role FROM mysql.user WHERE User = {} AND Host = {}",
                    quote_text(user), quote_text(host)));
    return role && !role->empty() ? "SET ROLE " + quote_name(*role) + "; " : "";
  }

  static Answer answer_of(Connection& connection, const std::string& sql) {
    Answer answer;
    try {
      connection.run("START TRANSACTION");
      const std::vector<KeptRow> rows = connection.query(sql);
      if (!rows.empty() && !rows[0].empty()) answer.value = rows[0][0];
    } catch (const SqlError& error) {
      answer.error = error.said();
      answer.refused = is_privilege_missing(error.number());
    }
    connection.close();  // what it changed is rolled back
    return answer;
  }

  Server server_;
};

}  // namespace

std::unique_ptr<Probe> make_probe(Address address) {
  return std::make_unique<MysqlProbe>(std::move(address));
}

}  // namespace vya::mysql
