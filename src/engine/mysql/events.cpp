#include "engine/mysql/events.h"

namespace vya::mysql {

bool shows_events(Connection& connection) {
  const bool mariadb = connection.server_version().find("MariaDB") != std::string::npos;
  return !mariadb || connection.value("SELECT @@event_scheduler") != "DISABLED";
}

}  // namespace vya::mysql
