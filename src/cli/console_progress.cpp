#include "cli/console_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/bytes.h"

namespace vya {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenDrawings{200};
constexpr const char* kClearLine = "\r\x1b[K";  // ECMA-48: carriage return, erase in line

}  // namespace

Surface surface_of_standard_error() {
  const char* terminal = std::getenv("TERM");
  const bool is_able =
      terminal != nullptr && *terminal != '\0' && std::string_view(terminal) != "dumb";
  return is_able && ::isatty(STDERR_FILENO) == 1 ? Surface::kTerminal : Surface::kLog;
}

ConsoleProgress::~ConsoleProgress() {
  if (!on_screen_.empty()) to_ << '\n' << std::flush;
}

void ConsoleProgress::phases(int total) {
  const std::lock_guard lock(mutex_);
  total_ = total;
  number_ = 0;
}

void ConsoleProgress::begin(const std::string& phase) {
  const std::lock_guard lock(mutex_);
  ++number_;
  phase_ = phase;
  done_ = 0;
  expected_ = 0;
  began_ = clock_();
  drawn_ = began_;
  if (surface_ == Surface::kTerminal) {
    redraw(heading());
  } else {
    write_line(heading());
  }
}

void ConsoleProgress::end(const std::string& result) {
  const std::lock_guard lock(mutex_);
  const bool has_result = !result.empty();
  if (has_result || surface_ == Surface::kTerminal) {
    on_screen_.clear();
    write_line(has_result ? heading() + ": " + result : heading());
  }
  phase_.clear();
}

void ConsoleProgress::advance(std::uint64_t bytes, std::uint64_t expected) {
  const std::lock_guard lock(mutex_);
  done_ += bytes;
  expected_ = expected;
  if (surface_ != Surface::kTerminal || phase_.empty()) return;
  const steady_clock::time_point at = clock_();
  if (at - drawn_ < kBetweenDrawings) return;
  drawn_ = at;
  redraw(moving_line(at));
}

void ConsoleProgress::notice(const std::string& sentence) {
  const std::lock_guard lock(mutex_);
  const std::string interrupted = std::exchange(on_screen_, {});
  write_line("note: " + sentence);
  if (!interrupted.empty()) redraw(interrupted);
}

std::string ConsoleProgress::heading() const {
  return fmt::format("[{}/{}] {}", number_, std::max(total_, number_), phase_);
}

std::string ConsoleProgress::moving_line(steady_clock::time_point at) const {
  const double seconds = std::chrono::duration<double>(at - began_).count();
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(done_) / seconds);
  std::string line = heading() + ": ";
  if (expected_ > 0) {
    // What is expected is an estimate: more than all of it is not shown.
    const double share = std::min(1.0, static_cast<double>(done_) / static_cast<double>(expected_));
    line += fmt::format("{:.0f} %, {} of about {}", share * 100, human_bytes(done_),
                        human_bytes(expected_));
  } else {
    line += human_bytes(done_);
  }
  return line + fmt::format(", {}/s", human_bytes(rate));
}

void ConsoleProgress::write_line(const std::string& line) {
  to_ << (surface_ == Surface::kTerminal ? kClearLine : "") << line << '\n' << std::flush;
}

void ConsoleProgress::redraw(const std::string& line) {
  on_screen_ = line;
  to_ << kClearLine << line << std::flush;
}

}  // namespace vya
