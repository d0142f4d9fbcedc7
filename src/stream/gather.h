// Gathers many small writes (rows) into blocks, so that the stages after it work on blocks.
#pragma once

#include <string>

#include "stream/sink.h"

namespace vya {

/// A write is never cut: a block ends where a write ends and is at most `block` bytes, or else one
/// write that is longer and goes on as it is.
class GatherSink final : public Sink {
 public:
  explicit GatherSink(Sink& next, std::size_t block = std::size_t{256} * 1024)
      : next_(next), block_(block) {}

  void write(Bytes bytes) override;
  void finish() override;

  /// Hands on what is held, and does not finish the next sink.
  void flush();

 private:
  Sink& next_;
  std::size_t block_;
  std::string held_;
};

}  // namespace vya
