#include "tests/world/postgres.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <thread>

#include "tests/world/free_port.h"
#include "tests/world/postgres_data.h"

namespace vya::world {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStartLimit{60'000};  // sanitizers and a busy machine
constexpr milliseconds kPollEvery{10};
constexpr int kStartAttempts = 5;
constexpr std::size_t kLogShown = 2000;

using PgConnection = std::unique_ptr<PGconn, pg::PqFree>;
using PgResult = std::unique_ptr<PGresult, pg::PqFree>;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void append(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::app);
  file << text << std::flush;
  if (!file) throw Error(Fault::kInternal, "cannot write '" + path.string() + "'");
}

std::vector<TextRow> rows_of(const PGresult* result) {
  std::vector<TextRow> rows;
  for (int row = 0; row < PQntuples(result); ++row) {
    TextRow& fields = rows.emplace_back();
    for (int column = 0; column < PQnfields(result); ++column) {
      fields.emplace_back(PQgetvalue(result, row, column), PQgetlength(result, row, column));
    }
  }
  return rows;
}

}  // namespace

PostgresServer::PostgresServer(PostgresOptions options) : options_(std::move(options)) {
  const auto bin = newest_postgres_bin(options_.major);
  if (!bin) {
    throw Error(Fault::kNotFound,
                "PostgreSQL " + std::to_string(options_.major) + " is not installed");
  }
  bin_ = *bin;
  give_to_server_user(folder_.path());
  make_data_folder();
  configure();
  start_on_free_port();
}

void PostgresServer::make_data_folder() {
  if (options_.standby_of == nullptr) {
    return copy_or_make_data(
        {bin_, options_.superuser, options_.encoding, options_.locale, options_.initdb},
        options_.data, data());
  }
  const PostgresServer& primary = *options_.standby_of;
  Start command =
      as_server_user({bin_ / "pg_basebackup", "-D", data(), "-R", "--checkpoint=fast", "--no-sync",
                      "-h", primary.host(), "-p", primary.port(), "-U", primary.superuser()});
  command.folder = folder_.path();
  const Ended ended = run(command);
  if (ended.status != 0) throw Error(Fault::kInternal, "cannot make a standby: " + ended.errors);
}

PostgresServer::~PostgresServer() {
  if (!server_) return;
  server_->signal(SIGQUIT);
  server_->ended_within(kStartLimit);
}

void PostgresServer::configure() {
  add_conf({"unix_socket_directories = '" + host() + "'", "fsync = off", "full_page_writes = off",
            "shared_buffers = 32MB", "max_connections = 50"});
  add_conf(options_.conf);
  std::ofstream hba(data() / "pg_hba.conf", std::ios::trunc);
  hba << joined(options_.hba) << "local all \"" << options_.superuser << "\" trust\n"
      << "local replication \"" << options_.superuser << "\" trust\n"
      << "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n";
}

void PostgresServer::add_conf(const std::vector<std::string>& lines) {
  append(data() / "postgresql.conf", joined(lines));
}

void PostgresServer::start_on_free_port() {
  if (options_.listen == Listen::kSocket) return start();
  for (int attempt = 1;; ++attempt) {
    port_ = free_port();
    try {
      return start();
    } catch (const Error&) {  // somebody may have taken the port meanwhile
      if (attempt == kStartAttempts) throw;
    }
  }
}

void PostgresServer::start() {
  if (server_) return;
  const std::string listen = options_.listen == Listen::kLoopback ? "127.0.0.1" : "";
  Start command = as_server_user(
      {bin_ / "postgres", "-D", data(), "-p", port(), "-c", "listen_addresses=" + listen});
  command.folder = folder_.path();
  server_ = std::make_unique<Program>(command);
  wait_until_ready();
}

void PostgresServer::wait_until_ready() {
  const std::string folder = host();
  const std::string port_text = port();
  const std::array<const char*, 5> keywords = {"host", "port", "user", "dbname", nullptr};
  const std::array<const char*, 5> values = {folder.c_str(), port_text.c_str(), superuser().c_str(),
                                             "postgres", nullptr};
  const auto limit = std::chrono::steady_clock::now() + kStartLimit;
  while (PQpingParams(keywords.data(), values.data(), 0) != PQPING_OK) {
    const bool ended = server_->ended_within(kPollEvery);
    if (!ended && std::chrono::steady_clock::now() < limit) continue;
    server_->signal(SIGQUIT);
    std::string said = server_->wait().errors;
    server_.reset();
    if (said.size() > kLogShown) said.erase(0, said.size() - kLogShown);
    throw Error(Fault::kInternal, "cannot start PostgreSQL in '" + host() + "': " + said);
  }
}

void PostgresServer::stop(Stop how) {
  if (!server_) return;
  server_->signal(how == Stop::kFast ? SIGINT : SIGQUIT);
  append(folder_ / "server.log", server_->wait().errors);
  server_.reset();
}

void PostgresServer::restart(Stop how) {
  stop(how);
  start();
}

pg::Address PostgresServer::address() const { return address(options_.superuser, ""); }

pg::Address PostgresServer::address(const std::string& user, const std::string& password) const {
  pg::Address address;
  address.host = host();
  address.port = port();
  address.user = user;
  address.password = Secret(password);
  return address;
}

std::vector<TextRow> PostgresServer::query(const std::string& database,
                                           const std::string& sql) const {
  const std::string port_text = port();
  const PgConnection connection(PQsetdbLogin(host().c_str(), port_text.c_str(), nullptr, nullptr,
                                             database.c_str(), superuser().c_str(), nullptr));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw Error(Fault::kConnection, PQerrorMessage(connection.get()));
  }
  PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
  const PgResult result(PQexec(connection.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw Error(Fault::kSql, PQresultErrorMessage(result.get()));
  }
  return rows_of(result.get());
}

std::string PostgresServer::value(const std::string& database, const std::string& sql) const {
  const std::vector<TextRow> rows = query(database, sql);
  if (rows.size() != 1 || rows[0].size() != 1) {
    throw Error(Fault::kSql, "'" + sql + "' did not give exactly one field");
  }
  return rows[0][0];
}

std::filesystem::path PostgresServer::make_folder(const std::string& name) const {
  const std::filesystem::path made = folder() / name;
  // The program reads what it is given: else the server may be told of a broken pipe.
  query("postgres",
        "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null && mkdir \"" + made.string() + "\"'");
  return made;
}

void PostgresServer::run_sql_file(const std::string& database,
                                  const std::filesystem::path& file) const {
  const Ended ended =
      run_client("psql", {"-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", file});
  if (ended.status != 0) throw Error(Fault::kSql, "psql failed: " + ended.errors);
}

Ended PostgresServer::run_client(const std::string& name, std::vector<std::string> arguments,
                                 int least_major) const {
  return run({.program = client_program(name, std::max(least_major, options_.major)),
              .arguments = std::move(arguments),
              .environment = {{"PGHOST", host()}, {"PGPORT", port()}, {"PGUSER", superuser()}},
              .input = {},
              .folder = {}});
}

std::string PostgresServer::log() const {
  return read_file(folder_ / "server.log").value_or("") + (server_ ? server_->errors() : "");
}

}  // namespace vya::world
