#include "engine/mysql/server.h"

#include <fmt/format.h>

#include "base/log.h"

namespace vya::mysql {

namespace {

/// MySQL's identity is made with its data folder, MariaDB's of machine and port; a server that has
/// neither is known by its name.
std::string system_id(const Flavor& flavor) {
  for (const char* variable : {"server_uuid", "server_uid"}) {
    if (flavor.has(variable)) return flavor.variable(variable);
  }
  return fmt::format("{}:{}", flavor.variable("hostname"), flavor.variable("port"));
}

bool is_replica(Connection& connection) {
  try {
    return !connection.query("SHOW REPLICA STATUS").empty();
  } catch (const SqlError&) {  // without the privilege nobody knows
    return false;
  }
}

}  // namespace

Server::Server(Address address) : address_(std::move(address)) {
  Connection connection(address_);
  flavor_ = read_flavor(connection);
  facts_ = {.product = flavor_.product(),
            .version = flavor_.version,
            .major = flavor_.major,
            .system_id = system_id(flavor_),
            .standby = is_replica(connection)};
}

std::unique_ptr<Connection> Server::connect(const std::function<void()>& check) const {
  auto connection = std::make_unique<Connection>(address_);
  connection->watch_with(check);
  for (const std::string& statement : dump_settings(flavor_)) connection->run(statement);
  return connection;
}

std::unique_ptr<Connection> Server::connect_to_load(BinaryLog log) const {
  auto connection = std::make_unique<Connection>(address_, LocalRows::kOurs);
  LoadSettings settings = load_settings(flavor_);
  if (log == BinaryLog::kSpared) settings.optional.emplace_back("SET SESSION sql_log_bin = 0");
  for (const std::string& statement : settings.needed) connection->run(statement);
  for (const std::string& statement : settings.optional) {
    try {
      connection->run(statement);
    } catch (const SqlError& error) {
      if (!is_privilege_missing(error.number())) throw;
      log_event(LogLevel::kDebug, "setting not allowed", {{"statement", statement}});
    }
  }
  return connection;
}

}  // namespace vya::mysql
