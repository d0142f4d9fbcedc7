#include "tests/world/mysql.h"

#include <mysql.h>
#include <signal.h>

#include <utility>

#include "base/error.h"
#include "tests/world/free_port.h"
#include "tests/world/postgres_data.h"

namespace vya::world {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStartLimit{120'000};  // sanitizers and a busy machine
constexpr milliseconds kPollEvery{20};
constexpr int kStartAttempts = 5;
constexpr std::size_t kLogShown = 2000;

struct MysqlFree {
  void operator()(MYSQL* connection) const noexcept { mysql_close(connection); }
  void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};
using MysqlConnection = std::unique_ptr<MYSQL, MysqlFree>;

MysqlConnection connect_as_root(const std::string& socket) {
  MysqlConnection connection(mysql_init(nullptr));
  mysql_options(connection.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (mysql_real_connect(connection.get(), "localhost", "root", "", nullptr, 0, socket.c_str(),
                         CLIENT_MULTI_STATEMENTS) == nullptr) {
    return nullptr;
  }
  return connection;
}

std::vector<TextRow> rows_of(MYSQL_RES* result) {
  std::vector<TextRow> rows;
  while (MYSQL_ROW row = mysql_fetch_row(result)) {
    const unsigned long* lengths = mysql_fetch_lengths(result);
    TextRow& fields = rows.emplace_back();
    for (unsigned i = 0; i < mysql_num_fields(result); ++i)
      fields.emplace_back(row[i] == nullptr ? "" : std::string(row[i], lengths[i]));
  }
  return rows;
}

MysqlPrograms require_mysql(const MysqlVersion& version) {
  const auto found = find_mysql(version);
  if (!found) throw Error(Fault::kNotFound, to_text(version) + " is not installed");
  return *found;
}

}  // namespace

MysqlServer::MysqlServer(MysqlOptions options)
    : options_(std::move(options)), programs_(require_mysql(options_.version)) {
  give_to_server_user(folder_.path());
  copy_or_make_mysql_data(programs_, options_.version, data());
  start_on_free_port();
}

MysqlServer::~MysqlServer() {
  if (!server_) return;
  server_->signal(SIGKILL);
  server_->ended_within(kStartLimit);
}

void MysqlServer::start_on_free_port() {
  if (options_.listen == Listen::kSocket) return start();
  for (int attempt = 1;; ++attempt) {
    port_ = static_cast<unsigned>(free_port());
    try {
      return start();
    } catch (const Error&) {  // somebody may have taken the port meanwhile
      if (attempt == kStartAttempts) throw;
    }
  }
}

void MysqlServer::start() {
  if (server_) return;
  std::vector<std::string> line = {
      programs_.server, "--no-defaults", "--datadir=" + data().string(),
      // Its own: a server that starts removes what it finds there.
      "--tmpdir=" + folder_.path().string(), "--socket=" + socket(),
      "--pid-file=" + (folder_ / "pid").string(),
      "--log-error=" + (folder_ / "server.log").string(), "--innodb-buffer-pool-size=32M",
      "--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0", "--performance-schema=ON"};
  for (const std::string& option : programs_.own_files()) line.push_back(option);
  if (mariadb()) {
    line.insert(line.end(), {"--innodb-flush-method=nosync", "--innodb-log-file-size=8M"});
  } else {
    line.insert(line.end(), {"--mysqlx=OFF", "--innodb-redo-log-capacity=8M"});
  }
  if (options_.listen == Listen::kSocket) {
    line.emplace_back("--skip-networking");
  } else {
    line.insert(line.end(), {"--bind-address=127.0.0.1", "--port=" + std::to_string(port_)});
  }
  line.insert(line.end(), options_.arguments.begin(), options_.arguments.end());
  Start command = as_server_user(line);
  command.folder = folder_.path();
  server_ = std::make_unique<Program>(command);
  wait_until_ready();
}

void MysqlServer::wait_until_ready() {
  const auto limit = std::chrono::steady_clock::now() + kStartLimit;
  while (!connect_as_root(socket())) {
    const bool ended = server_->ended_within(kPollEvery);
    if (!ended && std::chrono::steady_clock::now() < limit) continue;
    server_->signal(SIGKILL);
    std::string said = server_->wait().errors + log();
    server_.reset();
    if (said.size() > kLogShown) said.erase(0, said.size() - kLogShown);
    throw Error(Fault::kInternal, "cannot start " + programs_.version + " in '" +
                                      folder_.path().string() + "': " + said);
  }
}

void MysqlServer::stop(Stop how) {
  if (!server_) return;
  server_->signal(how == Stop::kFast ? SIGTERM : SIGKILL);
  server_->wait();
  server_.reset();
}

void MysqlServer::restart(Stop how) {
  stop(how);
  start();
}

std::vector<TextRow> MysqlServer::query(const std::string& sql) const {
  const MysqlConnection connection = connect_as_root(socket());
  if (!connection) throw Error(Fault::kConnection, "cannot connect to '" + socket() + "'");
  int more = mysql_real_query(connection.get(), sql.data(), sql.size());
  std::vector<TextRow> rows;
  while (more == 0) {
    const std::unique_ptr<MYSQL_RES, MysqlFree> result(mysql_store_result(connection.get()));
    rows = result ? rows_of(result.get()) : std::vector<TextRow>{};
    more = mysql_next_result(connection.get());
  }
  if (mysql_errno(connection.get()) != 0)
    throw Error(Fault::kSql,
                std::string(mysql_error(connection.get())) + " in: " + sql.substr(0, 300));
  return rows;
}

std::string MysqlServer::value(const std::string& sql) const {
  const std::vector<TextRow> rows = query(sql);
  if (rows.size() != 1 || rows[0].size() != 1)
    throw Error(Fault::kSql, "'" + sql + "' did not give exactly one field");
  return rows[0][0];
}

std::string MysqlServer::log() const { return read_file(folder_ / "server.log").value_or(""); }

}  // namespace vya::world
