// vya backup: one moment of a server, captured into the repository.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "engine/engine.h"
#include "operation/progress.h"
#include "repository/repository.h"

namespace vya {

struct BackupRequest {
  std::vector<std::string>
      databases;  ///< globs; instead of the instance's include, when there are any
  unsigned jobs = 1;
  int level = 1;  ///< of zstd, 1 to 19
  std::map<std::string, std::string> labels;
  std::optional<std::chrono::seconds> max_snapshot_age;  ///< instead of the instance's
};

struct BackupReport {
  Manifest manifest;
  std::vector<Gap> gaps;           ///< those that the configuration does not accept
  std::vector<Gap> accepted_gaps;  ///< those it does
  std::chrono::microseconds duration{};
};

/// Backs an instance up. Throws Error when there is no backup afterwards.
BackupReport back_up(Repository& repository, Engine& engine, const Instance& instance,
                     const BackupRequest& request, Progress& progress);

/// What a backup would take.
struct BackupPreview {
  SnapshotFacts facts;
  struct DatabaseSize {
    std::string name;
    std::uint64_t tables = 0;
    std::uint64_t segments = 0;
    std::uint64_t bytes = 0;  ///< on the server, about
  };
  std::vector<DatabaseSize> databases;
  std::vector<Gap> gaps;
};

/// Takes the snapshot, looks, and gives it back; stores nothing.
BackupPreview preview_backup(Engine& engine, const Instance& instance, const BackupRequest& request,
                             Progress& progress);

}  // namespace vya
