#include "engine/mysql/local_infile.h"

#include <utility>

#include "base/log.h"

namespace vya::mysql {

LocalInfile::~LocalInfile() {
  if (!connection_) return;
  try {
    connection_->watch_with([] {});  // an interrupt is no reason to leave it on
    put_back();
  } catch (...) {
    watcher_.notice("local_infile stays on on the server: SET GLOBAL local_infile = OFF");
  }
}

void LocalInfile::turn_on(const Server& server) {
  auto connection = server.connect_to_load(BinaryLog::kWritten);
  if (connection->value("SELECT @@GLOBAL.local_infile") != "0") return;
  try {
    connection->run("SET GLOBAL local_infile = ON");
    connection_ = std::move(connection);
    watcher_.notice(
        "local_infile is off on the server; it is turned on for the time of the restore");
  } catch (const SqlError& error) {
    if (error.fault() == Fault::kConnection) throw;
    log_event(LogLevel::kDebug, "local_infile stays off", {{"why", error.message()}});
  }
}

void LocalInfile::put_back() {
  if (!connection_) return;
  connection_->run("SET GLOBAL local_infile = OFF");
  connection_.reset();
}

}  // namespace vya::mysql
