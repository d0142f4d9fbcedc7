// Progress for eyes: phases as lines, and on a terminal one line more that moves.
//
// Where nobody watches (a log, a pipe) only phases, their results and notices are written, and
// nothing that depends on how long the work takes: such lines are the same from night to night.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <ostream>

#include "operation/progress.h"

namespace vya {

enum class Surface {
  kTerminal,  ///< understands carriage returns and the escape sequence that clears a line
  kLog,
};

/// What standard error is: kTerminal unless it is redirected or $TERM is `dumb` or missing.
Surface surface_of_standard_error();

/// How many characters fit on a line of the terminal that standard error is; 0: not known.
std::size_t columns_of_standard_error();

/// Writes to a stream, which must outlive it and should not be buffered. Safe from several threads.
class ConsoleProgress final : public Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  using Columns = std::function<std::size_t()>;

  ConsoleProgress(std::ostream& to, Surface surface, Clock clock = std::chrono::steady_clock::now,
                  Columns columns = columns_of_standard_error)
      : to_(to), surface_(surface), clock_(std::move(clock)), columns_(std::move(columns)) {}
  ConsoleProgress(const ConsoleProgress&) = delete;
  ConsoleProgress& operator=(const ConsoleProgress&) = delete;

  /// Leaves the terminal's line, so that an error message starts on one of its own.
  ~ConsoleProgress() override;

  void phases(int total) override;
  void more_phases(int more) override;
  void begin(const std::string& phase) override;
  void end(const std::string& result) override;
  void advance(const Amount& done, const Amount& expected) override;
  void snapshot(std::optional<Moment> since) override;
  void notice(const std::string& sentence) override;

 private:
  std::string heading() const;
  std::string moving_line(std::chrono::steady_clock::time_point at) const;
  void write_line(const std::string& line);
  void redraw(const std::string& line);

  std::ostream& to_;
  const Surface surface_;
  const Clock clock_;
  const Columns columns_;
  std::mutex mutex_;
  int total_ = 0;
  int number_ = 0;
  std::string phase_;
  Amount done_;
  Amount expected_;
  std::optional<Moment> snapshot_since_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point drawn_;
  std::string on_screen_;  ///< the terminal's line that is not ended yet
};

}  // namespace vya
