// The manifest: the truth about one backup. Small, readable without a key, without names of tables
// or accounts.
//
// A backup exists exactly when its manifest does: it is written last. docs/format/manifest.md
// describes its bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "repository/backup_id.h"

namespace vya {

/// A file of the backup, by its path below the backup's folder.
struct FileRecord {
  std::string path;
  std::uint64_t size = 0;  ///< as stored
  std::string sha256;      ///< of the stored bytes
  bool operator==(const FileRecord&) const = default;
};

struct Manifest {
  int format = 1;
  std::string tool;  ///< `vya 0.1.0`
  std::string repository;
  BackupId id;
  std::string kind = "full";
  std::map<std::string, std::string> labels;

  std::string engine;  ///< `postgresql`
  std::string product;
  std::string version;
  int major = 0;
  std::string system_id;
  bool standby = false;

  Time started;
  Time snapshot;       ///< the moment that was caught, by the server's clock: the first database's
  Time last_snapshot;  ///< and the last one's
  /// How many groups of databases were caught, one after another: the databases of one are of
  /// moments that are as close together as can be.
  int moments = 1;
  Time finished;
  std::string guarantee;
  std::string first_position;
  std::string last_position;
  int attempts = 1;  ///< how many snapshots it took
  /// For how long all writing on the server had to wait for the snapshot, where it had to.
  std::optional<std::chrono::microseconds> writing_stopped;

  /// What the backup holds.
  struct Sums {
    std::uint64_t databases = 0;
    std::uint64_t tables = 0;
    std::uint64_t segments = 0;
    std::uint64_t rows = 0;
    std::uint64_t row_bytes = 0;     ///< of text
    std::uint64_t objects = 0;       ///< files that hold rows
    std::uint64_t stored_bytes = 0;  ///< of all files but the manifest, as stored
    Sums& operator+=(const Sums& more);
    bool operator==(const Sums&) const = default;
  } sums;

  std::map<std::string, std::uint64_t>
      gaps;  ///< by kind, how many; those the configuration does not accept
  std::map<std::string, std::uint64_t> accepted_gaps;  ///< by kind, how many

  /// Every file but those that hold rows (these are in the inventory) and the manifest itself.
  std::vector<FileRecord> files;

  /// `COMPLETE` or `COMPLETE WITH GAPS`.
  std::string verdict() const { return gaps.empty() ? "COMPLETE" : "COMPLETE WITH GAPS"; }

  bool operator==(const Manifest&) const = default;
};

/// The manifest as JSON text, and back. parse_manifest throws Error(kCheckFailed), naming `where`,
/// when the text is no manifest or is not as it was written, and Error(kUsage) when its format is
/// newer than this program knows.
std::string to_json_text(const Manifest& manifest);
Manifest parse_manifest(std::string_view text, const std::string& where);

/// Throws Error(kUsage), naming it, when a label cannot be written into a manifest (no UTF-8).
void require_labels(const std::map<std::string, std::string>& labels);

}  // namespace vya
