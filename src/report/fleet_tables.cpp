// The tables of the whole fleet.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "base/bytes.h"
#include "report/tables.h"

namespace vya {

namespace {

constexpr std::size_t kMostFaults = 50;
constexpr std::size_t kMostDatabases = 100;

/// `2 of 3`, of those that `counts`; good when it is all of them.
struct Share {
  std::size_t good = 0;
  std::size_t all = 0;

  void add(bool is_good) {
    ++all;
    if (is_good) ++good;
  }
  Cell cell(const char* of_none) const {
    if (all == 0) return {of_none};
    return {fmt::format("{} of {}", grouped(good), grouped(all)),
            good == all ? Tone::kGood : Tone::kBad};
  }
};

std::chrono::microseconds age_of(const ReportedInstance& instance, Time made) {
  // A server's clock may be ahead of ours.
  return std::max(made - instance.newest_backup()->snapshot, std::chrono::microseconds(0));
}

bool is_within_rpo(const ReportedInstance& instance, Time made) {
  return instance.newest_backup() != nullptr && age_of(instance, made) <= *instance.rpo;
}

bool is_within_rto(const ReportedInstance& instance) {
  const ReportedDrill* drill = instance.newest_drill();
  return drill != nullptr && drill->recovery && *drill->recovery <= *instance.rto;
}

Cell state_of(const ReportedInstance& instance) {
  if (has_fault(instance.findings)) return {"ATTENTION", Tone::kBad};
  return {"OK", Tone::kGood};
}

Cell newest_of(const ReportedInstance& instance) {
  const ReportedBackup* backup = instance.newest_backup();
  if (backup == nullptr) return {"none", Tone::kBad};
  return {minute_of(backup->snapshot)};
}

Cell age_cell(const ReportedInstance& instance, Time made) {
  if (instance.newest_backup() == nullptr) return {};
  const std::string age = brief(age_of(instance, made));
  if (!instance.rpo) return {age};
  return {fmt::format("{} of {}", age, brief(*instance.rpo)),
          is_within_rpo(instance, made) ? Tone::kPlain : Tone::kBad};
}

Cell drill_cell(const ReportedInstance& instance) {
  const ReportedDrill* drill = instance.newest_drill();
  if (drill == nullptr) return {"never"};
  const std::string part = drill->databases.empty() ? "" : ", of a part";
  return {
      fmt::format("{} {}{}", drill->passed ? "PASSED" : "FAILED", minute_of(drill->started), part),
      drill->passed ? Tone::kGood : Tone::kBad};
}

Cell recovery_cell(const ReportedInstance& instance) {
  const ReportedDrill* drill = instance.newest_drill();
  if (drill == nullptr || !drill->recovery) return {};
  const std::string took = brief(*drill->recovery);
  if (!instance.rto) return {took};
  return {fmt::format("{} of {}", took, brief(*instance.rto)),
          is_within_rto(instance) ? Tone::kPlain : Tone::kBad};
}

std::vector<Cell> glance_row(const ReportedInstance& instance, Time made) {
  const ReportedBackup* backup = instance.newest_backup();
  return {{instance.name, Tone::kPlain, instance.name},
          state_of(instance),
          {instance.server},
          newest_of(instance),
          age_cell(instance, made),
          {backup == nullptr ? "" : human_bytes(backup->row_bytes)},
          {backup == nullptr ? "" : human_bytes(backup->stored_bytes)},
          {backup == nullptr ? "" : grouped(backup->gap_count())},
          drill_cell(instance),
          recovery_cell(instance)};
}

Fact evidence_fact(const FleetReport::Chain& evidence) {
  const std::size_t faults = faults_of(evidence.findings);
  const std::string state = faults > 0             ? ", " + counted(faults, "fault")
                            : evidence.records > 0 ? ", the chain holds"
                                                   : "";
  const Tone tone = faults > 0 ? Tone::kBad : evidence.records > 0 ? Tone::kGood : Tone::kPlain;
  return {"records of drills" + state, {grouped(evidence.records), tone}};
}

Fact stored_fact(const FleetReport& report) {
  std::uint64_t bytes = 0;
  std::uint64_t backups = 0;
  for (const ReportedInstance& instance : report.instances) {
    backups += instance.backups.size();
    for (const ReportedBackup& backup : instance.backups) bytes += backup.stored_bytes;
  }
  return {"stored in " + counted(backups, "backup"), {human_bytes(bytes)}};
}

Cell count_cell(std::size_t bad) {
  return {bad == 0 ? "none" : grouped(bad), bad == 0 ? Tone::kGood : Tone::kBad};
}

}  // namespace

std::size_t faults_of(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::ranges::count(findings, Severity::kFault, &Finding::severity));
}

std::vector<Fact> fleet_facts(const FleetReport& report) {
  Share fine;
  Share recent;
  Share proven;
  Share quick;
  std::size_t uncovered = 0;
  for (const ReportedInstance& instance : report.instances) {
    fine.add(!has_fault(instance.findings));
    if (instance.rpo) recent.add(is_within_rpo(instance, report.made));
    const ReportedDrill* drill = instance.newest_drill();
    proven.add(drill != nullptr && drill->passed);
    if (instance.rto) quick.add(is_within_rto(instance));
    uncovered += instance.uncovered.size();
  }
  return {{"instances", {grouped(report.instances.size())}},
          {"without a fault", fine.cell("no instances")},
          {"newest backup within its RPO", recent.cell("no RPO is set")},
          {"last drill passed", proven.cell("no instances")},
          {"recovery within its RTO", quick.cell("no RTO is set")},
          {"databases that no rule backs up", count_cell(uncovered)},
          evidence_fact(report.evidence),
          stored_fact(report)};
}

ReportTable glance_table(const FleetReport& report) {
  ReportTable table{
      .caption = "The newest backup and the last drill of each instance; times in UTC",
      .columns = {{"Instance"},
                  {"State"},
                  {"Server"},
                  {"Newest backup"},
                  {"Its age, RPO"},
                  {"Text of rows", Align::kRight},
                  {"Stored", Align::kRight},
                  {"Gaps", Align::kRight},
                  {"Last drill"},
                  {"Recovery, RTO"}}};
  for (const ReportedInstance& instance : report.instances)
    table.rows.push_back(glance_row(instance, report.made));
  return table;
}

ReportTable attention_table(const FleetReport& report) {
  ReportTable table{.caption = "Faults of all instances and of the evidence, as of this report",
                    .columns = {{"Instance"}, {"Where"}, {"What"}, {"What to do"}}};
  std::size_t more = 0;
  const auto add = [&](const std::string& instance, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      if (finding.severity != Severity::kFault) continue;
      if (table.rows.size() == kMostFaults) {
        ++more;
      } else {
        table.rows.push_back(
            {{instance, Tone::kPlain, instance}, {finding.where}, {finding.what}, {finding.cure}});
      }
    }
  };
  add("", report.evidence.findings);
  for (const ReportedInstance& instance : report.instances) add(instance.name, instance.findings);
  if (more > 0)
    table.rest =
        fmt::format("and {}, each in its instance's section", counted(more, "further fault"));
  return table;
}

ReportTable uncovered_table(const FleetReport& report) {
  ReportTable table{.caption = "Databases that are on a server and that no rule backs up",
                    .columns = {{"Instance"}, {"Number", Align::kRight}, {"Databases"}}};
  for (const ReportedInstance& instance : report.instances) {
    const std::vector<std::string>& all = instance.uncovered;
    if (all.empty()) continue;
    const std::size_t shown = std::min(all.size(), kMostDatabases);
    std::string names = fmt::format("{}", fmt::join(std::span(all).first(shown), ", "));
    if (shown < all.size()) names += fmt::format(" and {} more", grouped(all.size() - shown));
    table.rows.push_back(
        {{instance.name, Tone::kPlain, instance.name}, {grouped(all.size())}, {names}});
  }
  return table;
}

ReportTable chain_table(const FleetReport& report) {
  ReportTable table{.caption = "The newest records; all others are named by later ones",
                    .columns = {{"Record"}, {"SHA-256"}}};
  for (const auto& [name, sha256] : report.evidence.last_ones)
    table.rows.push_back({{name}, {sha256}});
  return table;
}

}  // namespace vya
