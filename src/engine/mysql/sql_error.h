// Errors of the server and of libmariadb, and what they mean for the exit status.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace vya::mysql {

/// An error that the server or the client library reported.
class SqlError : public Error {
 public:
  SqlError(Fault fault, std::string message, unsigned number, std::string said, std::string hint)
      : Error(fault, std::move(message), std::move(hint)),
        number_(number),
        said_(std::move(said)) {}

  /// The server's number (1000-1999, 3000 and up) or the library's (2000-2999).
  unsigned number() const { return number_; }

  /// The server's own words with its number, for who says better what was being done.
  const std::string& said() const { return said_; }

 private:
  unsigned number_;
  std::string said_;
};

inline constexpr unsigned kAccessDenied = 1045;
inline constexpr unsigned kNoSuchGrant = 1141;
inline constexpr unsigned kUnknownTable = 1146;
inline constexpr unsigned kLockWaitTimeout = 1205;
inline constexpr unsigned kDeadlock = 1213;
inline constexpr unsigned kPrivilegeMissing = 1227;
inline constexpr unsigned kQueryInterrupted = 1317;
inline constexpr unsigned kInvalidCharacterString = 1300;
inline constexpr unsigned kTableSkipped = 1684;  ///< by information_schema, because it is changed

/// What an error's number means.
Fault fault_of(unsigned number);

/// Whether the number is one of those that the server refuses a statement with for want of a
/// privilege.
bool is_privilege_missing(unsigned number);

/// Whether it says that something read is not there or not as it was.
bool is_definition_changed(unsigned number);

/// Whether it says that something could not be had because others change it.
bool is_definition_in_use(unsigned number);

/// What the person on call can do about it, or empty.
std::string hint_of(unsigned number, const std::string& said);

}  // namespace vya::mysql
