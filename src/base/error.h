// The one exception type: what went wrong, as an exit status, a sentence and a hint.
//
// A failed check is data (a Finding), not an Error: an Error says that the work itself could not be
// done.
#pragma once

#include <exception>
#include <string>

namespace vya {

/// What kind of thing went wrong. The value is the exit status of the program when this was the one
/// thing asked for.
enum class Fault {
  kSomeFailed = 1,     ///< of several things asked for, some failed
  kAllFailed = 2,      ///< of several things asked for, all failed
  kUsage = 3,          ///< configuration or command line
  kCredentials = 4,    ///< a password or key was missing or refused
  kStorage = 5,        ///< the repository's storage: full, unreadable, not writable
  kConnection = 6,     ///< the server cannot be reached, or the connection was lost
  kNotFound = 7,       ///< a file, a backup, an instance, a program that is not there
  kCheckFailed = 8,    ///< what is stored or restored is not what it should be
  kPermission = 9,     ///< the server or the system refuses
  kInternal = 10,      ///< a mistake in this program
  kRefused = 12,       ///< refused by the plan: something exists, or rights would become wider
  kSql = 13,           ///< an SQL error in a restore
  kInterrupted = 130,  ///< SIGINT
  kTerminated = 143,   ///< SIGTERM
};

/// The exit status of work that is done, but with gaps.
inline constexpr int kStatusDone = 0;
inline constexpr int kStatusDoneWithGaps = 11;

/// Thrown when something could not be done.
///
/// The message is lower case without a full stop, what was attempted before why it failed, values
/// in quotes, never a secret: `cannot rename 'b.part' to 'b': no space left on device`. The hint is
/// one sentence for the person on call, or empty.
class Error : public std::exception {
 public:
  Error(Fault fault, std::string message, std::string hint = {})
      : fault_(fault), message_(std::move(message)), hint_(std::move(hint)) {}

  const char* what() const noexcept override { return message_.c_str(); }
  Fault fault() const noexcept { return fault_; }
  const std::string& message() const noexcept { return message_; }
  const std::string& hint() const noexcept { return hint_; }

  /// The exit status that belongs to the fault.
  int exit_status() const noexcept { return static_cast<int>(fault_); }

 private:
  Fault fault_;
  std::string message_;
  std::string hint_;
};

/// An Error about a failed system call: `MESSAGE: no space left on device`. `code` is an errno
/// value; ENOENT becomes kNotFound and EACCES or EPERM kPermission, whatever `fault` says, unless
/// it is kStorage.
Error system_error(Fault fault, const std::string& message, int code, std::string hint = {});

}  // namespace vya
