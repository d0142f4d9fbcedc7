// How long a snapshot is held, and how long it may be.
//
// A snapshot keeps VACUUM from removing what died after it, in all tables of the server, so a
// backup that takes days makes the server slow: some would rather have no backup than that.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace vya {

/// Safe from several threads.
class SnapshotAge {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Clock = std::function<Moment()>;

  /// `most`: how old it may become; nothing: any age.
  explicit SnapshotAge(std::optional<std::chrono::seconds> most,
                       Clock clock = std::chrono::steady_clock::now)
      : most_(most), clock_(std::move(clock)) {}

  /// The first snapshot is about to be taken.
  void begin() { since_ = clock_(); }

  /// Since when the oldest snapshot is held; nothing: there is none yet.
  std::optional<Moment> since() const;

  /// ` (the snapshot is 3 min 20 s old)`, or empty while there is none.
  std::string remark() const;

  /// Throws SnapshotTooOld when it is.
  void throw_if_too_old() const;

 private:
  std::optional<std::chrono::seconds> most_;
  Clock clock_;
  std::atomic<Moment> since_ = Moment::min();
};

}  // namespace vya
