#include "engine/postgresql/server.h"

namespace vya::pg {

namespace {

std::vector<SessionSetting> known_to(Connection& connection) {
  std::vector<SessionSetting> known;
  for (const SessionSetting& setting : session_settings()) {
    // `role` and a few others are settings that pg_settings does not list. What only a superuser
    // may set would refuse the others' login.
    if (connection
            .query("SELECT current_setting($1, true) IS NOT NULL AND (current_setting("
                   "'is_superuser') = 'on' OR NOT EXISTS (SELECT FROM pg_settings"
                   " WHERE name = $1 AND context = 'superuser'))",
                   {setting.name})
            .flag(0, 0)) {
      known.push_back(setting);
    }
  }
  return known;
}

}  // namespace

Server::Server(Address address, std::string maintenance_database)
    : address_(std::move(address)), maintenance_database_(std::move(maintenance_database)) {
  Connection first(address_, maintenance_database_, {});
  version_ = first.server_version();
  settings_ = known_to(first);
  const Result row = first.query(
      "SELECT current_setting('server_version'), pg_is_in_recovery(),"
      " (SELECT system_identifier FROM pg_control_system())");
  facts_.product = "PostgreSQL";
  facts_.version = row.text(0, 0);
  facts_.major = version_ / 10000;
  facts_.standby = row.flag(0, 1);
  facts_.system_id = row.text(0, 2);
}

Connection Server::connect(const std::string& database, const std::string& encoding) const {
  return Connection(address_, database, settings_, encoding == "SQL_ASCII" ? encoding : "UTF8");
}

}  // namespace vya::pg
