// Other programs, run by tests: `vya` itself, pg_dump, psql.
//
// Unlike base/process.h, which the tested program uses, this one keeps everything (both outputs,
// the time, the memory) and can end the program at a chosen moment. What the program reads and
// writes are memory files, so no pipe can fill up and no thread is needed.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"

namespace vya::world {

/// What to start and with which surroundings.
struct Start {
  std::string program;  ///< a path, or a name that is looked up in PATH
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to ours
  std::string input;                                             ///< its standard input
  std::filesystem::path folder;  ///< where it runs; empty: where we are
  int terminal = -1;             ///< what it reads from and writes to, in place of our memory files
};

/// What came of it.
struct Ended {
  int status = 0;  ///< its exit status, or 128 + the number of the signal that ended it
  std::string output;
  std::string errors;
  std::chrono::milliseconds took{};
  /// The largest resident memory in bytes. The kernel counts in what we ourselves had used at the
  /// most before the start, so it may be more than the truth, never less.
  std::uint64_t peak_memory = 0;
};

/// A program that runs. Destroyed while it runs: it is ended (SIGKILL).
class Program {
 public:
  /// Throws Error(kNotFound) when there is no such program.
  explicit Program(const Start& start);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  pid_t pid() const { return pid_; }

  /// What it wrote so far to its standard output and error.
  std::string output() const;
  std::string errors() const;

  /// Waits until it ended, at most so long. Returns whether it ended; wait() gives the rest.
  bool ended_within(std::chrono::milliseconds limit) const;

  void signal(int number) const;

  /// Waits for its end.
  Ended wait();

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  Fd input_;
  Fd output_;
  Fd errors_;
  pid_t pid_ = -1;
  Fd handle_;
};

/// Runs a program to its end.
Ended run(const Start& start);

/// Runs a program and sends it a signal when it still runs after the delay.
Ended run_and_signal(const Start& start, std::chrono::milliseconds delay, int signal = SIGKILL);

}  // namespace vya::world
