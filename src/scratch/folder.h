// The private folder of a throwaway server.
#pragma once

#include <filesystem>

#include "base/file.h"
#include "scratch/server_user.h"

namespace vya {

/// A folder that belongs to the server's user, and that nobody else can look into.
class ScratchFolder {
 public:
  /// Makes `parent/vya-drill-XXXXXX`, and removes what drills left there that were killed together
  /// with all that they had started. Throws Error(kStorage).
  ScratchFolder(const std::filesystem::path& parent, const SystemUser& user);
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  /// Removes it, unless that was left to somebody else.
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }

  /// Held for as long as somebody needs the folder; children that inherit it need it too.
  int lock() const { return lock_.get(); }

  /// Somebody else removes the folder from now on.
  void leave() { is_ours_ = false; }

 private:
  std::filesystem::path path_;
  Fd lock_;
  bool is_ours_ = true;
};

}  // namespace vya
