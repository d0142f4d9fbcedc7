// The status of instances, for people and for monitors that show one line.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/results.h"
#include "report/text.h"

namespace vya {

namespace {

std::string backup_of(const InstanceStatus& status) {
  return status.backup ? status.backup->id.epoch : "none";
}

std::string age_of(const InstanceStatus& status) {
  if (!status.age) return "";
  const std::string age = human_duration(*status.age);
  return status.rpo ? fmt::format("{} of {}", age, human_duration(*status.rpo)) : age;
}

std::string proof_of(const InstanceStatus& status) {
  if (!status.proof) return "none";
  const char* part = status.proof->databases.empty() ? "" : ", in part";
  return second_of(status.proof->finished) + part;
}

std::string recovery_of(const InstanceStatus& status) {
  if (!status.proof || !status.proof->recovery) return "";
  const std::string took = human_duration(*status.proof->recovery);
  return status.rto ? fmt::format("{} of {}", took, human_duration(*status.rto)) : took;
}

std::string word_for(const std::vector<Finding>& findings) {
  if (has_fault(findings)) return "FAULT";
  return findings.empty() ? "ok" : "notice";
}

std::vector<const Finding*> all_findings(const StatusReport& report) {
  std::vector<const Finding*> all;
  for (const Finding& finding : report.findings) all.push_back(&finding);
  for (const InstanceStatus& one : report.instances) {
    for (const Finding& finding : one.findings) all.push_back(&finding);
  }
  return all;
}

std::string first_line(const StatusReport& report, const std::vector<const Finding*>& findings) {
  const std::string instances = counted(report.instances.size(), "instance");
  const auto fault = std::ranges::find_if(
      findings, [](const Finding* one) { return one->severity == Severity::kFault; });
  if (fault == findings.end()) return fmt::format("OK: {}\n", instances);
  const auto faults = std::ranges::count_if(
      findings, [](const Finding* one) { return one->severity == Severity::kFault; });
  return fmt::format("FAULT: {} in {}: {} {}\n",
                     counted(static_cast<std::uint64_t>(faults), "finding"), instances,
                     (*fault)->where, (*fault)->what);
}

}  // namespace

std::string status_to_text(const StatusReport& report) {
  const std::vector<const Finding*> findings = all_findings(report);
  std::string text = first_line(report, findings);
  std::vector<std::vector<std::string>> rows;
  for (const InstanceStatus& one : report.instances) {
    rows.push_back({one.instance, word_for(one.findings), backup_of(one), age_of(one),
                    proof_of(one), recovery_of(one)});
  }
  text +=
      table_to_text({{"INSTANCE"}, {"STATE"}, {"BACKUP"}, {"AGE"}, {"PROVEN"}, {"RECOVERY"}}, rows);
  for (const Finding* finding : findings) text += finding_to_text(*finding, 0);
  return text;
}

}  // namespace vya
