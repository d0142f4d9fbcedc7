// The sessions that read rows, all of one moment. Lent to one thread at a time.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/mysql/connection.h"

namespace vya::mysql {

/// Lends the sessions of a snapshot. None can be made later, so one that is lost is not replaced.
/// Safe from several threads.
class RowSessions {
 public:
  /// `check` is called while waiting and may throw.
  explicit RowSessions(std::function<void()> check) : check_(std::move(check)) {}

  void fill(std::vector<std::unique_ptr<Connection>> sessions);

  /// Waits for one. Throws Error(kConnection) when all are lost.
  std::unique_ptr<Connection> borrow();

  /// Gives one back; one that is not good() is dropped. Returns how many there still are.
  std::size_t give_back(std::unique_ptr<Connection> session);

  void close();

 private:
  std::function<void()> check_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::size_t alive_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace vya::mysql
