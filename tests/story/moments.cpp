#include "tests/story/moments.h"

#include <random>
#include <sstream>

namespace vya::story {

std::vector<std::chrono::milliseconds> moments(std::size_t count,
                                               std::chrono::milliseconds duration) {
  std::mt19937 random(20261122);
  std::uniform_real_distribution<double> within(0, 1);
  std::vector<std::chrono::milliseconds> all;
  for (std::size_t i = 0; i < count; ++i) {
    const double part = (static_cast<double>(i) + within(random)) / static_cast<double>(count);
    all.emplace_back(static_cast<int>(part * 1.05 * static_cast<double>(duration.count())));
  }
  return all;
}

std::vector<std::string> phases_in(const std::string& messages) {
  std::vector<std::string> phases;
  std::istringstream lines(messages);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t end = line.find("] ");
    if (line.starts_with('[') && end != std::string::npos) phases.push_back(line.substr(end + 2));
  }
  return phases;
}

}  // namespace vya::story
