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

std::optional<std::string> run_unless(Connection& connection, const Statement& statement,
                                      const IsExpected& is_expected) {
  log_event(LogLevel::kDebug, "statement",
            {{"database", connection.database()},
             {"what", statement.what},
             {"sql", statement.secret ? "(holds a secret)" : statement.sql}});
  try {
    connection.run(statement.sql);
    return std::nullopt;
  } catch (const SqlError& error) {
    if (error.fault() == Fault::kConnection || !is_expected(error.state()))
      fail_to(statement.what, error);
    return error.said();
  }
}

void execute(Connection& connection, const Statement& statement) {
  run_unless(connection, statement, [](const std::string&) { return false; });
}

bool execute_or_gap(Restoration& restoration, Connection& connection, const Statement& statement,
                    const IsExpected& is_gap, const std::string& kind, const std::string& name) {
  const std::optional<std::string> said = run_unless(connection, statement, is_gap);
  if (!said) return true;
  restoration.outcome.add({.kind = kind,
                           .what = name,
                           .why = "the target refuses it: " + *said,
                           .cure = statement.secret ? "" : statement.sql});
  return false;
}

bool is_denied(const std::string& state) { return state == kInsufficientPrivilege; }

bool execute_if_allowed(Restoration& restoration, Connection& connection,
                        const Statement& statement, const std::string& kind,
                        const std::string& name) {
  return execute_or_gap(restoration, connection, statement, is_denied, kind, name);
}

bool can_go_without(const std::string& state) {
  // Appendix A of the manual: insufficient resources, operator intervention that ends the session
  // (57014, a canceled statement, is none), system error, internal error.
  for (const char* trouble : {"53", "57P", "58", "XX"}) {
    if (state.starts_with(trouble)) return false;
  }
  return true;
}

void execute_label(Restoration& restoration, Connection& connection, const Statement& statement) {
  execute_or_gap(
      restoration, connection, statement,
      [](const std::string& state) { return state == kInvalidParameterValue || is_denied(state); },
      "security-label", statement.what);
}

Statement in_database(const std::string& database, Statement statement) {
  statement.what += " of database " + quote_name(database);
  return statement;
}

void for_each_database(Restoration& restoration,
                       const std::function<void(const DatabaseModel&)>& work) {
  const std::vector<DatabaseModel>& databases = restoration.backup.databases;
  in_parallel(databases.size(), restoration.jobs, [&](std::size_t i) { work(databases[i]); });
}

}  // namespace vya::pg
