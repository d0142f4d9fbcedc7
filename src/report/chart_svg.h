// A chart as SVG inside a page: values over time, with axes, a legend, and words for those who do
// not see it.
//
// Its looks are the page's style sheet; a point's value is in its <title>, which browsers show
// where the pointer rests. Marks differ in form, not only in colour.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "report/html.h"

namespace vya {

enum class ChartMark {
  kDot,
  kRing,   ///< counts less: of a part
  kCross,  ///< failed
};

struct ChartPoint {
  Time time;
  std::optional<double> value;  ///< nothing: there is none, the mark stands at the foot
  std::string words;            ///< `2026-11-22 03:00:00 UTC: 3.1 GiB`
  ChartMark mark = ChartMark::kDot;
};

struct ChartSeries {
  std::string name;
  std::string style;  ///< class of its line and marks
  std::vector<ChartPoint>
      points;  ///< oldest first; the line joins all that have a value, but rings
};

/// A target that holds from a time on.
struct ChartTarget {
  Time from;
  double value = 0;
};

struct Chart {
  enum class Unit { kBytes, kSeconds };
  std::string id;  ///< in the page
  std::string title;
  std::string summary;  ///< in a sentence or two, for those who do not see it
  Unit unit = Unit::kBytes;
  Time from;  ///< what the axis shows at least
  Time to;
  std::vector<ChartSeries> series;
  std::string target_name;
  std::vector<ChartTarget> targets;  ///< oldest first
};

void write_chart(Html& html, const Chart& chart);

}  // namespace vya
