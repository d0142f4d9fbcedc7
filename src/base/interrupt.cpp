#include "base/interrupt.h"

#include <signal.h>

#include <atomic>

#include "base/error.h"

namespace vya {

namespace {

std::atomic<int> caught{0};
static_assert(std::atomic<int>::is_always_lock_free);  // or a signal handler must not touch it

void remember(int signal) { caught = signal; }

}  // namespace

void watch_for_interrupts() {
  struct sigaction action{};
  action.sa_handler = remember;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A reader of our output that goes away is an error of write(), not the end of the program.
  struct sigaction ignore{};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  sigaction(SIGXFSZ, &ignore, nullptr);  // so is a file that a limit lets grow no further
}

void throw_if_interrupted() {
  switch (caught.load(std::memory_order_relaxed)) {
    case 0:
      return;
    case SIGINT:
      throw Error(Fault::kInterrupted, "interrupted");
    default:
      throw Error(Fault::kTerminated, "terminated by a signal");
  }
}

}  // namespace vya
