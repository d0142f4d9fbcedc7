// The file that LOAD DATA LOCAL asks its client for, and that is none: the rows come from memory.
//
// A server may ask a client for any file, whatever the statement said. It gets rows, under the one
// name that the statement has, or nothing.
#pragma once

#include <mysql.h>

#include <exception>
#include <functional>
#include <span>
#include <string>

namespace vya::mysql {

/// Fills the buffer from its start and returns how many bytes it put there; 0 at the end. May
/// throw.
using InfileReader = std::function<std::size_t(std::span<char> buffer)>;

/// What is given to the server while a statement runs. Used by one thread.
class Infile {
 public:
  Infile(std::string name, InfileReader read) : name_(std::move(name)), read_(std::move(read)) {}

  /// From now on the connection's server is given `infile`, or nothing at all.
  static void give(MYSQL* connection, Infile* infile);

  /// Whether all was given.
  bool ended() const { return ended_; }

  /// Throws what the reader threw.
  void throw_if_failed() const {
    if (failed_) std::rethrow_exception(failed_);
  }

 private:
  static int begin(void** info, const char* name, void* infile) noexcept;
  static int read(void* info, char* buffer, unsigned size) noexcept;
  static void end(void* info) noexcept;
  static int error(void* info, char* message, unsigned size) noexcept;

  std::string name_;
  InfileReader read_;
  bool ended_ = false;
  std::exception_ptr failed_;  ///< what read_ threw inside the library, which is C
};

}  // namespace vya::mysql
