// A connection to a MySQL or MariaDB server, over libmariadb.
//
// All waiting looks at the interrupt flag: libmariadb asks a function of ours to wait for the
// socket, and that wakes twice a second. A statement that is given up is ended on the server by
// KILL QUERY from a second connection. The library never connects again by itself: a new session
// would not see the snapshot of the old one, and nobody would notice.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/address.h"
#include "engine/mysql/infile.h"
#include "engine/mysql/libmariadb.h"
#include "engine/mysql/sql_error.h"

namespace vya::mysql {

/// Whether a server may ask for rows by LOAD DATA LOCAL. It never gets a file.
enum class LocalRows { kNever, kOurs };

/// What a server says of a LOAD DATA.
struct Loaded {
  std::uint64_t records = 0;  ///< rows that it read
  std::uint64_t skipped = 0;  ///< of these, rows that it did not take
  unsigned warnings = 0;
};

class Connection {
 public:
  /// Connects. Statements and names are UTF-8 (utf8mb4). Throws Error: kConnection when the server
  /// cannot be reached or is not encrypted as it has to be, kCredentials when it refuses the login.
  explicit Connection(const Address& address, LocalRows local_rows = LocalRows::kNever);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  /// Runs one statement and forgets its rows. Throws SqlError.
  void run(const std::string& sql);

  /// Runs one statement and keeps its rows. Throws SqlError.
  std::vector<KeptRow> query(const std::string& sql);

  /// The single field that a statement gives; nothing for null.
  std::optional<std::string> value(const std::string& sql);

  /// Runs a LOAD DATA LOCAL whose file is `infile`, on a connection of LocalRows::kOurs. Throws
  /// SqlError, and what the infile's reader throws: then rows that were given may be there until
  /// the transaction ends.
  Loaded load(const std::string& sql, Infile& infile);

  /// How many warnings the last statement left.
  unsigned warnings() const { return mysql_warning_count(connection_.get()); }

  /// Runs a statement and calls `row` for each row as it arrives: rows are not copied and never all
  /// in memory. When `row` throws, the connection is closed; an error of the server leaves it as it
  /// is.
  template <typename Row>
  void each(const std::string& sql, const Row& row) {
    begin_rows(sql);
    try {
      while (const std::optional<RowView> next = next_row()) row(*next);
    } catch (...) {
      if (rows_) give_up();  // else the server ended them by an error, and the session goes on
      throw;
    }
  }

  /// From now on waiting calls `check` at least twice a second instead of throw_if_interrupted();
  /// when it throws, the statement is ended and the connection closed.
  void watch_with(std::function<void()> check) { check_ = std::move(check); }

  /// Whether the connection is open and, as far as is known, good.
  bool good() const { return connection_ != nullptr; }
  /// Closes it; whatever ran is rolled back by the server.
  void close() noexcept;

  /// The session's number on the server.
  unsigned long id() const { return id_; }
  /// As the server writes it: `10.11.6-MariaDB`.
  const std::string& server_version() const { return server_version_; }
  /// Whether what passes is encrypted.
  bool encrypted() const { return mysql_get_ssl_cipher(connection_.get()) != nullptr; }

 private:
  class Call;
  static int wait_for_socket(my_socket socket, my_bool reading, int timeout) noexcept;
  int wait(my_socket socket, bool reading, int timeout) noexcept;

  void connect();
  void set_options(MYSQL* connection) const;
  bool offers_no_encryption() const;
  void require_encryption() const;
  void make_waiting_ours() const;
  void send(const std::string& sql);
  void begin_rows(const std::string& sql);
  std::optional<RowView> next_row();
  void give_up() noexcept;
  [[noreturn]] void fail(const std::string& doing);

  Address address_;
  LocalRows local_rows_;
  std::function<void()> check_;
  std::unique_ptr<MYSQL, MysqlFree> connection_;
  std::unique_ptr<MYSQL_RES, MysqlFree> rows_;  ///< being read; freed before the connection
  std::exception_ptr stopped_;  ///< what check_ threw inside the library, which is C
  bool sending_ = false;
  const Infile* giving_ = nullptr;  ///< rows, while a statement that asked for them runs
  bool connected_ = false;
  unsigned long id_ = 0;
  std::string server_version_;
};

}  // namespace vya::mysql
