// A draft of the local store: a folder `.incoming-<random>` that is renamed to its place as a
// whole.
//
// A lock (flock on the file `.lock` inside) says that its process lives; the kernel gives it back
// however the process ends. A lock file and not the folder itself, because NFS passes locks of
// files to the other machines, not those of folders.
#pragma once

#include <filesystem>

#include "base/file.h"
#include "store/store.h"

namespace vya::local {

/// Removes what drafts of dead processes left in the store's folder; what cannot be removed stays.
void remove_leftovers(const std::filesystem::path& root);

class Draft final : public StoreDraft {
 public:
  /// Makes the draft's folder in the store's folder `root`; `root`/`prefix` will be its place.
  Draft(std::filesystem::path root, const std::string& prefix);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() override;

  std::unique_ptr<Sink> create(const std::string& name) override;
  void forget(const std::string& name) override;
  void publish() override;

 private:
  void rename_to_place();

  std::filesystem::path root_;
  std::filesystem::path place_;
  std::filesystem::path folder_;
  Fd lock_;
  bool published_ = false;
};

}  // namespace vya::local
