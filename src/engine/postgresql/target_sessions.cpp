#include "engine/postgresql/target_sessions.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/log.h"
#include "engine/patient_connect.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

struct Setting {
  std::string_view name;
  std::string_view value;
};

/// Statements of a restore hold verifiers and the passwords of user mappings and subscriptions:
/// nothing of them may reach the server's log or its statistics.
constexpr std::array kQuiet = {
    Setting{"log_statement", "none"},
    Setting{"log_min_error_statement", "panic"},
    Setting{"log_min_duration_statement", "-1"},
    Setting{"log_min_duration_sample", "-1"},
    Setting{"log_transaction_sample_rate", "0"},
    Setting{"pg_stat_statements.track", "none"},
    Setting{"pgaudit.log", "none"},
};

constexpr std::array kForRestore = {
    Setting{"synchronous_commit", "off"},
    Setting{"check_function_bodies", "off"},
    Setting{"client_min_messages", "warning"},
    Setting{"lock_timeout", "0"},
};

/// Definitions, checks and refreshes may read views; the restriction is for sessions that read rows
/// of a server whose views are not to be trusted.
constexpr std::string_view kRestriction = "restrict_nonsystem_relation_kind";

std::string set(const Setting& setting) {
  return "SET " + std::string(setting.name) + " = " + quote_text(setting.value);
}

bool run_if_permitted(Connection& connection, const std::string& sql) {
  try {
    connection.run(sql);
    return true;
  } catch (const SqlError& error) {
    if (error.fault() != Fault::kPermission) throw;
    return false;
  }
}

void prepare(Connection& connection, const std::vector<SessionSetting>& known) {
  // All with one statement: a session is begun thousands of times where there are many databases.
  std::string all;
  for (const Setting& setting : kQuiet) all += set(setting) + "; ";
  if (!run_if_permitted(connection, all)) {
    for (const Setting& setting : kQuiet) run_if_permitted(connection, set(setting));
  }
  std::string for_restore;
  for (const Setting& setting : kForRestore) for_restore += set(setting) + "; ";
  connection.run(for_restore);
  if (std::ranges::find(known, kRestriction, &SessionSetting::name) != known.end()) {
    connection.run(set({kRestriction, ""}));
  }
}

std::string allow_connections(const std::string& database, std::string_view answer) {
  return "ALTER DATABASE " + quote_name(database) + " ALLOW_CONNECTIONS " + std::string(answer);
}

}  // namespace

TargetSession::~TargetSession() {
  if (connection_) from_->give_back(std::move(*connection_));
}

TargetSession TargetSessions::borrow(const std::string& database, Texts texts) {
  std::optional<Connection> session = take_idle(database);
  try {
    if (!session) session = is_closed(database) ? open_closed(database) : open(database);
    session->use_encoding(encoding_for(*session, texts));
    return {*this, std::move(*session)};
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --lent_;
    throw;
  }
}

std::optional<Connection> TargetSessions::take_idle(const std::string& database) {
  const std::lock_guard lock(mutex_);
  ++lent_;
  const auto found = std::ranges::find(idle_, database, &Connection::database);
  if (found != idle_.end()) {
    std::optional<Connection> taken = std::move(*found);
    idle_.erase(found);
    return taken;
  }
  while (!idle_.empty() && lent_ + idle_.size() > most_) idle_.pop_front();
  return std::nullopt;
}

bool TargetSessions::is_closed(const std::string& database) {
  const std::lock_guard lock(mutex_);
  return closed_.contains(database);
}

void TargetSessions::close_idle(const std::string& database) {
  const std::lock_guard lock(mutex_);
  std::erase_if(idle_, [&](const Connection& idle) { return idle.database() == database; });
}

void TargetSessions::mark_closed(const std::string& database) {
  const std::lock_guard lock(mutex_);
  closed_.insert(database);
}

std::string TargetSessions::encoding_for(const Connection& connection, Texts texts) const {
  if (texts == Texts::kAsTheyAre) return connection.server_encoding();
  const auto found = encodings_.find(connection.database());
  return found != encodings_.end() && found->second == "SQL_ASCII" ? "SQL_ASCII" : "UTF8";
}

Connection TargetSessions::open(const std::string& database) {
  const auto found = encodings_.find(database);
  const std::string encoding = found == encodings_.end() ? "UTF8" : found->second;
  Connection connection = connect_patiently([&] { return server_.connect(database, encoding); });
  prepare(connection, server_.settings());
  if (!fires_triggers_) connection.run(set({"session_replication_role", "replica"}));
  return connection;
}

Connection TargetSessions::open_closed(const std::string& database) {
  const std::lock_guard lock(opening_);
  Connection elsewhere = server_.connect(another_database(server_, database));
  elsewhere.run(allow_connections(database, "true"));
  try {
    Connection connection = open(database);
    elsewhere.run(allow_connections(database, "false"));
    return connection;
  } catch (...) {
    elsewhere.run(allow_connections(database, "false"));
    throw;
  }
}

void TargetSessions::give_back(Connection connection) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    --lent_;
    for (const Notice& notice : connection.take_notices()) {
      log_event(LogLevel::kInfo, "server notice",
                {{"database", connection.database()}, {"text", notice.text}});
    }
    const bool is_idle = connection.good() && !connection.in_transaction();
    if (is_idle && idle_.size() < most_) idle_.push_back(std::move(connection));
  } catch (...) {  // out of memory: the session is closed instead of kept
  }
}

std::string another_database(const Server& server, const std::string& database) {
  if (server.maintenance_database() != database) return server.maintenance_database();
  return database == "template1" ? "postgres" : "template1";
}

}  // namespace vya::pg
