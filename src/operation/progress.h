// What an operation tells while it works: phases, notices, and how far the rows are.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/engine.h"

namespace vya {

/// How much of a phase's work.
struct Amount {
  std::uint64_t bytes = 0;
  std::uint64_t tables = 0;
  Amount& operator+=(const Amount& more) {
    bytes += more.bytes;
    tables += more.tables;
    return *this;
  }
  bool operator==(const Amount&) const = default;
};

/// Implemented by the command line; called from several threads unless said otherwise.
class Progress : public Watcher {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// How many phases there will be; before the first, by the operation's own thread.
  virtual void phases(int total) = 0;

  /// There are so many more than was said. By the operation's own thread.
  virtual void more_phases(int more) = 0;

  /// A phase starts: `[2/4] rows`. By the operation's own thread, one phase at a time.
  virtual void begin(const std::string& phase) = 0;

  /// The phase is done; `result` in a few words, or empty.
  virtual void end(const std::string& result) = 0;

  /// Within a phase: so much more is done, of about `expected` in all (0: unknown, or there is
  /// nothing of the kind).
  virtual void advance(const Amount& done, const Amount& expected) = 0;

  /// Since when a snapshot of the server is held; nothing: none is any more. By the operation's own
  /// thread.
  virtual void snapshot(std::optional<Moment> since) = 0;
};

}  // namespace vya
