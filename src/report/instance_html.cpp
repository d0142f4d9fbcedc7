#include "report/instance_html.h"

#include <algorithm>

#include "report/chart_svg.h"
#include "report/instance_charts.h"
#include "report/table_html.h"

namespace vya {

namespace {

// What fits on a few pages of paper; the JSON has everything.
constexpr std::size_t kMostFindings = 50;
constexpr std::size_t kMostGaps = 50;
constexpr std::size_t kMostDrills = 20;
constexpr std::size_t kMostBackups = 30;

void write_figure(Html& html, const Chart& chart) {
  html.in("figure", [&] {
    html.in("figcaption", chart.title);
    write_chart(html, chart);
  });
  html.text("\n");
}

void write_charts(Html& html, const ReportedInstance& instance, const std::string& id, Time made) {
  if (instance.backups.empty() && instance.drills.empty()) return;
  html.in("div", {{"class", "charts"}}, [&] {
    if (!instance.backups.empty()) write_figure(html, size_chart(instance, id + "-size", made));
    if (!instance.drills.empty())
      write_figure(html, recovery_chart(instance, id + "-recovery", made));
  });
}

void write_drills(Html& html, const ReportedInstance& instance) {
  const ReportedDrill* newest = instance.newest_drill();
  if (newest == nullptr) {
    html.in("p", "No backup of this instance was ever restored by a drill.");
    return;
  }
  write_table(html, drills_table(instance, kMostDrills), {});
  write_table(html, checks_table(*newest), {});
  ReportTable found = findings_table(newest->findings, kMostFindings);
  found.caption = "Findings of the last drill, faults first";
  write_table(html, found, {});
}

}  // namespace

void write_instance(Html& html, const ReportedInstance& instance, const std::string& id,
                    Time made) {
  html.in("section", {{"class", "instance"}, {"id", id}}, [&] {
    const bool faulty = has_fault(instance.findings);
    html.in("h2", [&] {
      html.text(instance.name);
      html.in("span", {{"class", faulty ? "state bad" : "state good"}},
              faulty ? "ATTENTION" : "OK");
    });
    write_facts(html, instance_facts(instance, made), "facts");
    write_charts(html, instance, id, made);
    write_table(html, findings_table(instance.findings, kMostFindings), {});
    write_table(html, gaps_table(instance, kMostGaps), {});
    write_drills(html, instance);
    write_table(html, backups_table(instance, kMostBackups), {});
  });
}

}  // namespace vya
