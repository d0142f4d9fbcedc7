// Local store: objects as files under one folder.
//
// An object is written under a temporary name, synced, and renamed, so a reader sees all of it or
// none of it; the folder is synced too, because a rename is not durable before that. A draft is a
// folder `.incoming-<random>` beside its place, locked (flock) while its process lives, and renamed
// into its place at the end; what a dead process left is removed by the next draft. Files and
// folders are made for their owner only, since they hold whole servers.
#pragma once

#include <filesystem>

#include "store/store.h"

namespace vya {

class LocalStore final : public Store {
 public:
  /// `folder` is made by the first object or draft when it does not exist (its parent must).
  explicit LocalStore(std::filesystem::path folder);

  std::unique_ptr<Sink> create(const std::string& name) override;
  std::unique_ptr<StoreDraft> draft(const std::string& prefix) override;
  std::unique_ptr<Source> read(const std::string& name) const override;
  std::optional<ObjectInfo> stat(const std::string& name) const override;
  std::vector<ObjectInfo> list(const std::string& prefix) const override;
  std::vector<std::string> folders(const std::string& prefix) const override;
  std::string where() const override { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace vya
