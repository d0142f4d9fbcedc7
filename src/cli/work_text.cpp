// What came of work, for people: init, backup, restore, verify.
#include <fmt/format.h>

#include "base/bytes.h"
#include "base/printable.h"
#include "cli/results.h"
#include "cli/status.h"
#include "report/text.h"

namespace vya {

namespace {

std::string gap_to_text(const Gap& gap) {
  std::string text =
      fmt::format("  gap {}: {}\n", printable_line(gap.id()), printable_line(gap.why));
  // A definition ends with line feeds of its own.
  const std::string cure = gap.cure.substr(0, gap.cure.find_last_not_of('\n') + 1);
  if (!cure.empty()) text += fmt::format("    cure: {}\n", cure);
  return text;
}

std::string gaps_to_text(const std::vector<Gap>& gaps, const Instance& instance) {
  std::string text;
  for (const Gap& gap : gaps) {
    const auto reason = instance.accept_gaps.find(gap.id());
    text += reason == instance.accept_gaps.end()
                ? gap_to_text(gap)
                : fmt::format("  accepted gap {}: {}\n", printable_line(gap.id()), reason->second);
  }
  return text;
}

std::string findings_to_text(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) text += finding_to_text(finding, 2);
  return text;
}

std::string reference_to_text(const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string text = "  of the source's server, for reference and not applied:\n";
  for (const std::string& line : lines) text += "    " + printable_line(line) + "\n";
  return text;
}

}  // namespace

std::string init_to_text(const InitResult& result) {
  switch (result.state) {
    case InitResult::State::kMade:
      return fmt::format("Made the repository '{}', {}.\n", result.repository, result.id);
    case InitResult::State::kIsThere:
      return fmt::format("'{}' is a repository already; nothing was changed.\n", result.repository);
    case InitResult::State::kWouldBeMade:
      return fmt::format("Would make the repository '{}'.\n", result.repository);
  }
  return "";
}

std::string report_to_text(const BackupReport& report, const Instance& instance) {
  const Manifest& manifest = report.manifest;
  std::string text =
      fmt::format("{}: {}\n  {}, {}, {}, {} of text\n  {} stored in {}\n", manifest.id.text(),
                  manifest.verdict(), counted(manifest.sums.databases, "database"),
                  counted(manifest.sums.tables, "table"), counted(manifest.sums.rows, "row"),
                  human_bytes(manifest.sums.row_bytes), human_bytes(manifest.sums.stored_bytes),
                  human_duration(report.duration));
  if (manifest.moments > 1)
    text += fmt::format("  {} moments, {} to {}: each database is as of one of them\n",
                        manifest.moments, second_of(manifest.snapshot),
                        second_of(manifest.last_snapshot));
  return text + gaps_to_text(report.gaps, instance) + gaps_to_text(report.accepted_gaps, instance);
}

std::string preview_to_text(const BackupPreview& preview, const Instance& instance) {
  std::vector<std::vector<std::string>> rows;
  for (const BackupPreview::DatabaseSize& database : preview.databases) {
    rows.push_back({database.name, grouped(database.tables), grouped(database.segments),
                    human_bytes(database.bytes)});
  }
  const std::string groups =
      preview.facts.moments < 2
          ? ""
          : fmt::format(", in {} groups, one after another", preview.facts.moments);
  std::string text = fmt::format("Would back up '{}', {} {}{}:\n{}", instance.name,
                                 preview.facts.server.product, preview.facts.server.version, groups,
                                 table_to_text({{"DATABASE"},
                                                {"TABLES", Align::kRight},
                                                {"SEGMENTS", Align::kRight},
                                                {"SIZE", Align::kRight}},
                                               rows));
  return text + gaps_to_text(preview.gaps, instance);
}

std::string restore_to_text(const RestoreReport& report, const Instance& target) {
  std::string text = fmt::format("Restored {} to '{}' in {}.\n", report.id.text(), target.name,
                                 human_duration(report.duration));
  std::vector<std::pair<std::string, std::string>> counts;
  for (const auto& [kind, count] : report.totals) counts.emplace_back(kind, grouped(count));
  counts.emplace_back(
      "rows", fmt::format("{}, {} of text", grouped(report.rows), human_bytes(report.row_bytes)));
  text += pairs_to_text(counts, 2);
  if (report.tables_checked > 0) {
    text += fmt::format("  {} read again and compared with the backup.\n",
                        counted(report.tables_checked, "table"));
  }
  return text + findings_to_text(report.findings) + gaps_to_text(report.gaps, target) +
         reference_to_text(report.reference);
}

std::string plan_to_text(const Plan& plan, const Instance& target) {
  std::string text = fmt::format("Would restore to '{}' in {}:\n", target.name,
                                 counted(plan.steps.size(), "step"));
  std::string phase;
  for (const PlanStep& step : plan.steps) {
    if (step.phase != phase) text += step.phase + "\n";
    phase = step.phase;
    text += "  " + printable_line(step.text) + "\n";
  }
  if (!plan.refusals.empty()) text += "refused, because\n";
  for (const std::string& refusal : plan.refusals) text += "  " + printable_line(refusal) + "\n";
  return text + gaps_to_text(plan.gaps, target) + reference_to_text(plan.reference);
}

std::string examination_to_text(const DoctorReport& report, const Instance& instance) {
  const bool fails = has_fault(report.findings);
  const char* verdict = fails                 ? "a backup would fail"
                        : report.gaps.empty() ? "a complete backup is possible"
                                              : "a backup is possible, with gaps";
  return fmt::format("{}: {}\n  {} {}{}, {}, {} on the server\n", instance.name, verdict,
                     report.server.product, report.server.version,
                     report.server.standby ? ", a standby" : "",
                     counted(report.databases, "database"), human_bytes(report.bytes)) +
         findings_to_text(report.findings) + gaps_to_text(report.gaps, instance) +
         gaps_to_text(report.accepted_gaps, instance);
}

std::string diff_to_text(const DiffReport& report) {
  const std::string extent =
      fmt::format("{}, {}", counted(report.objects, "object"), counted(report.tables, "table"));
  if (!has_fault(report.findings)) {
    const std::string notices = report.findings.empty()
                                    ? ""
                                    : fmt::format(", but for {} that had to be",
                                                  counted(report.findings.size(), "difference"));
    return fmt::format("{} and {}: equal{}, {}\n", report.wanted, report.found, notices, extent) +
           findings_to_text(report.findings);
  }
  return fmt::format("{} is not as {} in {}:\n", report.found, report.wanted,
                     counted(report.findings.size(), "thing")) +
         findings_to_text(report.findings);
}

std::string verification_to_text(const VerifyReport& report) {
  const std::string extent =
      fmt::format("{}, {}", counted(report.files, "file"), human_bytes(report.bytes));
  if (report.findings.empty()) return fmt::format("{}: whole, {}\n", report.id.text(), extent);
  return fmt::format("{}: DAMAGED, {}\n", report.id.text(), extent) +
         findings_to_text(report.findings);
}

}  // namespace vya
