// Where an axis has its marks, and what stands at them: round numbers of bytes, of time, of days.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"

namespace vya {

struct AxisMark {
  double at = 0;  ///< in the unit of the values
  std::string label;
};

/// Marks from 0 to at least `most`, at round values, at the most seven.
std::vector<AxisMark> byte_axis(double most);

/// The same for durations in seconds.
std::vector<AxisMark> duration_axis(double most);

/// Marks at round times between the two, in seconds since 1970, at the most seven; `from` is before
/// `to`.
std::vector<AxisMark> time_axis(Time from, Time to);

}  // namespace vya
