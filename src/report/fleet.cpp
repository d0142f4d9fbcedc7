#include "report/fleet.h"

namespace vya {

std::uint64_t ReportedBackup::gap_count() const {
  std::uint64_t sum = 0;
  for (const auto& [kind, count] : gaps) sum += count;
  return sum;
}

}  // namespace vya
