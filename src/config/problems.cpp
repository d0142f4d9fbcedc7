#include "config/problems.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace vya {

void Problems::add(int line, const std::string& path, const std::string& text) {
  problems_.push_back({line, path.empty() ? text : path + ": " + text});
}

void Problems::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Problem> sorted = problems_;
  std::ranges::stable_sort(sorted, {}, &Problem::line);
  std::string message;
  for (const Problem& problem : sorted) {
    if (!message.empty()) message += '\n';
    message += fmt::format("{}:{}: {}", file_, problem.line, problem.text);
  }
  throw Error(Fault::kUsage, message);
}

}  // namespace vya
