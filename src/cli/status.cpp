#include "cli/status.h"

#include <algorithm>

namespace vya {

bool has_open_gap(const std::vector<Gap>& gaps, const Instance& instance) {
  return std::ranges::any_of(
      gaps, [&](const Gap& gap) { return !instance.accept_gaps.contains(gap.id()); });
}

int combined_status(const std::vector<int>& statuses) {
  if (statuses.size() == 1) return statuses.front();
  const auto is_done = [](int status) {
    return status == kStatusDone || status == kStatusDoneWithGaps;
  };
  const auto done = static_cast<std::size_t>(std::ranges::count_if(statuses, is_done));
  if (done < statuses.size()) {
    return static_cast<int>(done == 0 ? Fault::kAllFailed : Fault::kSomeFailed);
  }
  const bool has_gaps = std::ranges::find(statuses, kStatusDoneWithGaps) != statuses.end();
  return has_gaps ? kStatusDoneWithGaps : kStatusDone;
}

}  // namespace vya
