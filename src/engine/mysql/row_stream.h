// Rows on their way to a thread that feeds them to a server, a few blocks ahead of it.
//
// A sink is pushed to, and the library that sends LOAD DATA pulls: so a statement that is under way
// needs a thread of its own. It also overlaps decompression with sending.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "engine/mysql/infile.h"

namespace vya::mysql {

class RowStream {
 public:
  /// What the thread does with the rows: reads them to their end.
  using Work = std::function<void(const InfileReader& rows)>;

  explicit RowStream(Work work);
  RowStream(const RowStream&) = delete;
  RowStream& operator=(const RowStream&) = delete;
  /// Abandons what is not finished: the reader throws.
  ~RowStream();

  /// Hands on a block, and waits while there are many. Throws what the work threw.
  void give(std::string block);

  /// Says that all was given, and waits for the work's end. Throws what the work threw.
  void finish();

 private:
  enum class State { kGiving, kAllGiven, kAbandoned };

  std::size_t take(std::span<char> buffer);
  void end_with(State state);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> blocks_;
  State state_ = State::kGiving;
  bool ended_ = false;         ///< the work
  std::exception_ptr failed_;  ///< what it threw
  std::string current_;        ///< of the thread: the block that is being read
  std::size_t at_ = 0;
  std::jthread thread_;
};

}  // namespace vya::mysql
