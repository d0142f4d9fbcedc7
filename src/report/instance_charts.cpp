#include "report/instance_charts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "report/text.h"

namespace vya {

namespace {

/// Both charts of an instance show the same time, so they can be read below each other.
std::pair<Time, Time> span_of(const ReportedInstance& instance, Time made) {
  Time from = made;
  Time to = made;
  const auto stretch = [&](Time time) {
    from = std::min(from, time);
    to = std::max(to, time);
  };
  for (const ReportedBackup& backup : instance.backups) stretch(backup.snapshot);
  for (const ReportedDrill& drill : instance.drills) stretch(drill.started);
  return {from, to};
}

/// `what` is said after a number of bytes: `of text`.
ChartSeries series_of(const ReportedInstance& instance, const std::string& name,
                      const std::string& what, std::uint64_t ReportedBackup::* bytes) {
  ChartSeries series{.name =
                         fmt::format("{}: {}", name, human_bytes(instance.backups.back().*bytes))};
  for (const ReportedBackup& backup : instance.backups) {
    const std::string gaps = backup.gaps.empty() ? "" : ", " + counted(backup.gap_count(), "gap");
    series.points.push_back({.time = backup.snapshot,
                             .value = static_cast<double>(backup.*bytes),
                             .words = fmt::format("{}: {} {}{}", second_of(backup.snapshot),
                                                  human_bytes(backup.*bytes), what, gaps)});
  }
  return series;
}

ChartPoint point_of(const ReportedDrill& drill) {
  ChartPoint point{.time = drill.started};
  if (drill.recovery) point.value = std::chrono::duration<double>(*drill.recovery).count();
  point.mark = !drill.passed             ? ChartMark::kCross
               : drill.databases.empty() ? ChartMark::kDot
                                         : ChartMark::kRing;
  point.words =
      fmt::format("{}: {}{}, {}", second_of(drill.started), drill.passed ? "PASSED" : "FAILED",
                  drill.databases.empty() ? "" : " (of a part)",
                  drill.recovery ? brief(*drill.recovery) : "the restore did not end");
  return point;
}

/// A target each time that it changes.
std::vector<ChartTarget> targets_of(const ReportedInstance& instance, Time made) {
  std::vector<ChartTarget> targets;
  const auto add = [&](Time from, std::chrono::seconds rto) {
    const auto value = static_cast<double>(rto.count());
    if (targets.empty() || targets.back().value != value) targets.push_back({from, value});
  };
  for (const ReportedDrill& drill : instance.drills) {
    if (drill.rto) add(drill.started, *drill.rto);
  }
  if (instance.rto) add(made, *instance.rto);
  return targets;
}

}  // namespace

Chart size_chart(const ReportedInstance& instance, const std::string& id, Time made) {
  const auto [from, to] = span_of(instance, made);
  const ReportedBackup& first = instance.backups.front();
  const ReportedBackup& last = instance.backups.back();
  ChartSeries text = series_of(instance, "text of rows", "of text", &ReportedBackup::row_bytes);
  text.style = "one";
  ChartSeries stored = series_of(instance, "stored", "stored", &ReportedBackup::stored_bytes);
  stored.style = "two";
  return {.id = id,
          .title = "Size",
          .summary = fmt::format("{}: {} of text on {}, {} on {}.",
                                 counted(instance.backups.size(), "backup"),
                                 human_bytes(first.row_bytes), second_of(first.snapshot),
                                 human_bytes(last.row_bytes), second_of(last.snapshot)),
          .unit = Chart::Unit::kBytes,
          .from = from,
          .to = to,
          .series = {std::move(text), std::move(stored)}};
}

Chart recovery_chart(const ReportedInstance& instance, const std::string& id, Time made) {
  const auto [from, to] = span_of(instance, made);
  const ReportedDrill& last = instance.drills.back();
  const std::string measured = last.recovery ? brief(*last.recovery) : "none";
  ChartSeries series{.name = "recovery: " + measured, .style = "one"};
  for (const ReportedDrill& drill : instance.drills) series.points.push_back(point_of(drill));
  const auto passed = std::ranges::count(instance.drills, true, &ReportedDrill::passed);
  return {
      .id = id,
      .title = "Recovery time",
      .summary = fmt::format("{}, {} passed. The last one, on {}: {}; recovery: {}.",
                             counted(instance.drills.size(), "drill"), passed,
                             second_of(last.started), last.passed ? "PASSED" : "FAILED", measured),
      .unit = Chart::Unit::kSeconds,
      .from = from,
      .to = to,
      .series = {std::move(series)},
      .target_name = instance.rto ? "RTO: " + brief(*instance.rto) : "RTO",
      .targets = targets_of(instance, made)};
}

}  // namespace vya
