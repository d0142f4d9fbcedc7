#include "engine/postgresql/schema_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "base/log.h"
#include "base/process.h"
#include "engine/postgresql/archive.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

class ProcessSource final : public Source {
 public:
  ProcessSource(Process& process, const std::function<void()>& check)
      : process_(process), check_(check) {}
  std::size_t read(std::span<std::byte> buffer) override { return process_.read(buffer, check_); }

 private:
  Process& process_;
  const std::function<void()>& check_;
};

/// A value in a connection string: in quotes, with quotes and backslashes escaped.
std::string conninfo_value(const std::string& value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

/// Without the password, which never stands in an argument list.
std::string conninfo(const SchemaDump& dump) {
  const Address& address = dump.server.address();
  std::string text = "dbname=" + conninfo_value(dump.database);
  const auto add = [&](const char* keyword, const std::string& value) {
    if (!value.empty()) text += fmt::format(" {}={}", keyword, conninfo_value(value));
  };
  add("service", address.service);
  add("host", address.host);
  add("port", address.port);
  add("user", address.user);
  add("sslmode", address.sslmode);
  add("sslrootcert", address.sslrootcert);
  return text;
}

/// The password that our own connections log in with, as far as it is not in a password file. A
/// child does not inherit PGPASSWORD.
Secret password_of(const Address& address) {
  const char* password = std::getenv("PGPASSWORD");
  return address.password.empty() && password != nullptr ? Secret(password) : address.password;
}

/// A line of a password file that fits every server (libpq: ~/.pgpass).
Secret password_file(const Secret& password) {
  std::string line = "*:*:*:*:";
  for (const char c : password.reveal()) {
    if (c == ':' || c == '\\') line += '\\';
    line += c;
  }
  return Secret(line + "\n");
}

std::string options_of(const Server& server) {
  std::string options;
  for (const SessionSetting& setting : server.settings()) {
    options += fmt::format("-c {}={} ", setting.name, setting.value);
  }
  return options;
}

Command command_of(const SchemaDump& dump) {
  Command command{.program = dump.program.path};
  command.arguments = {
      "--format=custom",
      "--schema-only",
      "--no-privileges",
      "--quote-all-identifiers",
      "--no-password",
      "--compress=0",
      fmt::format("--lock-wait-timeout={}", dump.lock_wait.count()),
      "--encoding=" + std::string(dump.encoding == "SQL_ASCII" ? "SQL_ASCII" : "UTF8"),
      "--dbname=" + conninfo(dump)};
  for (const Undumpable& table : dump.left_out) {
    // In quotes, what is special in a pattern is literal (psql(1), "Patterns").
    command.arguments.push_back("--exclude-table=" +
                                quote_name(table.name.schema, table.name.name));
  }
  if (!dump.snapshot_id.empty()) command.arguments.push_back("--snapshot=" + dump.snapshot_id);
  command.environment = {{"LC_ALL", "C"},
                         {"PGAPPNAME", dump.application_name},
                         {"PGOPTIONS", options_of(dump.server)}};
  if (const Secret password = password_of(dump.server.address()); !password.empty()) {
    command.secret_file = password_file(password);
    command.secret_file_variable = "PGPASSFILE";
  }
  return command;
}

/// libpq's own words, which come beside those of the server.
bool is_about_connection(const std::string& said) {
  return said.find("server closed the connection") != std::string::npos ||
         said.find("could not receive data from server") != std::string::npos ||
         said.find("connection to server ") != std::string::npos;
}

[[noreturn]] void fail(const SchemaDump& dump, int status, const std::string& said) {
  if (said.find("lock timeout") != std::string::npos ||
      said.find("LOCK TABLE") != std::string::npos) {
    throw StartOver(fmt::format(
        "the definitions of database '{}' could not be read: a statement waits for a lock",
        dump.database));
  }
  if (said.find("conflict with recovery") != std::string::npos ||
      said.find("invalid snapshot identifier") != std::string::npos) {
    throw StartOver(fmt::format("the definitions of database '{}' could not be read: {}",
                                dump.database, abbreviated(said, 200)));
  }
  std::string reason = said;
  std::ranges::replace(reason, '\n', ' ');
  throw Error(
      is_about_connection(said) ? Fault::kConnection : Fault::kSql,
      fmt::format("cannot read the definitions of database '{}': {} ended with status {}: {}",
                  dump.database, dump.program.path, status, reason));
}

}  // namespace

void dump_schema(const SchemaDump& dump, const std::function<void(Entry)>& visit) {
  const Command command = command_of(dump);
  log_event(LogLevel::kInfo, "program started",
            {{"program", command.program},
             {"arguments", fmt::format("{}", fmt::join(command.arguments, " "))}});
  Process process(command);
  ProcessSource output(process, dump.check);
  std::optional<Error> unreadable;
  try {
    read_archive(output, visit);
  } catch (const Error& e) {
    unreadable = e;  // a cut archive: pg_dump's own words, if it has any, say more
  }
  std::array<std::byte, 4096> rest{};
  while (output.read(rest) > 0) {
  }
  if (const int status = process.wait(); status != 0) fail(dump, status, process.error_output());
  if (unreadable) throw *unreadable;
}

}  // namespace vya::pg
