#include "operation/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/version.h"
#include "operation/evidence.h"
#include "operation/status.h"
#include "repository/layout.h"

namespace vya {

namespace {

const Instance* configured(const Config& config, const std::string& name) {
  const auto found = std::ranges::find(config.instances, name, &Instance::name);
  return found == config.instances.end() ? nullptr : &*found;
}

ReportedBackup reported(const Manifest& manifest) {
  std::uint64_t accepted = 0;
  for (const auto& [kind, count] : manifest.accepted_gaps) accepted += count;
  return {.id = manifest.id.text(),
          .snapshot = manifest.snapshot,
          .finished = manifest.finished,
          .duration = manifest.finished - manifest.started,
          .databases = manifest.sums.databases,
          .tables = manifest.sums.tables,
          .rows = manifest.sums.rows,
          .row_bytes = manifest.sums.row_bytes,
          .stored_bytes = manifest.sums.stored_bytes,
          .verdict = manifest.verdict(),
          .gaps = manifest.gaps,
          .accepted_gaps = accepted,
          .guarantee = manifest.guarantee};
}

ReportedDrill reported(const DrillRecord& record) {
  ReportedDrill drill{.record = record.name,
                      .backup = record.backup.text(),
                      .tool = record.tool,
                      .started = record.started,
                      .duration = record.finished - record.started,
                      .passed = record.passed(),
                      .databases = record.databases,
                      .server = record.server,
                      .rows = record.rows,
                      .row_bytes = record.row_bytes,
                      .recovery = record.recovery,
                      .rto = record.rto};
  for (const DrillCheck& check : record.checks)
    drill.checks.push_back({word_of(check.result), check.name, check.what});
  for (const RecordedFinding& finding : record.findings)
    drill.findings.push_back(finding_of(finding));
  return drill;
}

/// Once: the status of the instance may have said so already.
void add_damage(ReportedInstance& to, const BackupId& id, const Error& error) {
  const std::string where = "backup " + id.text();
  if (std::ranges::find(to.findings, where, &Finding::where) != to.findings.end()) return;
  to.findings.push_back({.where = where,
                         .what = "cannot be read: " + error.message(),
                         .cure = "'vya verify' looks at all of it."});
}

/// `15.18` of `15.18 (Debian 15.18-1.pgdg12+1)`.
std::string server_of(const Manifest& manifest) {
  return fmt::format("{} {}", manifest.product,
                     manifest.version.substr(0, manifest.version.find(' ')));
}

void add_gaps(ReportedInstance& to, const Backup& backup, const Instance* instance) {
  InventoryVisitor visitor;
  visitor.gap = [&](const Gap& gap) {
    ReportedGap reported{gap.kind, gap.what, gap.why, gap.cure, {}};
    if (instance != nullptr) {
      const auto reason = instance->accept_gaps.find(gap.id());
      if (reason != instance->accept_gaps.end()) reported.accepted = reason->second;
    }
    to.gaps.push_back(std::move(reported));
  };
  const std::unique_ptr<Source> inventory = backup.read(layout::kInventoryFile);
  read_inventory(*inventory, visitor);
}

/// What `read` does; that the backup is damaged becomes a finding.
template <typename Read>
void read_or_tell(ReportedInstance& to, const BackupId& id, const Read& read) {
  try {
    read();
  } catch (const Error& error) {
    if (error.fault() != Fault::kCheckFailed && error.fault() != Fault::kNotFound) throw;
    add_damage(to, id, error);
  }
}

void add_backups(ReportedInstance& to, const Repository& repository, const Instance* instance) {
  std::optional<BackupId> newest;
  for (const BackupId& id : repository.ids(to.name)) {
    read_or_tell(to, id, [&] {
      const Backup backup = repository.open({.instance = id.instance, .epoch = id.epoch});
      to.backups.push_back(reported(backup.manifest()));
      to.server = server_of(backup.manifest());
      newest = id;
    });
  }
  if (!newest) return;
  read_or_tell(to, *newest, [&] {
    add_gaps(to, repository.open({.instance = newest->instance, .epoch = newest->epoch}), instance);
  });
}

void add_drills(ReportedInstance& to, const Evidence& evidence) {
  for (const DrillRecord& record : evidence.records) {
    if (record.backup.instance == to.name) to.drills.push_back(reported(record));
  }
  std::ranges::stable_sort(to.drills, {}, &ReportedDrill::started);
}

FleetReport::Chain reported(const Evidence& evidence) {
  FleetReport::Chain chain{.records = evidence.records.size(), .findings = evidence.findings};
  for (const EvidenceLink& link : evidence.last_ones)
    chain.last_ones.emplace_back(link.record, link.sha256);
  return chain;
}

/// As of today, without history.
ReportedInstance present_of(InstanceStatus status) {
  return {.name = status.instance,
          .rpo = status.rpo,
          .rto = status.rto,
          .uncovered = std::move(status.uncovered),
          .findings = std::move(status.findings)};
}

/// Of an instance that only the repository knows.
ReportedInstance forgotten(const std::string& name) {
  return {.name = name,
          .configured = false,
          .findings = {{.severity = Severity::kNotice,
                        .where = fmt::format("instance '{}'", name),
                        .what = "has backups and is not in the configuration"}}};
}

/// All of them, or those that are asked for; without history.
std::vector<ReportedInstance> present(const Config& config, const Repository& repository,
                                      const Evidence& evidence,
                                      const std::vector<std::string>& names, Time now) {
  std::vector<std::string> known;
  std::vector<std::string> others;
  for (const std::string& name : names.empty() ? repository.instances() : names) {
    const bool is_known = configured(config, name) != nullptr;
    if (!is_known && repository.ids(name).empty()) static_cast<void>(config.instance(name));
    (is_known ? known : others).push_back(name);
  }
  std::vector<ReportedInstance> instances;
  if (names.empty() || !known.empty()) {  // without names it is of all
    StatusReport today = status(config, repository, evidence, names.empty() ? names : known, now);
    for (InstanceStatus& one : today.instances) instances.push_back(present_of(std::move(one)));
  }
  for (const std::string& name : others) instances.push_back(forgotten(name));
  return instances;
}

}  // namespace

FleetReport report_on(const Config& config, const Repository& repository,
                      const std::vector<std::string>& names, Time now) {
  const Evidence evidence = read_evidence(repository);
  FleetReport report{.made = now,
                     .tool = fmt::format("vya {}", kVersion),
                     .repository = repository.id(),
                     .whole = names.empty(),
                     .instances = present(config, repository, evidence, names, now),
                     .evidence = reported(evidence)};
  for (ReportedInstance& instance : report.instances) {
    add_backups(instance, repository, configured(config, instance.name));
    add_drills(instance, evidence);
  }
  return report;
}

}  // namespace vya
