// What an operation tells while it works: phases, notices, and how far the rows are.
#pragma once

#include <cstdint>
#include <string>

#include "engine/engine.h"

namespace vya {

/// Implemented by the command line; called from several threads unless said otherwise.
class Progress : public Watcher {
 public:
  /// How many phases there will be; before the first, by the operation's own thread.
  virtual void phases(int total) = 0;

  /// A phase starts: `[2/4] rows`. By the operation's own thread, one phase at a time.
  virtual void begin(const std::string& phase) = 0;

  /// The phase is done; `result` in a few words, or empty.
  virtual void end(const std::string& result) = 0;

  /// Within a phase: `bytes` more are done, of about `expected` in all (0: unknown).
  virtual void advance(std::uint64_t bytes, std::uint64_t expected) = 0;
};

}  // namespace vya
