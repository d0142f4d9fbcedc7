#include "engine/postgresql/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <utility>

#include "base/interrupt.h"
#include "engine/postgresql/quote.h"
#include "stream/gather.h"

namespace vya::pg {

namespace {

constexpr int kWakeMilliseconds = 500;  // so that an interrupt is seen while we wait

/// libpq's messages end with a line feed and may have several, indented lines; ours have one.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == '\n' || c == '\t' || c == ' ';
    if (space && (line.empty() || line.back() == ' ')) continue;
    line += space ? ' ' : c;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string field(const PGresult* result, int code) {
  const char* text = result ? PQresultErrorField(result, code) : nullptr;
  return text ? text : "";
}

/// What an SQLSTATE means for the exit status.
Fault fault_of(std::string_view state) {
  if (state.starts_with("08") || state.starts_with("57P")) return Fault::kConnection;
  if (state.starts_with("28")) return Fault::kCredentials;
  if (state == "3D000") return Fault::kNotFound;
  if (state == "42501") return Fault::kPermission;
  return Fault::kSql;
}

std::string options_text(const std::vector<SessionSetting>& settings) {
  std::string text;
  for (const SessionSetting& setting : settings) {
    text += " -c " + setting.name + "=";
    for (const char c : setting.value) {
      if (c == ' ' || c == '\\') text += '\\';
      text += c;
    }
  }
  return text;
}

/// The name that a session has for others. libpq sends one after the options, where it would win.
std::string application_name(const std::vector<SessionSetting>& settings) {
  const auto named = std::ranges::find(settings, "application_name", &SessionSetting::name);
  return named == settings.end() ? "vya" : named->value;
}

/// Keywords and values for PQconnectdbParams; values must outlive it.
struct ConnectionParameters {
  std::vector<const char*> keywords;
  std::vector<const char*> values;

  void add(const char* keyword, const std::string& value) {
    if (value.empty()) return;
    keywords.push_back(keyword);
    values.push_back(value.c_str());
  }
};

/// libpq reports a refused login only as text until the server has spoken; these are the server's
/// and libpq's words.
bool is_about_credentials(std::string_view message) {
  for (const std::string_view words :
       {"password authentication failed", "no password supplied", "authentication failed",
        "no pg_hba.conf entry", "pg_hba.conf rejects", "requires a valid client certificate"}) {
    if (message.find(words) != std::string_view::npos) return true;
  }
  return message.find("role \"") != std::string_view::npos &&
         (message.find("does not exist") != std::string_view::npos ||
          message.find("is not permitted to log in") != std::string_view::npos);
}

Error connection_error(const Address& address, const std::string& database,
                       const std::string& said) {
  const std::string message =
      fmt::format("cannot connect to database '{}' of {}: {}", database, address.text(), said);
  if (said.find("database \"") != std::string::npos &&
      said.find("does not exist") != std::string::npos) {
    return Error(Fault::kNotFound, message,
                 "Name an existing database in the instance's key 'database'.");
  }
  if (is_about_credentials(said)) {
    return Error(Fault::kCredentials, message,
                 "Check the instance's user and password, and the server's pg_hba.conf.");
  }
  return Error(Fault::kConnection, message,
               "Check that the server runs and the instance's host and port.");
}

}  // namespace

std::string Address::text() const {
  if (!service.empty()) return "service '" + service + "'";
  const std::string shown = host.empty() ? "the default host" : "'" + host + "'";
  return port.empty() ? shown : shown + " port " + port;
}

std::string Result::text(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::optional<std::string> Result::optional_text(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return text(row, column);
}

bool Result::flag(int row, int column) const {
  return PQgetvalue(result_.get(), row, column)[0] == 't';
}

std::int64_t Result::number(int row, int column) const {
  const char* begin = PQgetvalue(result_.get(), row, column);
  const char* end = begin + PQgetlength(result_.get(), row, column);
  std::int64_t value = 0;
  if (std::from_chars(begin, end, value).ptr != end || begin == end) {
    throw Error(Fault::kInternal,
                fmt::format("the server gave '{}' where a number was expected", begin));
  }
  return value;
}

std::uint64_t Result::touched() const {
  std::uint64_t count = 0;
  const std::string_view text = PQcmdTuples(result_.get());
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

Connection::Connection(const Address& address, const std::string& database,
                       const std::vector<SessionSetting>& settings, const std::string& encoding)
    : database_(database), where_(address.text()), check_(throw_if_interrupted) {
  const std::string options = options_text(settings);
  ConnectionParameters parameters;
  parameters.add("service", address.service);
  parameters.add("host", address.host);
  parameters.add("port", address.port);
  parameters.add("user", address.user);
  parameters.add("password", address.password.reveal());
  parameters.add("sslmode", address.sslmode);
  parameters.add("sslrootcert", address.sslrootcert);
  parameters.add("dbname", database);
  parameters.add("client_encoding", encoding);
  parameters.add("options", options);
  const std::array<std::pair<const char*, std::string>, 7> fixed = {
      {{"application_name", application_name(settings)},
       {"connect_timeout", "15"},
       {"keepalives", "1"},
       {"keepalives_idle", "30"},
       {"keepalives_interval", "10"},
       {"keepalives_count", "6"},
       {"tcp_user_timeout", "120000"}}};
  for (const auto& [keyword, value] : fixed) parameters.add(keyword, value);
  parameters.keywords.push_back(nullptr);
  parameters.values.push_back(nullptr);

  connection_.reset(PQconnectdbParams(parameters.keywords.data(), parameters.values.data(), 0));
  if (!connection_) throw Error(Fault::kInternal, "out of memory");
  if (!good())
    throw connection_error(address, database, on_one_line(PQerrorMessage(connection_.get())));
  PQsetNoticeReceiver(
      connection_.get(),
      [](void* list, const PGresult* notice) noexcept {
        try {
          static_cast<std::vector<std::string>*>(list)->push_back(
              field(notice, PG_DIAG_SEVERITY) + ": " + field(notice, PG_DIAG_MESSAGE_PRIMARY));
        } catch (...) {  // a notice that finds no memory is lost, not fatal
        }
      },
      notices_.get());
}

std::vector<std::string> Connection::take_notices() { return std::exchange(*notices_, {}); }

bool Connection::in_transaction() const {
  return PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

void Connection::fail(const PGresult* result, const std::string& doing) {
  const std::string state = field(result, PG_DIAG_SQLSTATE);
  std::string said = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (said.empty())
    said = connection_ ? on_one_line(PQerrorMessage(connection_.get())) : "it is closed";
  for (const int code : {PG_DIAG_MESSAGE_DETAIL, PG_DIAG_CONTEXT}) {
    if (const std::string more = field(result, code); !more.empty()) said += " (" + more + ")";
  }
  const bool lost = !good();
  const Fault fault = lost || state.empty() ? Fault::kConnection : fault_of(state);
  std::string hint = field(result, PG_DIAG_MESSAGE_HINT);
  if (lost) {
    hint = "The server ended the connection or the network did; the server's log tells which.";
  } else if (hint.empty() && fault == Fault::kPermission) {
    hint = "Give the instance's user the right, or name a superuser, who has it.";
  }
  throw SqlError(
      fault, fmt::format("cannot {} in database '{}' of {}: {}", doing, database_, where_, said),
      state, said, hint);
}

void Connection::cancel() noexcept {
  const std::unique_ptr<PGcancel, PqFree> handle(PQgetCancel(connection_.get()));
  std::array<char, 256> error{};
  if (handle) PQcancel(handle.get(), error.data(), error.size());
}

void Connection::wait_for_input() {
  try {
    check_();
  } catch (...) {
    cancel();
    close();
    throw;
  }
  pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
  if (::poll(&waiting, 1, kWakeMilliseconds) < 0 && errno != EINTR) {
    throw system_error(Fault::kInternal, "cannot wait for the server", errno);
  }
  if (waiting.revents != 0 && PQconsumeInput(connection_.get()) == 0)
    fail(nullptr, "read an answer");
}

std::unique_ptr<PGresult, PqFree> Connection::next_result() {
  if (!connection_) fail(nullptr, "use the connection");
  while (PQisBusy(connection_.get()) != 0) wait_for_input();
  return std::unique_ptr<PGresult, PqFree>(PQgetResult(connection_.get()));
}

std::unique_ptr<PGresult, PqFree> Connection::last_result() {
  std::unique_ptr<PGresult, PqFree> kept;
  while (std::unique_ptr<PGresult, PqFree> result = next_result()) {
    // An error is what matters, wherever among the results it is.
    if (!kept || PQresultStatus(kept.get()) != PGRES_FATAL_ERROR) kept = std::move(result);
    const ExecStatusType status = PQresultStatus(kept.get());
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) break;
  }
  return kept;
}

namespace {

std::string shown(const std::string& sql) { return "'" + abbreviated(sql) + "'"; }

bool is_fine(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

Result Connection::query(const std::string& sql, const std::vector<Parameter>& parameters) {
  std::vector<const char*> values;
  for (const Parameter& parameter : parameters)
    values.push_back(parameter ? parameter->c_str() : nullptr);
  if (!connection_ ||
      PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                        values.data(), nullptr, nullptr, 0) == 0) {
    fail(nullptr, "run " + shown(sql));
  }
  std::unique_ptr<PGresult, PqFree> result = last_result();
  if (!result || !is_fine(result.get())) fail(result.get(), "run " + shown(sql));
  return Result(std::move(result));
}

void Connection::run_binary(const std::string& sql, const std::vector<Bytes>& parameters) {
  constexpr int kBinary = 1;
  std::vector<const char*> values;
  std::vector<int> lengths;
  const std::vector<int> formats(parameters.size(), kBinary);
  for (const Bytes parameter : parameters) {
    // A null pointer would be a null.
    values.push_back(parameter.empty() ? "" : reinterpret_cast<const char*>(parameter.data()));
    lengths.push_back(static_cast<int>(parameter.size()));
  }
  if (!connection_ ||
      PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                        values.data(), lengths.data(), formats.data(), 0) == 0) {
    fail(nullptr, "run " + shown(sql));
  }
  const std::unique_ptr<PGresult, PqFree> result = last_result();
  if (!result || !is_fine(result.get())) fail(result.get(), "run " + shown(sql));
}

void Connection::run(const std::string& sql) {
  if (!connection_ || PQsendQuery(connection_.get(), sql.c_str()) == 0)
    fail(nullptr, "run " + shown(sql));
  const std::unique_ptr<PGresult, PqFree> result = last_result();
  if (!result || !is_fine(result.get())) fail(result.get(), "run " + shown(sql));
}

std::string Connection::value(const std::string& sql, const std::vector<Parameter>& parameters) {
  const Result result = query(sql, parameters);
  if (result.rows() != 1) {
    throw Error(Fault::kInternal,
                fmt::format("{} gave {} rows instead of one", shown(sql), result.rows()));
  }
  return result.text(0, 0);
}

void Connection::send_for_rows(const std::string& sql) {
  if (!connection_ || PQsendQuery(connection_.get(), sql.c_str()) == 0 ||
      PQsetSingleRowMode(connection_.get()) == 0) {
    fail(nullptr, "run " + shown(sql));
  }
}

std::optional<Result> Connection::next_row() {
  std::unique_ptr<PGresult, PqFree> result = next_result();
  if (result && PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE)
    return Result(std::move(result));
  if (result && !is_fine(result.get())) {
    while (next_result()) {
    }
    fail(result.get(), "read rows");
  }
  while (result) result = next_result();
  return std::nullopt;
}

std::uint64_t Connection::copy_out(const std::string& sql, Sink& sink) {
  if (!connection_ || PQsendQuery(connection_.get(), sql.c_str()) == 0)
    fail(nullptr, "run " + shown(sql));
  {
    const std::unique_ptr<PGresult, PqFree> started = next_result();
    if (!started || PQresultStatus(started.get()) != PGRES_COPY_OUT) {
      while (next_result()) {
      }
      fail(started.get(), "run " + shown(sql));
    }
  }
  try {
    GatherSink gathered(sink);
    for (;;) {
      char* row = nullptr;
      const int length = PQgetCopyData(connection_.get(), &row, /*async=*/1);
      if (length > 0) {
        const std::unique_ptr<char, void (*)(void*)> owned(row, PQfreemem);
        gathered.write(as_bytes({row, static_cast<std::size_t>(length)}));
      } else if (length == 0) {
        wait_for_input();
      } else {
        break;
      }
    }
    gathered.flush();
  } catch (...) {
    // The server still sends; only a new connection gets us out of its COPY at once.
    if (connection_) cancel();
    close();
    throw;
  }
  std::unique_ptr<PGresult, PqFree> ended = last_result();
  if (!ended || !is_fine(ended.get())) fail(ended.get(), "run " + shown(sql));
  return Result(std::move(ended)).touched();
}

void Connection::copy_begin(const std::string& sql) {
  if (!connection_ || PQsendQuery(connection_.get(), sql.c_str()) == 0)
    fail(nullptr, "run " + shown(sql));
  const std::unique_ptr<PGresult, PqFree> started = last_result();
  if (!started || PQresultStatus(started.get()) != PGRES_COPY_IN) {
    fail(started.get(), "run " + shown(sql));
  }
}

void Connection::copy_write(Bytes bytes) {
  constexpr std::size_t kMost =
      1 << 20;  // PQputCopyData takes an int, and buffers what it is given
  throw_if_interrupted();
  while (!bytes.empty()) {
    const Bytes piece = bytes.first(std::min(bytes.size(), kMost));
    if (PQputCopyData(connection_.get(), reinterpret_cast<const char*>(piece.data()),
                      static_cast<int>(piece.size())) != 1) {
      fail(nullptr, "send rows");
    }
    bytes = bytes.subspan(piece.size());
  }
}

std::uint64_t Connection::copy_end() {
  if (PQputCopyEnd(connection_.get(), nullptr) != 1) fail(nullptr, "send rows");
  std::unique_ptr<PGresult, PqFree> ended = last_result();
  if (!ended || !is_fine(ended.get())) fail(ended.get(), "load rows");
  return Result(std::move(ended)).touched();
}

}  // namespace vya::pg
