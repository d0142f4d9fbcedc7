// A terminal of a chosen width, to see what a program writes to one.
#pragma once

#include <functional>
#include <string>

#include "base/file.h"
#include "tests/world/program.h"

namespace vya::world {

class Terminal {
 public:
  explicit Terminal(unsigned columns);

  void resize(unsigned columns) const;

  /// Runs a program on the terminal to its end; `look` is called with all that it wrote so far,
  /// whenever that is more. The result's output is everything, as a terminal gets it: lines end
  /// with a carriage return and a line feed.
  Ended run(Start start, const std::function<void(const std::string& so_far)>& look = {});

 private:
  Fd ours_;
  Fd programs_;
};

}  // namespace vya::world
