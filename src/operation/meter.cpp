#include "operation/meter.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace vya {

void Meter::begin(const std::string& phase) {
  {
    const std::lock_guard guard(mutex_);
    phase_ = phase;
    done_ = {};
    expected_ = {};
  }
  next_.begin(phase);
}

void Meter::advance(const Amount& done, const Amount& expected) {
  {
    const std::lock_guard guard(mutex_);
    done_ += done;
    expected_ = expected;
  }
  next_.advance(done, expected);
}

std::string Meter::how_far() const {
  const std::lock_guard guard(mutex_);
  std::string where = fmt::format("in the phase '{}'", phase_);
  if (expected_ == Amount{}) return where;
  return fmt::format("{}, after {} of about {} and {} of {} tables", where,
                     human_bytes(done_.bytes), human_bytes(expected_.bytes), done_.tables,
                     expected_.tables);
}

}  // namespace vya
