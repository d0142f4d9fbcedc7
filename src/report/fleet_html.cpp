// The page: the fleet at a glance, then a section per instance, then the evidence.
//
// No script is in it, and its policy forbids any, so that a name that someone gave to a table could
// do nothing even if it came into the page unescaped.
#include <fmt/format.h>

#include "report/fleet_style.h"
#include "report/html.h"
#include "report/instance_html.h"
#include "report/render.h"
#include "report/table_html.h"

namespace vya {

namespace {

constexpr const char* kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action "
    "'none'";

SectionIds sections_of(const FleetReport& report) {
  SectionIds sections;
  for (std::size_t i = 0; i < report.instances.size(); ++i)
    sections[report.instances[i].name] = fmt::format("instance-{}", i + 1);
  return sections;
}

void write_head(Html& html, const FleetReport& report) {
  html.in("head", [&] {
    html.empty("meta", {{"charset", "utf-8"}});
    html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", kPolicy}});
    html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.empty("link", {{"rel", "icon"}, {"href", "data:,"}});  // or a browser asks for one
    html.in("title", "Backups and their proof, " + second_of(report.made));
    html.in("style", [&] { html.verbatim(kFleetStyle); });
  });
  html.text("\n");
}

void write_header(Html& html, const FleetReport& report) {
  html.in("header", [&] {
    html.in("h1", "Backups and their proof");
    html.in("p", {{"class", "soft"}}, [&] {
      html.text(
          fmt::format("{} of the repository ", report.whole ? "All instances" : "Some instances"));
      html.in("code", report.repository);
      html.text(fmt::format(", as of {}. Made by {}. All times are UTC.", second_of(report.made),
                            report.tool));
    });
    write_facts(html, fleet_facts(report), "tiles");
  });
}

/// A part of the fleet: a table, or what it means that there is none.
void write_part(Html& html, const char* id, const char* heading, const ReportTable& table,
                const char* nothing, const SectionIds& sections) {
  html.in("section", {{"id", id}}, [&] {
    html.in("h2", heading);
    if (table.rows.empty()) html.in("p", nothing);
    write_table(html, table, sections);
  });
}

void write_evidence(Html& html, const FleetReport& report) {
  html.in("section", {{"id", "evidence"}}, [&] {
    html.in("h2", "Evidence");
    html.in("p",
            fmt::format("The repository keeps {} of drills. Each names the ones before it with "
                        "the SHA-256 of their bytes, so a record that was changed or taken away "
                        "shows in those that came later. Whoever keeps the digest of the newest "
                        "record elsewhere can tell that none is missing at the end.",
                        counted(report.evidence.records, "record")));
    write_table(html, chain_table(report), {});
    const std::size_t all = report.evidence.findings.size();
    write_table(html, findings_table(report.evidence.findings, all), {});
  });
}

void write_footer(Html& html) {
  html.in("footer", [&] {
    html.in("p",
            "RPO is how old the moment of the newest backup may be. RTO is how long a restore may "
            "take. Recovery is the time that a drill's restore took, without reading everything "
            "again; a server that is started for a drill does not sync, so it is faster than one "
            "that must keep what it has. A drill passed when rows, accounts, grants, owners and "
            "definitions were those of the backup and all configured checks held.");
    html.in(
        "p",
        "Text of rows is their size before compression. A gap is something that the server would "
        "not let the backup hold. Exact, as a guarantee, means that everything is of one "
        "moment.");
  });
}

void write_main(Html& html, const FleetReport& report) {
  const SectionIds sections = sections_of(report);
  html.in("main", [&] {
    write_part(html, "attention", "What needs attention", attention_table(report),
               "Nothing: there is no fault.", sections);
    write_part(html, "instances", "Instances at a glance", glance_table(report),
               "There are no instances.", sections);
    write_part(html, "uncovered", "Databases that no rule backs up", uncovered_table(report),
               "None that the newest backups know of.", sections);
    for (const ReportedInstance& instance : report.instances)
      write_instance(html, instance, sections.at(instance.name), report.made);
    write_evidence(html, report);
  });
}

}  // namespace

std::string fleet_to_html(const FleetReport& report) {
  Html html;
  html.verbatim("<!DOCTYPE html>\n");
  html.in("html", {{"lang", "en"}}, [&] {
    write_head(html, report);
    html.in("body", [&] {
      write_header(html, report);
      write_main(html, report);
      write_footer(html);
    });
  });
  html.text("\n");
  return html.take();
}

}  // namespace vya
