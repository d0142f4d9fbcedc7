// The tables of one instance.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>

#include "base/bytes.h"
#include "report/tables.h"

namespace vya {

namespace {

/// A server's clock may be ahead of ours.
constexpr std::chrono::microseconds kNoTime{0};

std::string rest_of(std::size_t all, std::size_t most, const std::string& noun) {
  return all <= most ? "" : fmt::format("and {}", counted(all - most, noun));
}

/// The newest `most`, the newest first.
template <typename Things>
auto newest_of(const Things& things, std::size_t most) {
  return things | std::views::reverse | std::views::take(static_cast<std::ptrdiff_t>(most));
}

Cell verdict_of(const ReportedBackup& backup) {
  std::string text = backup.verdict;
  std::vector<std::string> gaps;
  for (const auto& [kind, count] : backup.gaps) gaps.push_back(fmt::format("{} {}", kind, count));
  if (!gaps.empty()) text += fmt::format(" ({})", fmt::join(gaps, ", "));
  if (backup.accepted_gaps > 0)
    text += fmt::format(", {} accepted", counted(backup.accepted_gaps, "gap"));
  return {text, backup.gaps.empty() ? Tone::kGood : Tone::kBad};
}

Cell result_of(const ReportedDrill& drill) {
  return {drill.passed ? "PASSED" : "FAILED", drill.passed ? Tone::kGood : Tone::kBad};
}

Cell recovery_of(const ReportedDrill& drill) {
  if (!drill.recovery) return {"did not end", Tone::kBad};
  const bool late = drill.rto && *drill.recovery > *drill.rto;
  const std::string target = drill.rto ? " of " + brief(*drill.rto) : "";
  return {brief(*drill.recovery) + target, late ? Tone::kBad : Tone::kPlain};
}

Tone tone_of(const std::string& result) {
  if (result == "failed") return Tone::kBad;
  return result == "passed" ? Tone::kGood : Tone::kPlain;
}

std::string first_words_of(const std::string& id) { return id.substr(id.find('/') + 1); }

}  // namespace

std::vector<Fact> instance_facts(const ReportedInstance& instance, Time made) {
  std::vector<Fact> facts;
  if (!instance.configured) facts.push_back({"configuration", {"it is not in the configuration"}});
  if (!instance.server.empty()) facts.push_back({"server", {instance.server}});
  const auto target = [](const auto& seconds) { return seconds ? brief(*seconds) : "not set"; };
  facts.push_back({"RPO", {target(instance.rpo)}});
  facts.push_back({"RTO", {target(instance.rto)}});
  if (const ReportedBackup* backup = instance.newest_backup()) {
    facts.push_back({"newest backup",
                     {fmt::format("{} of {}, {} old", backup->id, second_of(backup->snapshot),
                                  brief(std::max(made - backup->snapshot, kNoTime)))}});
    facts.push_back({"it holds",
                     {fmt::format("{}, {}, {}, {} of text", counted(backup->databases, "database"),
                                  counted(backup->tables, "table"), counted(backup->rows, "row"),
                                  human_bytes(backup->row_bytes))}});
  } else {
    facts.push_back({"newest backup", {"none", Tone::kBad}});
  }
  return facts;
}

ReportTable findings_table(const std::vector<Finding>& findings, std::size_t most) {
  ReportTable table{.caption = "Findings, faults first",
                    .columns = {{"Severity"}, {"Where"}, {"What"}, {"What to do"}},
                    .rest = rest_of(findings.size(), most, "further finding")};
  for (const Severity severity : {Severity::kFault, Severity::kNotice}) {
    for (const Finding& finding : findings) {
      if (finding.severity != severity || table.rows.size() == most) continue;
      const bool is_fault = severity == Severity::kFault;
      table.rows.push_back({{is_fault ? "fault" : "notice", is_fault ? Tone::kBad : Tone::kPlain},
                            {finding.where},
                            {finding.what},
                            {finding.cure}});
    }
  }
  return table;
}

ReportTable gaps_table(const ReportedInstance& instance, std::size_t most) {
  ReportTable table{.caption = "Gaps: what the newest backup does not hold",
                    .columns = {{"Kind"}, {"What"}, {"Why"}, {"What to do"}, {"Accepted"}},
                    .rest = rest_of(instance.gaps.size(), most, "further gap")};
  for (const ReportedGap& gap : instance.gaps | std::views::take(most)) {
    table.rows.push_back({{gap.kind, gap.accepted ? Tone::kPlain : Tone::kBad},
                          {gap.what},
                          {gap.why},
                          {gap.cure},
                          {gap.accepted ? "yes: " + *gap.accepted : "no"}});
  }
  return table;
}

ReportTable drills_table(const ReportedInstance& instance, std::size_t most) {
  ReportTable table{.caption = "Drills, the newest first; times in UTC",
                    .columns = {{"Started"},
                                {"Result"},
                                {"Recovery, RTO"},
                                {"Rows", Align::kRight},
                                {"Backup"},
                                {"Restored onto"},
                                {"Evidence"}},
                    .rest = rest_of(instance.drills.size(), most, "older drill")};
  for (const ReportedDrill& drill : newest_of(instance.drills, most)) {
    std::string backup = first_words_of(drill.backup);
    if (!drill.databases.empty())
      backup += fmt::format(", databases {}", fmt::join(drill.databases, ", "));
    table.rows.push_back({{minute_of(drill.started)},
                          result_of(drill),
                          recovery_of(drill),
                          {grouped(drill.rows)},
                          {backup},
                          {drill.server.empty() ? "no server" : drill.server},
                          {drill.record}});
  }
  return table;
}

ReportTable checks_table(const ReportedDrill& drill) {
  ReportTable table{
      .caption = fmt::format("What the last drill, of {}, looked at", second_of(drill.started)),
      .columns = {{"Result"}, {"Check"}, {"What"}}};
  for (const ReportedCheck& check : drill.checks)
    table.rows.push_back({{check.result, tone_of(check.result)}, {check.name}, {check.what}});
  return table;
}

ReportTable backups_table(const ReportedInstance& instance, std::size_t most) {
  ReportTable table{.caption = "Backups, the newest first; times in UTC",
                    .columns = {{"Moment"},
                                {"Verdict"},
                                {"Took", Align::kRight},
                                {"Rows", Align::kRight},
                                {"Text of rows", Align::kRight},
                                {"Stored", Align::kRight},
                                {"Guarantee"},
                                {"Backup"}},
                    .rest = rest_of(instance.backups.size(), most, "older backup")};
  for (const ReportedBackup& backup : newest_of(instance.backups, most)) {
    table.rows.push_back({{minute_of(backup.snapshot)},
                          verdict_of(backup),
                          {brief(backup.duration)},
                          {grouped(backup.rows)},
                          {human_bytes(backup.row_bytes)},
                          {human_bytes(backup.stored_bytes)},
                          {backup.guarantee},
                          {first_words_of(backup.id)}});
  }
  return table;
}

}  // namespace vya
