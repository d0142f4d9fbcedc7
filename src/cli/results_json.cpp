#include <nlohmann/json.hpp>

#include "cli/results.h"

namespace vya {

namespace {

using Json = nlohmann::ordered_json;  // the keys stay in the order of writing

constexpr int kVersion = 1;

/// Names may hold bytes that are no UTF-8 (a database with the encoding SQL_ASCII): they are shown
/// as U+FFFD.
std::string document(const Json& json) {
  Json whole = {{"version", kVersion}};
  whole.update(json);
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

const char* word_of(Fault fault) {
  switch (fault) {
    case Fault::kSomeFailed:
      return "some-failed";
    case Fault::kAllFailed:
      return "all-failed";
    case Fault::kUsage:
      return "usage";
    case Fault::kCredentials:
      return "credentials";
    case Fault::kStorage:
      return "storage";
    case Fault::kConnection:
      return "connection";
    case Fault::kNotFound:
      return "not-found";
    case Fault::kCheckFailed:
      return "check-failed";
    case Fault::kPermission:
      return "permission";
    case Fault::kInternal:
      return "internal";
    case Fault::kRefused:
      return "refused";
    case Fault::kSql:
      return "sql";
    case Fault::kInterrupted:
      return "interrupted";
    case Fault::kTerminated:
      return "terminated";
  }
  return "internal";
}

Json facts_of(const Error& error) {
  return {{"fault", word_of(error.fault())},
          {"status", error.exit_status()},
          {"message", error.message()},
          {"hint", error.hint()}};
}

Json gaps_to_json(const std::vector<Gap>& gaps) {
  Json list = Json::array();
  for (const Gap& gap : gaps) {
    list.push_back({{"id", gap.id()},
                    {"kind", gap.kind},
                    {"what", gap.what},
                    {"why", gap.why},
                    {"cure", gap.cure}});
  }
  return list;
}

Json manifest_to_json(const Manifest& manifest) {
  Json json = {{"backup", manifest.id.text()}};
  json.update(Json::parse(to_json_text(manifest)));
  return json;
}

Json instance_to_json(const Instance& instance) {
  Json json = {{"name", instance.name}};
  for (const auto& [key, value] : settings_of(instance)) json[key] = value;
  if (!instance.port.empty()) json["port"] = std::stoi(instance.port);
  json["include"] = instance.include;
  json["exclude"] = instance.exclude;
  json["pause_replay"] = instance.pause_replay;
  json["open_closed_databases"] = instance.open_closed_databases;
  json["accept_gaps"] = instance.accept_gaps;
  return json;
}

/// The outcome's own keys, and the report's or the error's.
template <typename Report, typename ToJson>
Json outcomes_to_json(const std::vector<Outcome<Report>>& outcomes, ToJson to_json) {
  Json list = Json::array();
  for (const Outcome<Report>& outcome : outcomes) {
    Json json = {{"name", outcome.name}, {"status", outcome.status}};
    if (outcome.report) json.update(to_json(*outcome.report));
    if (outcome.error) json["error"] = facts_of(*outcome.error);
    list.push_back(std::move(json));
  }
  return list;
}

double seconds_of(std::chrono::microseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

Json report_to_json(const BackupReport& report) {
  return {{"seconds", seconds_of(report.duration)},
          {"manifest", manifest_to_json(report.manifest)},
          {"gaps", gaps_to_json(report.gaps)},
          {"accepted_gaps", gaps_to_json(report.accepted_gaps)}};
}

Json preview_to_json(const BackupPreview& preview) {
  Json databases = Json::array();
  for (const BackupPreview::DatabaseSize& database : preview.databases) {
    databases.push_back({{"name", database.name},
                         {"tables", database.tables},
                         {"segments", database.segments},
                         {"bytes", database.bytes}});
  }
  return {{"product", preview.facts.server.product},  {"version", preview.facts.server.version},
          {"position", preview.facts.first_position}, {"moments", preview.facts.moments},
          {"databases", std::move(databases)},        {"gaps", gaps_to_json(preview.gaps)}};
}

std::int64_t seconds_in(std::chrono::microseconds duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

Json findings_to_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"severity", finding.severity == Severity::kFault ? "fault" : "notice"},
                    {"where", finding.where},
                    {"what", finding.what},
                    {"cure", finding.cure}});
  }
  return list;
}

Json verification_to_json(const VerifyReport& report) {
  return {{"files", report.files},
          {"bytes", report.bytes},
          {"findings", findings_to_json(report.findings)}};
}

Json examination_to_json(const DoctorReport& report) {
  return {{"product", report.server.product},
          {"server_version", report.server.version},
          {"standby", report.server.standby},
          {"databases", report.databases},
          {"bytes", report.bytes},
          {"findings", findings_to_json(report.findings)},
          {"gaps", gaps_to_json(report.gaps)},
          {"accepted_gaps", gaps_to_json(report.accepted_gaps)}};
}

const char* word_of(InitResult::State state) {
  switch (state) {
    case InitResult::State::kMade:
      return "made";
    case InitResult::State::kIsThere:
      return "is-there";
    case InitResult::State::kWouldBeMade:
      return "would-be-made";
  }
  return "";
}

}  // namespace

std::string init_to_json(const InitResult& result) {
  return document(
      {{"repository", result.repository}, {"id", result.id}, {"state", word_of(result.state)}});
}

std::string reports_to_json(const std::vector<Outcome<BackupReport>>& outcomes) {
  return document({{"backups", outcomes_to_json(outcomes, report_to_json)}});
}

std::string previews_to_json(const std::vector<Outcome<BackupPreview>>& outcomes) {
  return document({{"previews", outcomes_to_json(outcomes, preview_to_json)}});
}

std::string restore_to_json(const RestoreReport& report) {
  Json totals = Json::object();
  for (const auto& [kind, count] : report.totals) totals[kind] = count;
  Json phases = Json::array();
  for (const auto& [name, duration] : report.phases) {
    phases.push_back({{"name", name}, {"seconds", seconds_of(duration)}});
  }
  return document({{"restore",
                    {{"backup", report.id.text()},
                     {"seconds", seconds_of(report.duration)},
                     {"totals", std::move(totals)},
                     {"rows", report.rows},
                     {"row_bytes", report.row_bytes},
                     {"tables_checked", report.tables_checked},
                     {"phases", std::move(phases)},
                     {"findings", findings_to_json(report.findings)},
                     {"gaps", gaps_to_json(report.gaps)},
                     {"reference", report.reference}}}});
}

std::string plan_to_json(const Plan& plan) {
  Json steps = Json::array();
  for (const PlanStep& step : plan.steps)
    steps.push_back({{"phase", step.phase}, {"text", step.text}});
  return document({{"plan",
                    {{"steps", std::move(steps)},
                     {"refusals", plan.refusals},
                     {"gaps", gaps_to_json(plan.gaps)},
                     {"reference", plan.reference}}}});
}

std::string diff_to_json(const DiffReport& report) {
  return document({{"diff",
                    {{"wanted", report.wanted},
                     {"found", report.found},
                     {"objects", report.objects},
                     {"tables", report.tables},
                     {"findings", findings_to_json(report.findings)}}}});
}

std::string drill_to_json(const DrillRecord& record) {
  return document({{"drill", Json::parse(to_json_text(record))}});
}

std::string drill_plan_to_json(const DrillPlan& plan) {
  return document({{"plan",
                    {{"backup", plan.backup.text()},
                     {"server", plan.server},
                     {"folder", plan.folder},
                     {"checks", plan.checks}}}});
}

std::string status_to_json(const StatusReport& report) {
  Json instances = Json::array();
  for (const InstanceStatus& one : report.instances) {
    Json json = {{"instance", one.instance}, {"fine", !has_fault(one.findings)}};
    json["backup"] = one.backup ? Json(one.backup->id.text()) : Json();
    json["snapshot"] = one.backup ? Json(to_text(one.backup->snapshot)) : Json();
    json["age_s"] = one.age ? Json(seconds_in(*one.age)) : Json();
    json["rpo_s"] = one.rpo ? Json(one.rpo->count()) : Json();
    json["gaps"] = one.backup ? Json(one.backup->gaps) : Json();
    json["last_drill"] = one.drill ? Json(one.drill->name) : Json();
    json["last_drill_passed"] = one.drill ? Json(one.drill->passed()) : Json();
    json["proof"] = one.proof ? Json(one.proof->name) : Json();
    json["proof_databases"] = one.proof ? Json(one.proof->databases) : Json();
    json["recovery_us"] =
        one.proof && one.proof->recovery ? Json(one.proof->recovery->count()) : Json();
    json["rto_s"] = one.rto ? Json(one.rto->count()) : Json();
    json["uncovered"] = one.uncovered;
    json["findings"] = findings_to_json(one.findings);
    instances.push_back(std::move(json));
  }
  return document({{"status",
                    {{"fine", report.is_fine()},
                     {"instances", std::move(instances)},
                     {"findings", findings_to_json(report.findings)}}}});
}

std::string accounts_to_json(const std::vector<ListedAccount>& accounts) {
  Json list = Json::array();
  for (const ListedAccount& one : accounts) {
    list.push_back({{"name", one.name},
                    {"has_password", one.has_password},
                    {"properties", one.properties},
                    {"items", one.items}});
  }
  return document({{"accounts", std::move(list)}});
}

std::string runbook_to_json(const std::string& instance, const std::string& markdown) {
  return document({{"runbook", {{"instance", instance}, {"markdown", markdown}}}});
}

std::string script_to_json(const std::vector<std::string>& statements) {
  return document({{"statements", statements}});
}

std::string verifications_to_json(const std::vector<Outcome<VerifyReport>>& outcomes) {
  return document({{"verifications", outcomes_to_json(outcomes, verification_to_json)}});
}

std::string examinations_to_json(const std::vector<Outcome<DoctorReport>>& outcomes) {
  return document({{"examinations", outcomes_to_json(outcomes, examination_to_json)}});
}

std::string config_to_json(const Config& config) {
  Json instances = Json::array();
  for (const Instance& instance : config.instances) instances.push_back(instance_to_json(instance));
  return document({{"configuration", config.file.string()},
                   {"repository", config.repository},
                   {"instances", std::move(instances)}});
}

std::string list_to_json(const std::vector<Outcome<Manifest>>& backups) {
  const auto without_files = [](const Manifest& manifest) {
    Json json = manifest_to_json(manifest);
    json.erase("files");
    return json;
  };
  return document({{"backups", outcomes_to_json(backups, without_files)}});
}

std::string backup_to_json(const ShownBackup& backup) {
  Json json = manifest_to_json(backup.manifest);
  json["gap_list"] = gaps_to_json(backup.gaps);
  return document({{"backup", std::move(json)}});
}

std::string error_to_json(const Error& error) { return document({{"error", facts_of(error)}}); }

}  // namespace vya
