// What a drill found, for people.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/bytes.h"
#include "base/printable.h"
#include "cli/results.h"
#include "operation/evidence.h"
#include "report/text.h"

namespace vya {

namespace {

std::string recovery_of(const DrillRecord& record) {
  if (!record.recovery) return "";
  const std::string target =
      record.rto ? fmt::format(", its target is {}", human_duration(*record.rto)) : "";
  return fmt::format("  recovery  {} for {} rows, {} of text{}\n", human_duration(*record.recovery),
                     grouped(record.rows), human_bytes(record.row_bytes), target);
}

std::string findings_of(const DrillRecord& record) {
  std::string text;
  for (const RecordedFinding& finding : record.findings)
    text += finding_to_text(finding_of(finding), 2);
  return text;
}

}  // namespace

std::string drill_to_text(const DrillRecord& record) {
  std::string text = fmt::format("{} of {}: {}\n", record.backup.text(), second_of(record.snapshot),
                                 record.passed() ? "PASSED" : "FAILED");
  if (!record.databases.empty())
    text += fmt::format("  part      databases {}\n", fmt::join(record.databases, ", "));
  if (!record.server.empty()) text += fmt::format("  server    {}\n", record.server);
  text += recovery_of(record);
  for (const DrillCheck& check : record.checks)
    text += fmt::format("  {:<8}  {}: {}\n", word_of(check.result), printable_line(check.name),
                        printable_line(check.what));
  text += findings_of(record);
  text += fmt::format("  evidence  {}\n", record.name);
  return text;
}

std::string drill_plan_to_text(const DrillPlan& plan) {
  std::string text = fmt::format("Would restore {} onto {}", plan.backup.text(), plan.server);
  text += plan.folder.empty() ? ".\n" : fmt::format(", started in '{}'.\n", plan.folder);
  for (const std::string& check : plan.checks) text += fmt::format("  check {}\n", check);
  return text;
}

}  // namespace vya
