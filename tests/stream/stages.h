// Ends of pipelines that behave badly or oddly, for the tests of every stage.
#pragma once

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/error.h"
#include "stream/lines.h"
#include "stream/sink.h"

namespace vya::testing {

/// Writes a text in pieces of 1, 2, 3, ... up to 13 bytes, again and again.
inline void write_oddly(Sink& sink, std::string_view text) {
  for (std::size_t size = 1; !text.empty(); size = size % 13 + 1) {
    const std::size_t piece = std::min(size, text.size());
    sink.write(as_bytes(text.substr(0, piece)));
    text.remove_prefix(piece);
  }
}

struct Broken : std::runtime_error {
  Broken() : std::runtime_error("broken on purpose") {}
};

/// Takes so many bytes and then throws; finish() throws too.
class BreakingSink final : public Sink {
 public:
  explicit BreakingSink(std::size_t bytes) : left_(bytes) {}
  void write(Bytes bytes) override {
    if (bytes.size() > left_) throw Broken();
    left_ -= bytes.size();
  }
  void finish() override { throw Broken(); }

 private:
  std::size_t left_;
};

/// Gives a text at most `piece` bytes at a time, and then ends or throws.
class PieceSource final : public Source {
 public:
  enum class End { kEnds, kThrows };

  PieceSource(std::string_view text, std::size_t piece, End end = End::kEnds)
      : rest_(text), piece_(piece), end_(end) {}

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t size = std::min({buffer.size(), piece_, rest_.size()});
    if (size == 0 && end_ == End::kThrows) throw Broken();
    std::ranges::copy(as_bytes(rest_.substr(0, size)), buffer.begin());
    rest_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view rest_;
  std::size_t piece_;
  End end_;
};

/// Text that compresses, but not to nothing; the same for the same size.
inline std::string sample_text(std::size_t size) {
  std::string text;
  std::uint64_t state = 88172645463325252;  // xorshift64 of Marsaglia
  while (text.size() < size) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    text += std::to_string(state % 100000) + "\tname\\n\t" + std::to_string(state >> 40) + "\n";
  }
  text.resize(size);
  return text;
}

/// The fault of the Error that `work` throws; nothing when it throws none.
template <typename Work>
std::optional<Fault> fault_of(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.fault();
  }
  return std::nullopt;
}

}  // namespace vya::testing
