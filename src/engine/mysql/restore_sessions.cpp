#include "engine/mysql/restore_sessions.h"

#include "engine/mysql/quote.h"
#include "engine/patient_connect.h"

namespace vya::mysql {

RestoreSession::~RestoreSession() {
  if (connection_) from_->give_back(std::move(connection_));
}

RestoreSession RestoreSessions::borrow(const std::string& database) {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!connection) connection = connect_patiently([&] { return server_.connect_to_load(log_); });
  if (!database.empty()) connection->run("USE " + quote_name(database));
  return {*this, std::move(connection)};
}

void RestoreSessions::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (!connection->good()) return;
  try {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  } catch (...) {  // out of memory: it is closed
  }
}

}  // namespace vya::mysql
