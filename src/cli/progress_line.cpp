#include "cli/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "report/text.h"

namespace vya {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

/// An early rate says nothing of the time that is left.
constexpr microseconds kTooEarly = seconds(1);

/// Whole seconds: tenths of what is guessed or moves only disturb.
std::string calm(microseconds duration) {
  const seconds whole = std::chrono::round<seconds>(duration);
  return whole < seconds(10) ? fmt::format("{} s", whole.count()) : human_duration(whole);
}

std::string bytes_of(const Amount& done, const Amount& expected) {
  if (expected.bytes == 0) return human_bytes(done.bytes);
  return fmt::format("{} of about {}", human_bytes(done.bytes), human_bytes(expected.bytes));
}

/// What is expected is an estimate: more than all of it is not shown.
std::string share_of(const Amount& done, const Amount& expected) {
  const double share =
      std::min(1.0, static_cast<double>(done.bytes) / static_cast<double>(expected.bytes));
  return fmt::format("{:.0f} %", share * 100);
}

std::optional<microseconds> left_of(const PhaseState& state) {
  if (state.running < kTooEarly || state.done.bytes == 0) return std::nullopt;
  if (state.done.bytes >= state.expected.bytes) return std::nullopt;
  const auto rest = static_cast<double>(state.expected.bytes - state.done.bytes);
  const double each =
      static_cast<double>(state.running.count()) / static_cast<double>(state.done.bytes);
  return microseconds(static_cast<microseconds::rep>(rest * each));
}

/// What there is to say, what matters most first.
std::vector<std::string> parts_of(const PhaseState& state) {
  std::vector<std::string> parts;
  if (state.expected.bytes > 0) parts.push_back(share_of(state.done, state.expected));
  parts.push_back(bytes_of(state.done, state.expected));
  if (const auto left = left_of(state)) parts.push_back(calm(*left) + " left");
  if (state.expected.tables > 0) {
    parts.push_back(fmt::format("{} of {}", grouped(state.done.tables),
                                counted(state.expected.tables, "table")));
  }
  if (state.running > microseconds(0)) {
    const double running = std::chrono::duration<double>(state.running).count();
    const auto rate = static_cast<std::uint64_t>(static_cast<double>(state.done.bytes) / running);
    parts.push_back(human_bytes(rate) + "/s");
  }
  if (state.snapshot_age) parts.push_back("snapshot " + calm(*state.snapshot_age) + " old");
  return parts;
}

}  // namespace

std::string progress_line(const std::string& heading, const PhaseState& state,
                          std::size_t columns) {
  std::string line = heading;
  std::string before = ": ";
  for (const std::string& part : parts_of(state)) {
    if (columns > 0 && line.size() + before.size() + part.size() > columns) break;
    line += before + part;
    before = ", ";
  }
  return line;
}

}  // namespace vya
