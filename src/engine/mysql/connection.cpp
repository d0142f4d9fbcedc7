#include "engine/mysql/connection.h"

#include <errmsg.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "base/interrupt.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

constexpr int kWakeMilliseconds = 500;  // so that an interrupt is seen while we wait

/// Which connection the library works for on this thread: it tells the waiting function only a
/// socket.
thread_local Connection* working_for = nullptr;

}  // namespace

/// A call into the library. What check_ threw meanwhile is thrown when the call has returned.
class Connection::Call {
 public:
  explicit Call(Connection& connection)
      : connection_(connection), before_(std::exchange(working_for, &connection)) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call() { working_for = before_; }

  void throw_if_stopped() const {
    if (!connection_.stopped_) return;
    const std::exception_ptr stopped = std::exchange(connection_.stopped_, nullptr);
    connection_.give_up();
    std::rethrow_exception(stopped);
  }

 private:
  Connection& connection_;
  Connection* before_;
};

Connection::Connection(const Address& address, LocalRows local_rows)
    : address_(address), local_rows_(local_rows), check_(throw_if_interrupted) {
  connect();
}

void Connection::connect() {
  connection_.reset(mysql_init(nullptr));
  if (!connection_) throw Error(Fault::kInternal, "out of memory");
  set_options(connection_.get());
  mysql_options(connection_.get(), MARIADB_OPT_IO_WAIT,
                reinterpret_cast<const void*>(&Connection::wait_for_socket));
  const Call call(*this);
  const bool connected =
      mysql_real_connect(connection_.get(), address_.host.c_str(), address_.user.c_str(),
                         address_.password.reveal().c_str(), nullptr, address_.port,
                         address_.socket.c_str(), CLIENT_REMEMBER_OPTIONS) != nullptr;
  call.throw_if_stopped();
  // First of all: a login that failed because the password was not told in the open has not failed
  // for its own sake.
  if (connected || offers_no_encryption()) require_encryption();
  if (!connected) fail("log in as '" + address_.user + "'");
  make_waiting_ours();
  connected_ = true;
  id_ = mysql_thread_id(connection_.get());
  server_version_ = mysql_get_server_info(connection_.get());
}

int Connection::wait_for_socket(my_socket socket, my_bool reading, int timeout) noexcept {
  if (working_for == nullptr) return 1;  // a call that does not matter: it then blocks
  return working_for->wait(socket, reading != 0, timeout);
}

/// As poll(2): more than 0 when the socket is ready, 0 when the time is up, less on errors.
int Connection::wait(my_socket socket, bool reading, int timeout) noexcept {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  const auto limit = steady_clock::now() + milliseconds(timeout);
  // While it sends over TLS the library says that it waits for reading when it cannot write.
  const bool sending = sending_ || (giving_ != nullptr && !giving_->ended());
  const auto events = static_cast<short>(sending ? POLLIN | POLLOUT : reading ? POLLIN : POLLOUT);
  for (;;) {
    try {
      check_();
    } catch (...) {
      stopped_ = std::current_exception();
      return -1;
    }
    pollfd waiting{socket, events, 0};
    const int ready = ::poll(&waiting, 1, kWakeMilliseconds);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return ready;
    if (giving_ != nullptr) return 1;  // it may be the end of the rows that waits: it tries again
    if (timeout > 0 && steady_clock::now() > limit) {
      errno = ETIMEDOUT;
      return 0;
    }
  }
}

void Connection::fail(const std::string& doing) {
  const unsigned number = connection_ ? mysql_errno(connection_.get()) : CR_SERVER_LOST;
  const std::string words = connection_ ? mysql_error(connection_.get()) : "it is closed";
  const std::string said = connection_ ? fmt::format("{} (error {}, SQLSTATE {})", words, number,
                                                     mysql_sqlstate(connection_.get()))
                                       : words;
  SqlError error(fault_of(number), fmt::format("cannot {} on {}: {}", doing, address_.text(), said),
                 number, said, hint_of(number, words));
  if (error.fault() == Fault::kConnection) close();
  throw error;
}

void Connection::close() noexcept {
  rows_.reset();
  connection_.reset();
}

void Connection::give_up() noexcept {
  if (!connection_) return;
  const std::unique_ptr<MYSQL, MysqlFree> other(connected_ ? mysql_init(nullptr) : nullptr);
  if (other) {
    try {
      set_options(other.get());
      constexpr unsigned kSeconds = 5;
      mysql_options(other.get(), MYSQL_OPT_READ_TIMEOUT, &kSeconds);
      if (mysql_real_connect(other.get(), address_.host.c_str(), address_.user.c_str(),
                             address_.password.reveal().c_str(), nullptr, address_.port,
                             address_.socket.c_str(), CLIENT_REMEMBER_OPTIONS) != nullptr) {
        const std::string sql = fmt::format("KILL QUERY {}", id_);
        mysql_real_query(other.get(), sql.data(), sql.size());
      }
    } catch (...) {  // the statement then runs until the server sees that we are gone
    }
  }
  // Freeing the rows reads what is left of them, and a closed socket has nothing left.
  ::shutdown(mysql_get_socket(connection_.get()), SHUT_RDWR);
  close();
}

void Connection::send(const std::string& sql) {
  if (!connection_) fail("run " + abbreviated(sql));
  const Call call(*this);
  sending_ = true;
  const int failed = mysql_send_query(connection_.get(), sql.data(), sql.size());
  sending_ = false;
  call.throw_if_stopped();
  if (failed != 0) fail("run " + abbreviated(sql));
  const bool refused = mysql_read_query_result(connection_.get()) != 0;
  call.throw_if_stopped();
  if (refused) fail("run " + abbreviated(sql));
}

Loaded Connection::load(const std::string& sql, Infile& infile) {
  if (!connection_) fail("run " + abbreviated(sql));
  Infile::give(connection_.get(), &infile);
  giving_ = &infile;
  const auto forget = [&] {
    giving_ = nullptr;
    if (connection_) Infile::give(connection_.get(), nullptr);
  };
  try {
    send(sql);
    forget();
  } catch (...) {
    forget();
    infile.throw_if_failed();
    throw;
  }
  const char* info = mysql_info(connection_.get());
  Loaded loaded{.records = 0, .skipped = 0, .warnings = warnings()};
  const std::string said = info == nullptr ? "" : info;  // Records: 2  Deleted: 0  Skipped: 0 ...
  const auto number = [&](std::string_view name) -> std::uint64_t {
    const std::size_t at = said.find(name);
    if (at == std::string::npos) fail("read what the server says of " + abbreviated(sql));
    return std::strtoull(said.c_str() + at + name.size(), nullptr, 10);
  };
  loaded.records = number("Records: ");
  loaded.skipped = number("Skipped: ");
  return loaded;
}

void Connection::run(const std::string& sql) {
  begin_rows(sql);
  while (next_row()) {
  }
}

std::vector<KeptRow> Connection::query(const std::string& sql) {
  std::vector<KeptRow> rows;
  each(sql, [&](const RowView& row) {
    KeptRow& kept = rows.emplace_back();
    for (unsigned i = 0; i < row.size(); ++i) kept.push_back(row.optional_text(i));
  });
  return rows;
}

std::optional<std::string> Connection::value(const std::string& sql) {
  const std::vector<KeptRow> rows = query(sql);
  if (rows.size() != 1 || rows[0].empty()) {
    throw Error(Fault::kInternal,
                fmt::format("{} gave {} rows instead of one", abbreviated(sql), rows.size()));
  }
  return rows[0][0];
}

void Connection::begin_rows(const std::string& sql) {
  send(sql);
  rows_.reset(mysql_use_result(connection_.get()));
  if (!rows_ && mysql_errno(connection_.get()) != 0) fail("run " + abbreviated(sql));
}

std::optional<RowView> Connection::next_row() {
  if (!rows_) return std::nullopt;  // a statement that gives none
  const Call call(*this);
  const MYSQL_ROW row = mysql_fetch_row(rows_.get());
  call.throw_if_stopped();
  if (row != nullptr)
    return RowView(row, mysql_fetch_lengths(rows_.get()), mysql_num_fields(rows_.get()));
  const auto ended = std::move(rows_);  // freed when the error's words are kept
  if (mysql_errno(connection_.get()) != 0) fail("read rows");
  return std::nullopt;
}

}  // namespace vya::mysql
