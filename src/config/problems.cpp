#include "config/problems.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vya {

namespace {

/// A text out of a configuration on one line: keys and values may hold line ends.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return line;
}

}  // namespace

void Problems::add(int line, const std::string& path, const std::string& text) {
  problems_.emplace(line, on_one_line(path.empty() ? text : path + ": " + text));
}

void Problems::throw_if_any() const {
  if (problems_.empty()) return;
  std::string message;
  for (const auto& [line, text] : problems_) {
    if (!message.empty()) message += '\n';
    message += fmt::format("{}:{}: {}", file_, line, text);
  }
  throw Error(Fault::kUsage, message);
}

}  // namespace vya
