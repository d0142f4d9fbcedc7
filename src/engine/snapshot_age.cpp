#include "engine/snapshot_age.h"

#include "base/clock.h"
#include "engine/engine.h"

namespace vya {

namespace {

std::string in_words(SnapshotAge::Moment::duration age) {
  return human_duration(std::chrono::duration_cast<std::chrono::microseconds>(age));
}

}  // namespace

std::optional<SnapshotAge::Moment> SnapshotAge::since() const {
  const Moment since = since_;
  return since == Moment::min() ? std::nullopt : std::optional(since);
}

std::string SnapshotAge::remark() const {
  const std::optional<Moment> begun = since();
  return begun ? " (the snapshot is " + in_words(clock_() - *begun) + " old)" : "";
}

void SnapshotAge::throw_if_too_old() const {
  if (!most_) return;
  const std::optional<Moment> begun = since();
  if (!begun) return;
  const Moment::duration age = clock_() - *begun;
  if (age > *most_) throw SnapshotTooOld("its snapshot is " + in_words(age) + " old");
}

}  // namespace vya
