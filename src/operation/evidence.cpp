#include "operation/evidence.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/bytes.h"
#include "base/error.h"
#include "base/random.h"
#include "stream/digest.h"

namespace vya {

namespace {

constexpr std::size_t kRandomDigits = 4;

Finding finding_about(const std::string& name, std::string what) {
  return {.where = fmt::format("evidence '{}'", name),
          .what = std::move(what),
          .cure = "Evidence is never changed: find out who did, and restore it from a copy."};
}

/// Records that are named and are not there, or are not as they were.
void look_at_chain(const Evidence& evidence, const std::map<std::string, std::string>& digests,
                   std::vector<Finding>& findings) {
  std::set<std::string> said;
  for (const DrillRecord& record : evidence.records) {
    for (const EvidenceLink& link : record.previous) {
      const auto found = digests.find(link.record);
      if (found != digests.end() && found->second == link.sha256) continue;
      if (!said.insert(link.record).second) continue;
      findings.push_back(finding_about(
          link.record,
          fmt::format("{}; '{}' was written after it",
                      found == digests.end() ? "is missing" : "was changed", record.name)));
    }
  }
}

}  // namespace

Evidence read_evidence(const Repository& repository) {
  Evidence evidence;
  std::map<std::string, std::string> digests;
  for (const std::string& name : repository.evidence()) {
    const std::string text = repository.read_evidence(name);
    digests[name] = sha256_hex(as_bytes(text));
    try {
      DrillRecord record = parse_drill_record(text, name);
      if (record.name != name) {
        evidence.findings.push_back(
            finding_about(name, fmt::format("is the record '{}' under another name", record.name)));
      }
      evidence.records.push_back(std::move(record));
    } catch (const Error& error) {
      if (error.fault() != Fault::kCheckFailed) throw;
      evidence.findings.push_back(finding_about(name, "is no record: " + error.message()));
    }
  }
  look_at_chain(evidence, digests, evidence.findings);
  std::map<std::string, std::string> last = digests;
  for (const DrillRecord& record : evidence.records) {
    for (const EvidenceLink& link : record.previous) last.erase(link.record);
  }
  for (const auto& [name, sha256] : last)
    evidence.last_ones.push_back({.record = name, .sha256 = sha256});
  return evidence;
}

RecordedFinding recorded(const Finding& finding) {
  return {.fault = finding.severity == Severity::kFault,
          .where = finding.where,
          .what = finding.what,
          .cure = finding.cure};
}

Finding finding_of(const RecordedFinding& finding) {
  return {.severity = finding.fault ? Severity::kFault : Severity::kNotice,
          .where = finding.where,
          .what = finding.what,
          .cure = finding.cure};
}

DrillRecord keep_record(Repository& repository, DrillRecord record) {
  record.name = evidence_name(record.finished, random_hex(kRandomDigits));
  record.repository = repository.id();
  record.previous = read_evidence(repository).last_ones;
  repository.keep_evidence(record.name, to_json_text(record));
  return record;
}

}  // namespace vya
