// Child programs: started from an argument vector, never through a shell, read through pipes.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/secret.h"

namespace vya {

/// What to start and with which surroundings.
struct Command {
  std::string program;                 ///< path of the program
  std::vector<std::string> arguments;  ///< without the program's own name; never a secret
  /// Never a secret. Added to what a child gets of our environment, instead of ours of the same
  /// name: the user and his home, the search paths, the locale and time zone, and the variables of
  /// libpq (but PGPASSWORD), Kerberos and OpenSSL.
  std::vector<std::pair<std::string, std::string>> environment;
  /// When set: the text is put into an unlinked, private memory file that the child inherits, and
  /// the variable `secret_file_variable` names it as /proc/self/fd/N.
  std::optional<Secret> secret_file;
  std::string secret_file_variable;
};

/// A running child whose standard output is read through a pipe. Its standard error is kept (the
/// last 16 KiB). Destroyed while the child runs: the child is ended and reaped. It is asked to
/// (SIGTERM), so that pg_dump cancels what it has the server do, and killed where it does not in
/// two seconds.
class Process {
 public:
  /// Starts the child. Throws Error(kNotFound) when there is no such program.
  explicit Process(const Command& command);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  /// Reads the next bytes of standard output into `buffer`; 0 at its end. `check` is called at
  /// least twice a second while it waits, and may throw. Throws Error(kInternal).
  std::size_t read(std::span<std::byte> buffer, const std::function<void()>& check = {});

  /// Waits for the child's end. Returns its exit status, or 128 + signal number. Call after read()
  /// gave 0.
  int wait();

  /// The end of what the child wrote to standard error; complete after wait().
  const std::string& error_output() const { return error_output_; }

 private:
  void drain_errors(bool to_the_end);

  pid_t pid_ = -1;
  Fd output_;
  Fd errors_;
  std::string error_output_;
};

/// Runs a command to its end and returns its standard output, at most `limit` bytes. Throws Error
/// when it cannot be started or ends with another status than 0.
std::string run_for_output(const Command& command, std::size_t limit = 1 << 20);

}  // namespace vya
