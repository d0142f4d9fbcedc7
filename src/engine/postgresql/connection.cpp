#include "engine/postgresql/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/interrupt.h"
#include "engine/postgresql/quote.h"
#include "stream/gather.h"

namespace vya::pg {

namespace {

constexpr int kWakeMilliseconds = 500;  // so that an interrupt is seen while we wait

/// What an SQLSTATE means for the exit status.
Fault fault_of(std::string_view state) {
  if (state.starts_with("08") || state.starts_with("57P")) return Fault::kConnection;
  if (state.starts_with("28")) return Fault::kCredentials;
  if (state == "3D000") return Fault::kNotFound;
  if (state == "42501") return Fault::kPermission;
  return Fault::kSql;
}

std::string shown(const std::string& sql) { return "'" + abbreviated(sql) + "'"; }

}  // namespace

std::vector<Notice> Connection::take_notices() { return std::exchange(*notices_, {}); }

void Connection::use_encoding(const std::string& encoding) {
  if (PQparameterStatus(connection_.get(), "client_encoding") == encoding) return;
  run("SET client_encoding = " + quote_text(encoding));
}

bool Connection::in_transaction() const {
  return PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

void Connection::fail(const PGresult* result, const std::string& doing) {
  const std::string state = field(result, PG_DIAG_SQLSTATE);
  std::string said = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (said.empty())
    said = connection_ ? on_one_line(PQerrorMessage(connection_.get())) : "it is closed";
  for (const char code : {PG_DIAG_MESSAGE_DETAIL, PG_DIAG_CONTEXT}) {
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
      state, said, hint,
      {.schema = field(result, PG_DIAG_SCHEMA_NAME),
       .table = field(result, PG_DIAG_TABLE_NAME),
       .type = field(result, PG_DIAG_DATATYPE_NAME),
       .constraint = field(result, PG_DIAG_CONSTRAINT_NAME)});
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
  std::vector<Sent> sent;
  for (const Bytes parameter : parameters) {
    // A null pointer would be a null.
    const char* value = parameter.empty() ? "" : reinterpret_cast<const char*>(parameter.data());
    sent.push_back({value, parameter.size(), ParameterFormat::kBinary});
  }
  send_and_forget(sql, sent);
}

void Connection::run_formatted(const std::string& sql, const std::vector<Parameter>& parameters,
                               const std::vector<ParameterFormat>& formats) {
  std::vector<Sent> sent;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Parameter& parameter = parameters[i];
    sent.push_back({parameter ? parameter->c_str() : nullptr, parameter ? parameter->size() : 0,
                    formats.at(i)});
  }
  send_and_forget(sql, sent);
}

void Connection::send_and_forget(const std::string& sql, const std::vector<Sent>& parameters) {
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
  for (const Sent& parameter : parameters) {
    values.push_back(parameter.value);
    lengths.push_back(static_cast<int>(parameter.size));
    formats.push_back(static_cast<int>(parameter.format));
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
