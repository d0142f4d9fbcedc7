#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/bytes.h"
#include "base/printable.h"
#include "cli/results.h"
#include "operation/open.h"
#include "report/text.h"

namespace vya {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string source_of(const PasswordSource& password) {
  switch (password.kind) {
    case PasswordSource::Kind::kNone:
      return "";
    case PasswordSource::Kind::kEnvironment:
      return "env:" + password.name;
    case PasswordSource::Kind::kFile:
      return "file:" + password.name;
  }
  return "";
}

/// `closed-database 1, missing-tablespace 2`.
std::string counts_to_text(const std::map<std::string, std::uint64_t>& counts) {
  std::vector<std::string> parts;
  for (const auto& [kind, count] : counts) parts.push_back(fmt::format("{} {}", kind, count));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string snapshot_to_text(const Manifest& manifest) {
  std::string text = to_text(manifest.snapshot);
  if (manifest.moments > 1)
    text += fmt::format(" to {}, {} moments", to_text(manifest.last_snapshot), manifest.moments);
  text += ", " + manifest.guarantee;
  if (!manifest.first_position.empty()) text += ", at " + manifest.first_position;
  if (manifest.last_position != manifest.first_position) text += " to " + manifest.last_position;
  if (manifest.attempts > 1) text += fmt::format(", in {} attempts", manifest.attempts);
  if (manifest.writing_stopped)
    text +=
        fmt::format(", writing stopped for {} ms", manifest.writing_stopped->count() / 1000 + 1);
  return text;
}

Pairs facts_of(const Manifest& manifest) {
  const Manifest::Sums& sums = manifest.sums;
  Pairs facts = {
      {"backup", manifest.id.text()},
      {"verdict", manifest.verdict()},
      {"kind", manifest.kind},
      {"server", fmt::format("{} {}{}, system {}", manifest.product, manifest.version,
                             manifest.standby ? " (standby)" : "", manifest.system_id)},
      {"started", second_of(manifest.started)},
      {"snapshot", snapshot_to_text(manifest)},
      {"finished", fmt::format("{}, after {}", second_of(manifest.finished),
                               human_duration(manifest.finished - manifest.started))},
      {"databases", grouped(sums.databases)},
      {"tables", grouped(sums.tables)},
      {"rows", fmt::format("{}, {} of text", grouped(sums.rows), human_bytes(sums.row_bytes))},
      {"stored", fmt::format("{} in {}", human_bytes(sums.stored_bytes),
                             counted(sums.objects + manifest.files.size() + 1, "file"))},
  };
  for (const auto& [name, value] : manifest.labels) {
    facts.emplace_back("label", fmt::format("{}={}", name, value));
  }
  if (!manifest.gaps.empty()) facts.emplace_back("gaps", counts_to_text(manifest.gaps));
  if (!manifest.accepted_gaps.empty()) {
    facts.emplace_back("accepted gaps", counts_to_text(manifest.accepted_gaps));
  }
  facts.emplace_back("written by", manifest.tool);
  facts.emplace_back("repository", manifest.repository);
  return facts;
}

/// As the configuration writes it; empty when it does not.
const char* tls_name(TlsMode mode) {
  switch (mode) {
    case TlsMode::kChosen:
      return "";
    case TlsMode::kDisabled:
      return "disabled";
    case TlsMode::kRequired:
      return "required";
    case TlsMode::kVerifyCa:
      return "verify-ca";
    case TlsMode::kVerifyIdentity:
      return "verify-identity";
    case TlsMode::kFingerprint:
      return "fingerprint";
  }
  return "";
}

std::string gap_to_text(const Gap& gap) {
  std::string text =
      fmt::format("  {}\n    {}\n", printable_line(gap.id()), printable_line(gap.why));
  if (!gap.cure.empty()) text += fmt::format("    cure: {}\n", gap.cure);
  return text;
}

}  // namespace

Pairs settings_of(const Instance& instance) {
  const bool postgresql = instance.engine == EngineKind::kPostgresql;
  const auto of_postgresql = [&](const std::string& text) { return postgresql ? text : ""; };
  const Pairs all = {
      {"engine", engine_name(instance)},
      {"host", instance.host},
      {"port", instance.port},
      {"user", instance.user},
      {"password", source_of(instance.password)},
      {"sslmode", instance.sslmode},
      {"sslrootcert", instance.sslrootcert},
      {"service", instance.service},
      {"socket", instance.socket},
      {"tls", tls_name(instance.tls)},
      {"tls_ca", instance.tls_ca},
      {"tls_fingerprint", instance.tls_fingerprint},
      {"database", of_postgresql(instance.maintenance_database)},
      {"include", fmt::format("{}", fmt::join(instance.include, ", "))},
      {"exclude", fmt::format("{}", fmt::join(instance.exclude, ", "))},
      {"ddl", instance.ddl == DdlPolicy::kWait ? "wait" : "yield"},
      {"ddl_wait", fmt::format("{}s", instance.ddl_wait.count())},
      {"max_snapshot_age",
       instance.max_snapshot_age ? fmt::format("{}s", instance.max_snapshot_age->count()) : ""},
      {"max_outage", fmt::format("{}s", instance.max_outage.count())},
      {"pause_replay", instance.pause_replay ? "true" : ""},
      {"open_closed_databases", of_postgresql(instance.open_closed_databases ? "true" : "false")},
      {"pg_dump", instance.pg_dump},
  };
  Pairs given;
  for (const auto& pair : all) {
    if (!pair.second.empty()) given.push_back(pair);
  }
  return given;
}

std::string config_to_text(const Config& config) {
  std::string text =
      pairs_to_text({{"configuration", config.file.string()}, {"repository", config.repository}});
  for (const Instance& instance : config.instances) {
    text += "\n" + instance.name + "\n" + pairs_to_text(settings_of(instance), 2);
    if (instance.accept_gaps.empty()) continue;
    text += "  accept_gaps\n";
    text += pairs_to_text(Pairs(instance.accept_gaps.begin(), instance.accept_gaps.end()), 4);
  }
  return text;
}

std::string list_to_text(const std::vector<Outcome<Manifest>>& backups) {
  if (backups.empty()) return "There are no backups.\n";
  std::vector<std::vector<std::string>> rows;
  for (const Outcome<Manifest>& backup : backups) {
    if (!backup.report) {
      rows.push_back({backup.name, "", "DAMAGED", "", "", "", ""});
      continue;
    }
    const Manifest& manifest = *backup.report;
    rows.push_back({manifest.id.text(), second_of(manifest.snapshot), manifest.verdict(),
                    grouped(manifest.sums.databases), grouped(manifest.sums.tables),
                    grouped(manifest.sums.rows), human_bytes(manifest.sums.stored_bytes)});
  }
  return table_to_text({{"BACKUP"},
                        {"SNAPSHOT"},
                        {"VERDICT"},
                        {"DATABASES", Align::kRight},
                        {"TABLES", Align::kRight},
                        {"ROWS", Align::kRight},
                        {"STORED", Align::kRight}},
                       rows);
}

std::string backup_to_text(const ShownBackup& backup) {
  std::string text = pairs_to_text(facts_of(backup.manifest));
  if (!backup.gaps.empty()) {
    text += "\ngaps\n";
    for (const Gap& gap : backup.gaps) text += gap_to_text(gap);
  }
  text += "\nfiles, without rows\n";
  Pairs files;
  for (const FileRecord& file : backup.manifest.files) {
    files.emplace_back(file.path, human_bytes(file.size));
  }
  return text + pairs_to_text(files, 2);
}

}  // namespace vya
