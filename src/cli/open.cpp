#include "cli/open.h"

#include <algorithm>
#include <thread>

#include "operation/open.h"

namespace vya {

namespace {

constexpr unsigned kMostDefaultJobs = 4;

}  // namespace

OpenRepository::OpenRepository(const Config& config)
    : store_(open_store(config)), repository_(*store_) {}

unsigned default_jobs() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, kMostDefaultJobs);
}

}  // namespace vya
