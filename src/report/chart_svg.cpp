#include "report/chart_svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/axis.h"

namespace vya {

namespace {

// In units of the picture, which the page scales to its width.
constexpr double kWidth = 520;
constexpr double kHeight = 230;
constexpr double kLeft = 64;
constexpr double kRight = 508;
constexpr double kTop = 34;
constexpr double kBottom = 202;
constexpr double kLegendLine = 12;
constexpr double kDotSize = 3;
constexpr double kCrossSize = 4;
constexpr double kLabelHalf = 32;

constexpr std::chrono::minutes kLeastSpan{10};
/// Where there are more, the line says it all, and only what is special has a mark.
constexpr std::size_t kMostDots = 80;

double seconds_of(Time time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

std::string number(double value) { return fmt::format("{:.1f}", value); }

class Drawing {
 public:
  Drawing(Html& html, const Chart& chart)
      : html_(html),
        chart_(chart),
        from_(std::min(chart.from, chart.to - kLeastSpan)),
        marks_(chart.unit == Chart::Unit::kBytes ? byte_axis(highest())
                                                 : duration_axis(highest())) {}

  void draw() {
    const std::string title = chart_.id + "-title";
    const std::string desc = chart_.id + "-desc";
    html_.in("svg",
             {{"class", "chart"},
              {"id", chart_.id},
              {"role", "img"},
              {"aria-labelledby", title + " " + desc},
              {"viewBox", fmt::format("0 0 {} {}", kWidth, kHeight)}},
             [&] {
               html_.in("title", {{"id", title}}, chart_.title);
               html_.in("desc", {{"id", desc}}, chart_.summary);
               draw_axes();
               draw_legend();
               draw_target();
               for (const ChartSeries& series : chart_.series) draw_series(series);
             });
  }

 private:
  double highest() const {
    double most = 0;
    for (const ChartSeries& series : chart_.series) {
      for (const ChartPoint& point : series.points) most = std::max(most, point.value.value_or(0));
    }
    for (const ChartTarget& target : chart_.targets) most = std::max(most, target.value);
    return most;
  }

  double x_of(double seconds) const {
    const double first = seconds_of(from_);
    return kLeft + (kRight - kLeft) * (seconds - first) / (seconds_of(chart_.to) - first);
  }
  double x_of(Time time) const { return x_of(seconds_of(time)); }
  double y_of(double value) const { return kBottom - (kBottom - kTop) * value / marks_.back().at; }

  void line(const char* style, double x1, double y1, double x2, double y2) {
    html_.empty("line", {{"class", style},
                         {"x1", number(x1)},
                         {"y1", number(y1)},
                         {"x2", number(x2)},
                         {"y2", number(y2)}});
  }

  void words(const char* style, double x, double y, const std::string& text) {
    html_.in("text", {{"class", style}, {"x", number(x)}, {"y", number(y)}}, text);
  }

  void draw_axes() {
    for (const AxisMark& mark : marks_) {
      line("grid", kLeft, y_of(mark.at), kRight, y_of(mark.at));
      words("value", kLeft - 8, y_of(mark.at) + 4, mark.label);
    }
    for (const AxisMark& mark : time_axis(from_, chart_.to)) {
      line("tick", x_of(mark.at), kBottom, x_of(mark.at), kBottom + 4);
      words("time", std::clamp(x_of(mark.at), kLabelHalf, kWidth - kLabelHalf), kBottom + 18,
            mark.label);
    }
  }

  void draw_legend() {
    double x = kLeft;
    const double step = (kRight - kLeft) / 2;
    for (const ChartSeries& series : chart_.series) {
      line(("line " + series.style).c_str(), x, kLegendLine - 4, x + 18, kLegendLine - 4);
      words("legend", x + 24, kLegendLine, series.name);
      x += step;
    }
    if (chart_.targets.empty()) return;
    line("target", x, kLegendLine - 4, x + 18, kLegendLine - 4);
    words("legend", x + 24, kLegendLine, chart_.target_name);
  }

  /// Steps, because a target holds until another one is set.
  void draw_target() {
    std::string points;
    for (std::size_t i = 0; i < chart_.targets.size(); ++i) {
      const ChartTarget& target = chart_.targets[i];
      const Time until = i + 1 < chart_.targets.size() ? chart_.targets[i + 1].from : chart_.to;
      points += fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x_of(target.from), y_of(target.value),
                            x_of(until), y_of(target.value));
    }
    if (!points.empty()) html_.empty("polyline", {{"class", "target"}, {"points", points}});
  }

  void draw_series(const ChartSeries& series) {
    std::string points;
    for (const ChartPoint& point : series.points) {
      if (!point.value || point.mark == ChartMark::kRing) continue;
      points += fmt::format("{:.1f},{:.1f} ", x_of(point.time), y_of(*point.value));
    }
    if (!points.empty())
      html_.empty("polyline", {{"class", "line " + series.style}, {"points", points}});
    const bool all = series.points.size() <= kMostDots;
    for (const ChartPoint& point : series.points) {
      if (all || point.mark != ChartMark::kDot || &point == &series.points.back())
        draw_point(series, point);
    }
  }

  void draw_point(const ChartSeries& series, const ChartPoint& point) {
    const double x = x_of(point.time);
    const double y = y_of(point.value.value_or(0));
    if (point.mark == ChartMark::kCross) {
      const std::string path = fmt::format("M{0:.1f},{1:.1f} l{2},{2} m0,-{2} l-{2},{2}",
                                           x - kCrossSize, y - kCrossSize, 2 * kCrossSize);
      html_.in("path", {{"class", "cross"}, {"d", path}}, [&] { html_.in("title", point.words); });
      return;
    }
    const char* form = point.mark == ChartMark::kRing ? "ring " : "dot ";
    html_.in("circle",
             {{"class", form + series.style},
              {"cx", number(x)},
              {"cy", number(y)},
              {"r", number(kDotSize)}},
             [&] { html_.in("title", point.words); });
  }

  Html& html_;
  const Chart& chart_;
  Time from_;
  std::vector<AxisMark> marks_;
};

}  // namespace

void write_chart(Html& html, const Chart& chart) { Drawing(html, chart).draw(); }

}  // namespace vya
