// What commands open before they work: the repository of the configuration.
#pragma once

#include <memory>

#include "config/config.h"
#include "repository/repository.h"

namespace vya {

/// The configured repository, with the store below it.
class OpenRepository {
 public:
  /// Throws Error(kNotFound) when there is none; makes nothing, not even the folder.
  explicit OpenRepository(const Config& config);

  Repository* operator->() { return &repository_; }
  Repository& operator*() { return repository_; }

 private:
  std::unique_ptr<Store> store_;
  Repository repository_;
};

/// How many connections or files at a time when nobody says: one per processor, at most four, so
/// that a server that works for others keeps room.
unsigned default_jobs();

}  // namespace vya
