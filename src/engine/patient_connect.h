// A session that is begun while the network is silent.
#pragma once

#include <chrono>

#include "base/error.h"
#include "base/interrupt.h"

namespace vya {

/// How long there may be no answer. Sessions that are there bear two minutes of it (the time limits
/// of TCP that they are made with), so a new one is tried for as long.
struct Patience {
  std::chrono::milliseconds attempt = std::chrono::seconds(10);  ///< shorter ones were answered: no
  std::chrono::milliseconds all = std::chrono::minutes(2);
};

/// What `connect` gives. Where it throws Error(kConnection) after so long that nobody answered, it
/// is called again until `all` is over; a server that refuses is believed at once. Throws as
/// `connect` does, and Error(kInterrupted) after a signal.
template <typename Connect>
auto connect_patiently(const Connect& connect, const Patience& patience = {}) {
  using std::chrono::steady_clock;
  const steady_clock::time_point began = steady_clock::now();
  for (;;) {
    const steady_clock::time_point tried = steady_clock::now();
    try {
      return connect();
    } catch (const Error& error) {
      const steady_clock::time_point failed = steady_clock::now();
      const bool was_silent =
          error.fault() == Fault::kConnection && failed - tried >= patience.attempt;
      if (!was_silent || failed - began >= patience.all) throw;
      throw_if_interrupted();
    }
  }
}

}  // namespace vya
