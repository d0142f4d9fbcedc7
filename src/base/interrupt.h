// SIGINT and SIGTERM: a flag that long work looks at.
//
// The only process-wide state of the program, because signals are process-wide.
#pragma once

#include "base/error.h"

namespace vya {

/// From now on SIGINT and SIGTERM set the flag instead of ending the program; a second one of the
/// same kind ends it at once. SIGPIPE and SIGXFSZ are ignored: they become errors of write(). Call
/// once, from main.
void watch_for_interrupts();

/// Throws Error(kInterrupted) or Error(kTerminated) when the flag is set. Cheap; safe from several
/// threads. Long work calls it between blocks and in waiting loops (which wake at least twice a
/// second).
void throw_if_interrupted();

/// Whether an Error of this fault means that somebody wanted the program to end.
constexpr bool is_interruption(Fault fault) {
  return fault == Fault::kInterrupted || fault == Fault::kTerminated;
}

}  // namespace vya
