#include "config/problems.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/printable.h"

namespace vya {

void Problems::add(int line, const std::string& path, const std::string& text) {
  problems_.emplace(line, printable_line(path.empty() ? text : path + ": " + text));
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
