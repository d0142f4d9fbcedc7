#include "operation/outage.h"

#include <fmt/format.h>

#include <thread>

#include "base/interrupt.h"

namespace vya {

namespace {

constexpr std::chrono::milliseconds kLookEvery{500};

bool answers(Engine& engine) {
  try {
    engine.inspect();
    return true;
  } catch (const Error& e) {
    if (e.fault() != Fault::kConnection) throw;
    return false;
  }
}

}  // namespace

void wait_for_server(Engine& engine, std::chrono::seconds patience, const Error& lost,
                     Progress& progress) {
  progress.notice(fmt::format("the server was lost, and is waited for up to {} s (max_outage): {}",
                              patience.count(), lost.message()));
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!answers(engine)) {
    if (std::chrono::steady_clock::now() > until) throw Error(lost);
    throw_if_interrupted();
    std::this_thread::sleep_for(kLookEvery);
  }
}

}  // namespace vya
