// What a drill found, as evidence that stays in the repository.
//
// Records are chained: each names all that were the last ones when it was written, with their
// digests. So an edited or removed record shows in those that came after it, and drills on several
// machines at a time need no lock. docs/format/evidence.md describes the bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "repository/backup_id.h"

namespace vya {

/// One thing that a drill looked at.
struct DrillCheck {
  enum class Result { kPassed, kFailed, kSkipped };
  std::string name;  ///< `rows`, `catalog`, `storage`, or `check NAME` of the user's own
  Result result = Result::kPassed;
  std::string what;  ///< `412 tables, all as in the backup`
  bool operator==(const DrillCheck&) const = default;
};

/// As report/finding.h has it, written down.
struct RecordedFinding {
  bool fault = true;  ///< false: a notice
  std::string where;
  std::string what;
  std::string cure;
  bool operator==(const RecordedFinding&) const = default;
};

struct DrillPhase {
  std::string name;
  std::chrono::microseconds duration{};
  bool operator==(const DrillPhase&) const = default;
};

/// A record that was the last one of a chain.
struct EvidenceLink {
  std::string record;  ///< its name
  std::string sha256;  ///< of its bytes
  bool operator==(const EvidenceLink&) const = default;
};

struct DrillRecord {
  std::string name;  ///< `2026/11/20261122T030000Z-7f3a`
  std::string tool;  ///< `vya 0.1.0`
  std::string repository;
  Time started;
  Time finished;

  BackupId backup;
  std::string manifest_sha256;
  Time snapshot;  ///< the moment that the backup is of
  Time backup_finished;
  std::string source;                  ///< `PostgreSQL 15.18`
  std::vector<std::string> databases;  ///< globs; none: all of the backup
  std::string server;                  ///< `PostgreSQL 15.18, started for the drill`; empty: none

  std::vector<DrillCheck> checks;
  std::vector<DrillPhase> phases;
  std::uint64_t rows = 0;
  std::uint64_t row_bytes = 0;
  /// How long the restore took until it could have been used: without reading it again. Nothing
  /// when it did not come so far.
  std::optional<std::chrono::microseconds> recovery;
  std::optional<std::chrono::seconds> rto;  ///< the targets of the time
  std::optional<std::chrono::seconds> rpo;
  std::vector<RecordedFinding> findings;
  std::vector<EvidenceLink> previous;

  bool passed() const;
  /// How old the moment of the backup was when the drill began.
  std::chrono::microseconds backup_age() const { return started - snapshot; }
  bool operator==(const DrillRecord&) const = default;
};

/// `2026/11/20261122T030000Z-7f3a`.
std::string evidence_name(Time time, const std::string& random);
bool is_evidence_name(std::string_view name);

/// As JSON text, and back. parse_drill_record throws Error(kCheckFailed), naming `where`, when the
/// text is no record, and Error(kUsage) when its format is newer than this program knows.
std::string to_json_text(const DrillRecord& record);
DrillRecord parse_drill_record(std::string_view text, const std::string& where);

const char* word_of(DrillCheck::Result result);

}  // namespace vya
