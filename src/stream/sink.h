// The two ends that every stage of the program's data path has: a Sink takes bytes, a Source gives
// them.
//
// A backup pushes: the server's rows are written into a Sink, whose stages (fingerprint, compress,
// digest) each hand on to the next. A restore pulls: the stored object is a Source, read through
// its stages. A stage is a final class that does one thing and refers to the next by reference; a
// pipeline is a list of objects on the stack, the last stage first.
#pragma once

#include <cstddef>
#include <span>

#include "base/bytes.h"

namespace vya {

/// Takes bytes. Used by one thread at a time.
class Sink {
 public:
  virtual ~Sink() = default;

  /// Takes the bytes; they are the caller's again when it returns. An empty span does nothing.
  virtual void write(Bytes bytes) = 0;

  /// Says that all bytes were written, and makes the result visible. A sink that is destroyed
  /// before finish() was called, or whose write() or finish() threw, is abandoned: nothing of it
  /// stays visible.
  virtual void finish() = 0;
};

/// Gives bytes. Used by one thread at a time.
class Source {
 public:
  virtual ~Source() = default;

  /// Fills the buffer from its start with at least one byte and returns how many, or returns 0 at
  /// the end, then and ever after. The buffer is not empty.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;
};

}  // namespace vya
