// Where a command's words go: results to standard output, errors and all else to standard error.
//
// Results are what was asked for and may be piped on; with --json they are one document, and so is
// an error.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "base/error.h"

namespace vya {

enum class Format { kText, kJson };

/// Both streams must outlive it.
class Output {
 public:
  Output(std::ostream& results, std::ostream& messages, Format format)
      : results_(results), messages_(messages), format_(format) {}

  Format format() const { return format_; }
  std::ostream& messages() { return messages_; }

  /// Writes a result, which ends with a line end, to standard output; a text is made printable.
  /// Throws Error(kStorage) when it cannot be written.
  void result(const std::string& text);

  /// Writes bytes that are a result themselves, as they are: rows, a script, a page. Throws as
  /// result() does.
  void raw(std::string_view bytes);

  /// Writes `vya: MESSAGE` and `hint: HINT` to standard error; with --json also a document to
  /// standard output. To be the last of a command's results.
  void error(const Error& error);

  /// The same for one of several things that were asked for: to standard error only.
  void warning(const Error& error);

 private:
  std::ostream& results_;
  std::ostream& messages_;
  Format format_;
};

}  // namespace vya
