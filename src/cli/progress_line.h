// The moving line of a terminal, from numbers alone. Pure: time comes in as durations.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "operation/progress.h"

namespace vya {

/// How far a phase is.
struct PhaseState {
  Amount done;
  Amount expected;
  std::chrono::microseconds running{};                      ///< how long the phase has been at work
  std::optional<std::chrono::microseconds> snapshot_age{};  ///< of the snapshot that is held
};

/// `[3/4] rows: 25 %, 50 MiB of about 200 MiB, 2 s left, 3 of 12 tables, 100 MiB/s, snapshot 1 min
/// 05 s old`, with `heading` before the colon. What does not fit into `columns` (0: any length) is
/// left out, from the end.
std::string progress_line(const std::string& heading, const PhaseState& state, std::size_t columns);

}  // namespace vya
