// The report for programs: all of it, in the keys that docs/manual/reports.md describes.
#include <nlohmann/json.hpp>

#include "report/render.h"

namespace vya {

namespace {

using Json = nlohmann::ordered_json;  // the keys stay in the order of writing

constexpr int kVersion = 1;

double seconds_of(std::chrono::microseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

template <typename Thing, typename ToJson>
Json list_of(const std::vector<Thing>& things, ToJson to_json) {
  Json list = Json::array();
  for (const Thing& thing : things) list.push_back(to_json(thing));
  return list;
}

Json finding_to_json(const Finding& finding) {
  return {{"severity", finding.severity == Severity::kFault ? "fault" : "notice"},
          {"where", finding.where},
          {"what", finding.what},
          {"cure", finding.cure}};
}

Json backup_to_json(const ReportedBackup& backup) {
  Json gaps = Json::object();
  for (const auto& [kind, count] : backup.gaps) gaps[kind] = count;
  return {{"backup", backup.id},
          {"snapshot", to_text(backup.snapshot)},
          {"finished", to_text(backup.finished)},
          {"seconds", seconds_of(backup.duration)},
          {"verdict", backup.verdict},
          {"guarantee", backup.guarantee},
          {"databases", backup.databases},
          {"tables", backup.tables},
          {"rows", backup.rows},
          {"row_bytes", backup.row_bytes},
          {"stored_bytes", backup.stored_bytes},
          {"gaps", std::move(gaps)},
          {"accepted_gaps", backup.accepted_gaps}};
}

Json check_to_json(const ReportedCheck& check) {
  return {{"name", check.name}, {"result", check.result}, {"what", check.what}};
}

Json drill_to_json(const ReportedDrill& drill) {
  Json json = {{"record", drill.record},
               {"backup", drill.backup},
               {"tool", drill.tool},
               {"started", to_text(drill.started)},
               {"seconds", seconds_of(drill.duration)},
               {"passed", drill.passed},
               {"databases", drill.databases},
               {"server", drill.server},
               {"rows", drill.rows},
               {"row_bytes", drill.row_bytes}};
  if (drill.recovery) json["recovery_seconds"] = seconds_of(*drill.recovery);
  if (drill.rto) json["rto_seconds"] = drill.rto->count();
  json["checks"] = list_of(drill.checks, check_to_json);
  json["findings"] = list_of(drill.findings, finding_to_json);
  return json;
}

Json gap_to_json(const ReportedGap& gap) {
  Json json = {{"kind", gap.kind}, {"what", gap.what}, {"why", gap.why}, {"cure", gap.cure}};
  if (gap.accepted) json["accepted"] = *gap.accepted;
  return json;
}

Json instance_to_json(const ReportedInstance& instance) {
  Json json = {
      {"name", instance.name}, {"configured", instance.configured}, {"server", instance.server}};
  if (instance.rpo) json["rpo_seconds"] = instance.rpo->count();
  if (instance.rto) json["rto_seconds"] = instance.rto->count();
  json["findings"] = list_of(instance.findings, finding_to_json);
  json["uncovered"] = instance.uncovered;
  json["gaps"] = list_of(instance.gaps, gap_to_json);
  json["backups"] = list_of(instance.backups, backup_to_json);
  json["drills"] = list_of(instance.drills, drill_to_json);
  return json;
}

Json evidence_to_json(const FleetReport::Chain& evidence) {
  Json last_ones = Json::array();
  for (const auto& [name, sha256] : evidence.last_ones)
    last_ones.push_back({{"record", name}, {"sha256", sha256}});
  return {{"records", evidence.records},
          {"last", std::move(last_ones)},
          {"findings", list_of(evidence.findings, finding_to_json)}};
}

}  // namespace

std::string fleet_to_json(const FleetReport& report) {
  const Json json = {{"version", kVersion},
                     {"report",
                      {{"made", to_text(report.made)},
                       {"tool", report.tool},
                       {"repository", report.repository},
                       {"whole", report.whole},
                       {"instances", list_of(report.instances, instance_to_json)},
                       {"evidence", evidence_to_json(report.evidence)}}}};
  // Names may hold bytes that are no UTF-8: they are shown as U+FFFD.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace vya
