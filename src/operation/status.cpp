#include "operation/status.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "operation/anomalies.h"
#include "operation/contents.h"
#include "operation/open.h"

namespace vya {

namespace {

constexpr std::size_t kCompared = 7;  // backups before the newest

std::string about(const Instance& instance) { return fmt::format("instance '{}'", instance.name); }

/// The newest that can be read and the ones before it; what cannot be read is a finding.
std::vector<Manifest> newest_of(const Repository& repository, const std::string& instance,
                                std::vector<Finding>& findings) {
  std::vector<BackupId> ids = repository.ids(instance);
  std::ranges::reverse(ids);
  std::vector<Manifest> manifests;
  for (const BackupId& id : ids) {
    if (manifests.size() > kCompared) break;
    try {
      manifests.push_back(repository.open(parse_backup_reference(id.text())).manifest());
    } catch (const Error& error) {
      if (error.fault() != Fault::kCheckFailed) throw;
      findings.push_back({.where = "backup " + id.text(),
                          .what = "cannot be read: " + error.message(),
                          .cure = "'vya verify' looks at all of it; back up again."});
    }
  }
  return manifests;
}

std::vector<std::string> uncovered_in(const Repository& repository, const Manifest& manifest) {
  const Backup backup = repository.open(parse_backup_reference(manifest.id.text()));
  return uncovered_databases(manifest.engine, RepositoryContents(backup));
}

CatalogModel catalog_in(const Repository& repository, const Manifest& manifest) {
  const Backup backup = repository.open(parse_backup_reference(manifest.id.text()));
  return describe(manifest.engine, RepositoryContents(backup));
}

void add(std::vector<Finding>& to, const std::vector<Finding>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// What `read` gives; that a backup is damaged becomes a finding.
template <typename Read>
auto read_or_tell(std::vector<Finding>& findings, const Manifest& manifest, const Read& read)
    -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const Error& error) {
    if (error.fault() != Fault::kCheckFailed && error.fault() != Fault::kNotFound) throw;
    findings.push_back({.where = "backup " + manifest.id.text(),
                        .what = "is damaged: " + error.message(),
                        .cure = "'vya verify' names what is damaged; back up again."});
    return std::nullopt;
  }
}

/// Of the same product only: another one has other names for everything.
std::vector<Finding> anomalies_of(const Repository& repository, const Instance& instance,
                                  const std::vector<Manifest>& manifests) {
  if (manifests.size() < 2) return {};
  std::vector<Finding> findings = size_anomalies(
      manifests[0], {manifests.begin() + 1, manifests.end()}, instance.anomaly_factor);
  if (manifests[0].product != manifests[1].product) return findings;
  const auto before =
      read_or_tell(findings, manifests[1], [&] { return catalog_in(repository, manifests[1]); });
  const auto newest =
      read_or_tell(findings, manifests[0], [&] { return catalog_in(repository, manifests[0]); });
  if (before && newest) add(findings, catalog_anomalies(*before, *newest));
  return findings;
}

std::optional<DrillRecord> last_of(const Evidence& evidence, const std::string& instance,
                                   const std::function<bool(const DrillRecord&)>& fits) {
  for (auto record = evidence.records.rbegin(); record != evidence.records.rend(); ++record) {
    if (record->backup.instance == instance && fits(*record)) return *record;
  }
  return std::nullopt;
}

InstanceStatus status_of(const Instance& instance, const Repository& repository,
                         const Evidence& evidence, Time now) {
  InstanceStatus status{.instance = instance.name, .rpo = instance.rpo, .rto = instance.rto};
  const std::vector<Manifest> manifests = newest_of(repository, instance.name, status.findings);
  if (!manifests.empty()) {
    status.backup = manifests[0];
    status.age = now - manifests[0].snapshot;
    if (auto uncovered = read_or_tell(status.findings, manifests[0],
                                      [&] { return uncovered_in(repository, manifests[0]); }))
      status.uncovered = std::move(*uncovered);
  }
  status.drill = last_of(evidence, instance.name, [](const DrillRecord&) { return true; });
  status.proof = last_of(evidence, instance.name, &DrillRecord::passed);
  add(status.findings, judge_backup(instance, status.backup, now));
  add(status.findings, judge_drills(instance, status.drill, status.proof, now));
  if (!status.uncovered.empty()) {
    status.findings.push_back({.severity = Severity::kNotice,
                               .where = about(instance),
                               .what = fmt::format("has databases that are not backed up: {}",
                                                   fmt::join(status.uncovered, ", ")),
                               .cure = "'include' and 'exclude' of the instance say which are."});
  }
  add(status.findings, anomalies_of(repository, instance, manifests));
  return status;
}

/// Backups that nobody makes any more.
std::vector<Finding> forgotten(const Config& config, const Repository& repository) {
  std::vector<Finding> findings;
  for (const std::string& name : repository.instances()) {
    if (std::ranges::find(config.instances, name, &Instance::name) != config.instances.end())
      continue;
    findings.push_back({.severity = Severity::kNotice,
                        .where = fmt::format("instance '{}'", name),
                        .what = "has backups and is not in the configuration"});
  }
  return findings;
}

}  // namespace

bool StatusReport::is_fine() const {
  return !has_fault(findings) && std::ranges::none_of(instances, [](const InstanceStatus& one) {
    return has_fault(one.findings);
  });
}

std::vector<Finding> judge_backup(const Instance& instance, const std::optional<Manifest>& newest,
                                  Time now) {
  if (!newest) {
    return {{.where = about(instance),
             .what = "has no backup",
             .cure = fmt::format("'vya backup {}' makes one.", instance.name)}};
  }
  std::vector<Finding> findings;
  const auto age = now - newest->snapshot;
  if (instance.rpo && age > *instance.rpo) {
    findings.push_back(
        {.where = about(instance),
         .what = fmt::format("has no newer backup than {}, {} old; its target is {}",
                             newest->id.epoch, human_duration(age), human_duration(*instance.rpo)),
         .cure =
             fmt::format("'vya backup {}'; look why the last one did not end.", instance.name)});
  }
  if (!newest->gaps.empty()) {
    std::vector<std::string> gaps;
    for (const auto& [kind, number] : newest->gaps)
      gaps.push_back(fmt::format("{} {}", number, kind));
    findings.push_back({.where = about(instance),
                        .what = fmt::format("has a backup with gaps: {}", fmt::join(gaps, ", ")),
                        .cure = "'vya show' names them; close them, or accept them by name."});
  }
  return findings;
}

std::vector<Finding> judge_drills(const Instance& instance, const std::optional<DrillRecord>& last,
                                  const std::optional<DrillRecord>& proof, Time now) {
  const std::string cure = fmt::format("'vya drill {}'", instance.name);
  if (!last) {
    return {{.severity = instance.drill.every ? Severity::kFault : Severity::kNotice,
             .where = about(instance),
             .what = "has no backup that was proven to restore",
             .cure = cure + " proves the newest."}};
  }
  std::vector<Finding> findings;
  if (!last->passed()) {
    findings.push_back({.where = about(instance),
                        .what = fmt::format("failed its last drill, '{}'", last->name),
                        .cure = cure + " shows what is wrong."});
  }
  if (instance.drill.every && proof && now - proof->finished > *instance.drill.every) {
    findings.push_back({.where = about(instance),
                        .what = fmt::format("passed its last drill {} ago; it is wanted every {}",
                                            human_duration(now - proof->finished),
                                            human_duration(*instance.drill.every)),
                        .cure = cure});
  }
  if (proof && !proof->databases.empty()) {
    findings.push_back(
        {.severity = Severity::kNotice,
         .where = about(instance),
         .what = fmt::format("was proven in part by '{}': databases {}", proof->name,
                             fmt::join(proof->databases, ", ")),
         .cure = cure + " without '--database', or 'databases' in the configuration, proves all."});
  }
  if (instance.rto && proof && proof->recovery && *proof->recovery > *instance.rto) {
    findings.push_back(
        {.where = about(instance),
         .what = fmt::format("took {} to recover; its target is {}",
                             human_duration(*proof->recovery), human_duration(*instance.rto))});
  }
  return findings;
}

StatusReport status(const Config& config, const Repository& repository, const Evidence& evidence,
                    const std::vector<std::string>& names, Time now) {
  StatusReport report{.findings = evidence.findings};
  if (names.empty()) add(report.findings, forgotten(config, repository));
  for (const std::string& name : names.empty() ? config.backed_up() : names)
    report.instances.push_back(status_of(config.instance(name), repository, evidence, now));
  return report;
}

}  // namespace vya
