#include "cli/console_progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/printable.h"
#include "cli/progress_line.h"

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

std::size_t columns_of_standard_error() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

ConsoleProgress::~ConsoleProgress() {
  if (!on_screen_.empty()) to_ << '\n' << std::flush;
}

void ConsoleProgress::phases(int total) {
  const std::lock_guard lock(mutex_);
  total_ = total;
  number_ = 0;
}

void ConsoleProgress::more_phases(int more) {
  const std::lock_guard lock(mutex_);
  total_ += more;
}

void ConsoleProgress::begin(const std::string& phase) {
  const std::lock_guard lock(mutex_);
  ++number_;
  phase_ = phase;
  done_ = {};
  expected_ = {};
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

void ConsoleProgress::advance(const Amount& done, const Amount& expected) {
  const std::lock_guard lock(mutex_);
  done_ += done;
  expected_ = expected;
  if (surface_ != Surface::kTerminal || phase_.empty()) return;
  const steady_clock::time_point at = clock_();
  if (at - drawn_ < kBetweenDrawings) return;
  drawn_ = at;
  redraw(moving_line(at));
}

void ConsoleProgress::snapshot(std::optional<Moment> since) {
  const std::lock_guard lock(mutex_);
  snapshot_since_ = since;
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
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  PhaseState state{
      .done = done_, .expected = expected_, .running = duration_cast<microseconds>(at - began_)};
  if (snapshot_since_) state.snapshot_age = duration_cast<microseconds>(at - *snapshot_since_);
  return progress_line(heading(), state, columns_());
}

void ConsoleProgress::write_line(const std::string& line) {
  to_ << (surface_ == Surface::kTerminal ? kClearLine : "") << printable_line(line) << '\n'
      << std::flush;
}

/// A line that is longer than the terminal's is two of its lines, of which only the second would be
/// erased.
void ConsoleProgress::redraw(const std::string& line) {
  on_screen_ = printable_line(line);
  const std::size_t columns = columns_();
  to_ << kClearLine << (columns == 0 ? on_screen_ : on_screen_.substr(0, columns)) << std::flush;
}

}  // namespace vya
