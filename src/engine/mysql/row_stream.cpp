#include "engine/mysql/row_stream.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace vya::mysql {

namespace {

constexpr std::size_t kMostBlocks = 8;

}  // namespace

RowStream::RowStream(Work work)
    : thread_([this, work = std::move(work)] {
        std::exception_ptr failed;
        try {
          work([this](std::span<char> buffer) { return take(buffer); });
        } catch (...) {
          failed = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        failed_ = failed;
        ended_ = true;
        changed_.notify_all();
      }) {}

RowStream::~RowStream() { end_with(State::kAbandoned); }

void RowStream::end_with(State state) {
  const std::lock_guard lock(mutex_);
  if (state_ == State::kGiving) state_ = state;
  changed_.notify_all();
}

void RowStream::give(std::string block) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_ || blocks_.size() < kMostBlocks; });
  if (failed_) std::rethrow_exception(failed_);
  blocks_.push_back(std::move(block));
  changed_.notify_all();
}

void RowStream::finish() {
  end_with(State::kAllGiven);
  thread_.join();
  if (failed_) std::rethrow_exception(failed_);
}

std::size_t RowStream::take(std::span<char> buffer) {
  if (at_ == current_.size()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !blocks_.empty() || state_ != State::kGiving; });
    if (state_ == State::kAbandoned) throw Error(Fault::kInternal, "the rows were abandoned");
    if (blocks_.empty()) return 0;
    current_ = std::move(blocks_.front());
    blocks_.pop_front();
    at_ = 0;
    changed_.notify_all();
  }
  const std::size_t length = std::min(buffer.size(), current_.size() - at_);
  std::copy_n(current_.data() + at_, length, buffer.data());
  at_ += length;
  return length;
}

}  // namespace vya::mysql
