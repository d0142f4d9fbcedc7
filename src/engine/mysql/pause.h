// Waiting that can be given up.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

namespace vya::mysql {

/// Sleeps, and calls `check` meanwhile, which may throw.
inline void pause(std::chrono::milliseconds time, const std::function<void()>& check) {
  constexpr std::chrono::milliseconds kWake{200};
  const auto until = std::chrono::steady_clock::now() + time;
  do {
    check();
    std::this_thread::sleep_for(std::min(time, kWake));
  } while (std::chrono::steady_clock::now() < until);
}

}  // namespace vya::mysql
