// A connection to a PostgreSQL server, over libpq, with the session settings on which the
// fingerprint depends.
//
// Settings are given as startup options, because these beat what ALTER ROLE and ALTER DATABASE say.
// All waiting looks at the interrupt flag and cancels the statement.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/secret.h"
#include "engine/postgresql/libpq.h"
#include "stream/sink.h"

namespace vya::pg {

/// How to reach a server; empty fields are libpq's own defaults (environment, service file,
/// ~/.pgpass).
struct Address {
  std::string host;
  std::string port;
  std::string user;
  Secret password;
  std::string sslmode;
  std::string sslrootcert;
  std::string service;

  /// Where it is, for messages: `127.0.0.1:5432`.
  std::string text() const;
};

/// One session setting, given at the start of the session.
struct SessionSetting {
  std::string name;
  std::string value;
};

/// GUC set 1 (docs/format/fingerprint.md) and what else a session of ours needs; the server refuses
/// settings it does not know, so who connects keeps only those that exist there (see Server).
const std::vector<SessionSetting>& session_settings();

/// What an error of the server is about, as far as it tells.
struct SqlObject {
  std::string schema;
  std::string table;  ///< or empty
  std::string type;   ///< or empty
  std::string constraint;
};

/// An error that the server reported.
class SqlError : public Error {
 public:
  SqlError(Fault fault, std::string message, std::string state, std::string said, std::string hint,
           SqlObject object = {})
      : Error(fault, std::move(message), std::move(hint)),
        state_(std::move(state)),
        said_(std::move(said)),
        object_(std::move(object)) {}

  /// The five-character SQLSTATE, or empty when the connection itself failed.
  const std::string& state() const { return state_; }

  /// The server's own words alone, for who says better what was being done.
  const std::string& said() const { return said_; }

  const SqlObject& object() const { return object_; }

 private:
  std::string state_;
  std::string said_;
  SqlObject object_;
};

inline constexpr std::string_view kLockNotAvailable = "55P03";
inline constexpr std::string_view kInsufficientPrivilege = "42501";
inline constexpr std::string_view kUndefinedTable = "42P01";
inline constexpr std::string_view kUndefinedSchema = "3F000";

/// What the server said beside a statement's result.
struct Notice {
  std::string state;  ///< SQLSTATE
  std::string text;   ///< `WARNING: no privileges were granted for "t"`
};

/// A parameter of a statement: text, or nothing for null.
using Parameter = std::optional<std::string>;

/// What a parameter's bytes are, in libpq's numbers: what its type's input function takes, or the
/// type's binary form.
enum class ParameterFormat { kText = 0, kBinary = 1 };

class Connection {
 public:
  /// Connects to a database. Throws Error: kConnection when the server cannot be reached,
  /// kCredentials when it refuses the login, kNotFound when there is no such database. `encoding`
  /// is the client encoding of the session's statements and results.
  Connection(const Address& address, const std::string& database,
             const std::vector<SessionSetting>& settings, const std::string& encoding = "UTF8");

  /// Runs one statement and returns its rows. Throws SqlError.
  Result query(const std::string& sql, const std::vector<Parameter>& parameters = {});

  /// Runs one statement whose parameters are in the binary form of their types, and forgets its
  /// rows. Throws SqlError.
  void run_binary(const std::string& sql, const std::vector<Bytes>& parameters);

  /// Runs one statement whose parameters are in these formats, and forgets its rows. Throws
  /// SqlError.
  void run_formatted(const std::string& sql, const std::vector<Parameter>& parameters,
                     const std::vector<ParameterFormat>& formats);

  /// Runs one or more statements and forgets their rows. Throws SqlError.
  void run(const std::string& sql);

  /// The single field that a statement gives.
  std::string value(const std::string& sql, const std::vector<Parameter>& parameters = {});

  /// Runs a statement and calls `row` for each row as it arrives, so that the rows are never all in
  /// memory.
  template <typename Row>
  void each(const std::string& sql, Row row) {
    send_for_rows(sql);
    while (const std::optional<Result> next = next_row()) row(*next);
  }

  /// Runs a `COPY ... TO STDOUT` and writes its rows to the sink in blocks; does not finish the
  /// sink. Returns the number of rows. When the sink throws, the connection is closed.
  std::uint64_t copy_out(const std::string& sql, Sink& sink);

  /// Starts a `COPY ... FROM STDIN`; then copy_write any number of times, then copy_end, which
  /// returns the number of rows that the server took. Throws SqlError.
  void copy_begin(const std::string& sql);
  void copy_write(Bytes bytes);
  std::uint64_t copy_end();

  /// From now on waiting calls `check` at least twice a second instead of throw_if_interrupted();
  /// when it throws, the statement is cancelled and the connection closed.
  void watch_with(std::function<void()> check) { check_ = std::move(check); }

  /// Whether the connection is open and, as far as is known, good.
  bool good() const { return PQstatus(connection_.get()) == CONNECTION_OK; }
  /// Whether a transaction is open (also a failed one).
  bool in_transaction() const;
  /// Closes it; whatever ran is rolled back by the server.
  void close() { connection_.reset(); }

  /// The encoding of the session's database, in the server's words.
  std::string server_encoding() const {
    return PQparameterStatus(connection_.get(), "server_encoding");
  }
  /// Changes the client encoding, if it is another.
  void use_encoding(const std::string& encoding);

  int backend_pid() const { return PQbackendPID(connection_.get()); }
  int server_version() const { return PQserverVersion(connection_.get()); }
  const std::string& database() const { return database_; }

  /// Notices and warnings of the server since the last call.
  std::vector<Notice> take_notices();

 private:
  struct Sent {
    const char* value;
    std::size_t size;
    ParameterFormat format;
  };

  void send_and_forget(const std::string& sql, const std::vector<Sent>& parameters);
  std::unique_ptr<PGresult, PqFree> next_result();
  std::unique_ptr<PGresult, PqFree> last_result();
  void wait_for_input();
  void cancel() noexcept;
  void send_for_rows(const std::string& sql);
  std::optional<Result> next_row();
  [[noreturn]] void fail(const PGresult* result, const std::string& doing);

  std::string database_;
  std::string where_;
  std::function<void()> check_;
  // Outlives connection_, which writes into it.
  std::unique_ptr<std::vector<Notice>> notices_ = std::make_unique<std::vector<Notice>>();
  std::unique_ptr<PGconn, PqFree> connection_;
};

}  // namespace vya::pg
