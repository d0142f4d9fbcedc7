// Keeps what an engine tells, for tests to look at.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/engine.h"

namespace vya {

class RecordingWatcher final : public Watcher {
 public:
  void notice(const std::string& sentence) override {
    const std::lock_guard guard(mutex_);
    sentences_.push_back(sentence);
  }

  bool heard(const std::string& words) const {
    const std::lock_guard guard(mutex_);
    return std::ranges::any_of(
        sentences_, [&](const std::string& s) { return s.find(words) != std::string::npos; });
  }

  /// Waits up to ten seconds for a sentence with these words.
  bool hears(const std::string& words) const {
    for (int i = 0; i < 100 && !heard(words); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return heard(words);
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> sentences_;
};

}  // namespace vya
