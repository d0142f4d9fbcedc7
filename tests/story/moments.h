// When to disturb a command.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace vya::story {

/// Moments spread over a duration and a little more, one at random in each of equal parts, so that
/// every part of the work is met, its very end too. The same in every run.
std::vector<std::chrono::milliseconds> moments(std::size_t count,
                                               std::chrono::milliseconds duration);

/// The names of a command's phases, from its messages: `rows` of `[3/7] rows`.
std::vector<std::string> phases_in(const std::string& messages);

}  // namespace vya::story
