#include "engine/postgresql/restoration.h"

#include "base/log.h"
#include "base/parallel.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::string_view kInvalidParameterValue = "22023";

}  // namespace

void fail_to(const std::string& what, const SqlError& error) {
  const Fault fault = error.fault() == Fault::kConnection ? Fault::kConnection : Fault::kSql;
  throw Error(fault, "cannot " + what + ": " + error.said(), error.hint());
}

void execute(Connection& connection, const Statement& statement) {
  log_event(LogLevel::kDebug, "statement",
            {{"database", connection.database()},
             {"what", statement.what},
             {"sql", statement.secret ? "(holds a secret)" : statement.sql}});
  try {
    connection.run(statement.sql);
  } catch (const SqlError& error) {
    fail_to(statement.what, error);
  }
}

bool execute_or_gap(Restoration& restoration, Connection& connection, const Statement& statement, const IsGap& is_gap,
                    const std::string& kind, const std::string& name) {
  try {
    connection.run(statement.sql);
    return true;
  } catch (const SqlError& error) {
    if (error.fault() == Fault::kConnection || !is_gap(error.state())) fail_to(statement.what, error);
    restoration.outcome.add(
        {.kind = kind, .what = name, .why = "the target refuses it: " + error.said(), .cure = statement.sql});
    return false;
  }
}

void execute_label(Restoration& restoration, Connection& connection, const Statement& statement) {
  execute_or_gap(
      restoration, connection, statement, [](const std::string& state) { return state == kInvalidParameterValue; },
      "security-label", statement.what);
}

Statement in_database(const std::string& database, Statement statement) {
  statement.what += " of database " + quote_name(database);
  return statement;
}

void for_each_database(Restoration& restoration, const std::function<void(const DatabaseModel&)>& work) {
  const std::vector<DatabaseModel>& databases = restoration.backup.databases;
  in_parallel(databases.size(), restoration.jobs, [&](std::size_t i) { work(databases[i]); });
}

}  // namespace vya::pg
