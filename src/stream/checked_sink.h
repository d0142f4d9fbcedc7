// A sink that looks, before each block, whether the work is to go on.
#pragma once

#include <functional>
#include <utility>

#include "stream/sink.h"

namespace vya {

/// Hands all on to another sink, which outlives it. `check` throws where the work is to end.
class CheckedSink final : public Sink {
 public:
  CheckedSink(Sink& next, std::function<void()> check) : next_(next), check_(std::move(check)) {}

  void write(Bytes bytes) override {
    check_();
    next_.write(bytes);
  }
  void finish() override { next_.finish(); }

 private:
  Sink& next_;
  std::function<void()> check_;
};

}  // namespace vya
