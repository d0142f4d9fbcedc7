// What is wrong in a configuration: collected while all of it is read, told at once.
#pragma once

#include <map>
#include <string>

namespace vya {

/// Collects problems and turns them into one Error.
class Problems {
 public:
  /// `file` is how the messages name the configuration.
  explicit Problems(std::string file) : file_(std::move(file)) {}

  /// `line` counts from 1; `path` is `instances.shop.port`, or empty for the file as a whole;
  /// `text` says what is wrong and, after a semicolon, what would be right. Never a secret.
  void add(int line, const std::string& path, const std::string& text);

  /// Throws Error(kUsage) with all problems, a line each and in the order of lines, when there are
  /// any.
  void throw_if_any() const;

 private:
  std::string file_;
  std::multimap<int, std::string> problems_;  ///< by line; those of one line in the order of adding
};

}  // namespace vya
