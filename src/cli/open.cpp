#include "cli/open.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "operation/open.h"
#include "repository/layout.h"

namespace vya {

namespace {

constexpr unsigned kMostDefaultJobs = 4;

// A store makes its folder when there is none; who only reads must not leave one behind.
std::unique_ptr<Store> open_existing_store(const Config& config) {
  std::error_code error;
  const bool exists = std::filesystem::exists(config.repository, error);
  if (!exists && !error) {
    throw Error(Fault::kNotFound,
                "cannot open the repository '" + config.repository + "': there is no such folder",
                "'vya init' makes the repository.");
  }
  return open_store(config);
}

}  // namespace

OpenRepository::OpenRepository(const Config& config)
    : store_(open_existing_store(config)), repository_(*store_) {}

std::vector<BackupId> backup_ids(Repository& repository, const std::string& instance) {
  std::vector<BackupId> ids;
  for (const std::string& epoch : repository.store().folders(instance + "/")) {
    BackupId id{instance, epoch};
    const std::string manifest = layout::full_folder(id) + "/" + layout::kManifestFile;
    if (is_epoch(epoch) && repository.store().stat(manifest)) ids.push_back(std::move(id));
  }
  return ids;
}

unsigned default_jobs() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, kMostDefaultJobs);
}

}  // namespace vya
