// A network of the test's own, in which the cable can be pulled.
#pragma once

#include <string>

#include "base/file.h"

namespace vya::world {

/// The calling thread, and what it starts from now on, have a loopback device that nobody else
/// sees; the thread has its old network again when this ends. Needs root.
class OwnNetwork {
 public:
  OwnNetwork();
  OwnNetwork(const OwnNetwork&) = delete;
  OwnNetwork& operator=(const OwnNetwork&) = delete;
  ~OwnNetwork();

  /// Why there is none, for a test that is skipped; empty: there is one.
  const std::string& why_not() const { return why_not_; }

  /// From now on packets are lost, without a word to who sent them; unix sockets go on.
  void cut();
  void mend();

 private:
  void set_loopback(bool up);

  Fd before_;
  std::string why_not_;
};

}  // namespace vya::world
