#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "repository/drill_record.h"
#include "repository/strict_json.h"

namespace vya {

using Json = nlohmann::ordered_json;  // for people: the keys stay in the order of writing

namespace {

constexpr int kFormat = 1;

template <typename Values, typename ToJson>
Json list_of(const Values& values, const ToJson& to_json) {
  Json list = Json::array();
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

Json check_to_json(const DrillCheck& check) {
  return {{"name", check.name}, {"result", word_of(check.result)}, {"what", check.what}};
}

Json phase_to_json(const DrillPhase& phase) {
  return {{"name", phase.name}, {"microseconds", phase.duration.count()}};
}

Json finding_to_json(const RecordedFinding& finding) {
  return {{"severity", finding.fault ? "fault" : "notice"},
          {"where", finding.where},
          {"what", finding.what},
          {"cure", finding.cure}};
}

Json link_to_json(const EvidenceLink& link) {
  return {{"record", link.record}, {"sha256", link.sha256}};
}

Json to_json(const DrillRecord& record) {
  Json json = {{"format", kFormat},
               {"kind", "drill"},
               {"name", record.name},
               {"tool", record.tool},
               {"repository", record.repository},
               {"instance", record.backup.instance},
               {"epoch", record.backup.epoch},
               {"manifest_sha256", record.manifest_sha256},
               {"snapshot", to_text(record.snapshot)},
               {"backup_finished", to_text(record.backup_finished)},
               {"source", record.source},
               {"databases", record.databases},
               {"server", record.server},
               {"started", to_text(record.started)},
               {"finished", to_text(record.finished)},
               {"verdict", record.passed() ? "PASSED" : "FAILED"},
               {"checks", list_of(record.checks, check_to_json)},
               {"findings", list_of(record.findings, finding_to_json)},
               {"phases", list_of(record.phases, phase_to_json)},
               {"rows", record.rows},
               {"row_bytes", record.row_bytes}};
  if (record.recovery) json["recovery_us"] = record.recovery->count();
  if (record.rto) json["rto_s"] = record.rto->count();
  if (record.rpo) json["rpo_s"] = record.rpo->count();
  json["previous"] = list_of(record.previous, link_to_json);
  return json;
}

DrillCheck::Result result_in(const JsonObject& from) {
  for (const auto result :
       {DrillCheck::Result::kPassed, DrillCheck::Result::kFailed, DrillCheck::Result::kSkipped}) {
    if (from.text("result") == word_of(result)) return result;
  }
  throw from.wrong("result", "is not known");
}

bool is_fault(const JsonObject& from) {
  const std::string severity = from.text("severity");
  if (severity != "fault" && severity != "notice") throw from.wrong("severity", "is not known");
  return severity == "fault";
}

EvidenceLink link_in(const JsonObject& from) {
  EvidenceLink link{.record = from.text("record"), .sha256 = from.hex("sha256", 64)};
  if (!is_evidence_name(link.record)) throw from.wrong("record", "names no record");
  return link;
}

BackupId backup_in(const JsonObject& from) {
  BackupId id{.instance = from.text("instance"), .epoch = from.text("epoch")};
  if (!is_instance_name(id.instance)) throw from.wrong("instance", "is no name of an instance");
  if (!is_epoch(id.epoch)) throw from.wrong("epoch", "is no epoch");
  return id;
}

template <typename Duration>
std::optional<Duration> duration_in(const JsonObject& from, const std::string& key) {
  if (!from.has(key)) return std::nullopt;
  return Duration(static_cast<typename Duration::rep>(from.number(key)));
}

void require_known(const JsonObject& from, const std::string& where) {
  const int format = from.small_number("format", 1);
  if (format <= kFormat) return;
  throw Error(Fault::kUsage,
              fmt::format("cannot read evidence '{}': it has format {}, and this program knows "
                          "formats up to {}",
                          where, format, kFormat),
              "Use a newer vya.");
}

}  // namespace

std::string to_json_text(const DrillRecord& record) {
  return to_json(record).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

DrillRecord parse_drill_record(std::string_view text, const std::string& where) {
  const JsonObject from(text, fmt::format("evidence '{}'", where));
  require_known(from, where);
  if (from.text("kind") != "drill") throw from.wrong("kind", "is not known");
  DrillRecord record{.name = from.text("name"),
                     .tool = from.text("tool"),
                     .repository = from.text("repository"),
                     .started = from.time("started"),
                     .finished = from.time("finished"),
                     .backup = backup_in(from),
                     .manifest_sha256 = from.hex("manifest_sha256", 64),
                     .snapshot = from.time("snapshot"),
                     .backup_finished = from.time("backup_finished"),
                     .source = from.text("source"),
                     .databases = from.texts("databases"),
                     .server = from.text("server"),
                     .rows = from.number("rows"),
                     .row_bytes = from.number("row_bytes"),
                     .recovery = duration_in<std::chrono::microseconds>(from, "recovery_us"),
                     .rto = duration_in<std::chrono::seconds>(from, "rto_s"),
                     .rpo = duration_in<std::chrono::seconds>(from, "rpo_s")};
  for (const JsonObject& one : from.objects("checks"))
    record.checks.push_back(
        {.name = one.text("name"), .result = result_in(one), .what = one.text("what")});
  for (const JsonObject& one : from.objects("findings"))
    record.findings.push_back({.fault = is_fault(one),
                               .where = one.text("where"),
                               .what = one.text("what"),
                               .cure = one.text("cure")});
  for (const JsonObject& one : from.objects("phases"))
    record.phases.push_back({.name = one.text("name"),
                             .duration = std::chrono::microseconds(
                                 static_cast<std::int64_t>(one.number("microseconds")))});
  for (const JsonObject& one : from.objects("previous")) record.previous.push_back(link_in(one));
  return record;
}

}  // namespace vya
