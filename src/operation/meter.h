// Passes progress on and remembers it, so that an error can say how far the work was.
#pragma once

#include <mutex>
#include <string>

#include "operation/progress.h"

namespace vya {

class Meter final : public Progress {
 public:
  /// `next` must outlive it.
  explicit Meter(Progress& next) : next_(next) {}

  void notice(const std::string& sentence) override { next_.notice(sentence); }
  void phases(int total) override { next_.phases(total); }
  void more_phases(int more) override { next_.more_phases(more); }
  void begin(const std::string& phase) override;
  void end(const std::string& result) override { next_.end(result); }
  void advance(const Amount& done, const Amount& expected) override;
  void snapshot(std::optional<Moment> since) override { next_.snapshot(since); }

  /// `in the phase 'rows', after 5.0 GiB of about 20 GiB and 3 of 12 tables`.
  std::string how_far() const;

 private:
  Progress& next_;
  mutable std::mutex mutex_;
  std::string phase_;
  Amount done_;
  Amount expected_;
};

}  // namespace vya
