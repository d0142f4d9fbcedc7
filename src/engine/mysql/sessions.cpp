#include "engine/mysql/sessions.h"

#include <chrono>

#include "base/error.h"

namespace vya::mysql {

namespace {

constexpr std::chrono::milliseconds kWake{500};

}  // namespace

void RowSessions::fill(std::vector<std::unique_ptr<Connection>> sessions) {
  const std::lock_guard guard(mutex_);
  idle_ = std::move(sessions);
  alive_ = idle_.size();
}

std::unique_ptr<Connection> RowSessions::borrow() {
  std::unique_lock guard(mutex_);
  while (idle_.empty()) {
    check_();  // it may tell why the sessions were given up
    if (alive_ == 0) {
      throw Error(Fault::kConnection, "cannot go on reading: all sessions of the snapshot are lost",
                  "The server's error log tells why it ended them.");
    }
    given_back_.wait_for(guard, kWake);
  }
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return session;
}

std::size_t RowSessions::give_back(std::unique_ptr<Connection> session) {
  const std::lock_guard guard(mutex_);
  if (session->good()) {
    idle_.push_back(std::move(session));
  } else {
    --alive_;
  }
  given_back_.notify_all();
  return alive_;
}

void RowSessions::close() {
  const std::lock_guard guard(mutex_);
  alive_ -= idle_.size();
  idle_.clear();
}

}  // namespace vya::mysql
