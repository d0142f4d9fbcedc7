#include "stream/lines.h"

#include <algorithm>
#include <cstring>

namespace vya {

namespace {

constexpr std::size_t kReadSize = std::size_t{64} * 1024;

}  // namespace

std::optional<std::string> LineReader::next() {
  std::size_t searched =
      0;  // from begin_ on; a long line is searched once, not again after every read
  for (;;) {
    const std::size_t end = held_.find('\n', begin_ + searched);
    if (end != std::string::npos) {
      std::string line = held_.substr(begin_, end - begin_);
      begin_ = end + 1;
      return line;
    }
    searched = held_.size() - begin_;
    if (ended_) break;
    read_more();
  }
  if (searched == 0) return std::nullopt;
  std::string line = held_.substr(begin_);
  begin_ = held_.size();
  return line;
}

void LineReader::read_more() {
  held_.erase(0, begin_);
  begin_ = 0;
  const std::size_t size = held_.size();
  held_.resize(size + kReadSize);
  const std::size_t got =
      from_.read(std::as_writable_bytes(std::span(held_)).subspan(size, kReadSize));
  held_.resize(size + got);
  ended_ = got == 0;
}

std::uint64_t copy(Source& from, Sink& to) {
  std::vector<std::byte> buffer(2 * kReadSize);
  std::uint64_t copied = 0;
  while (const std::size_t got = from.read(buffer)) {
    to.write(Bytes(buffer).first(got));
    copied += got;
  }
  return copied;
}

std::string read_text(Source& from) {
  TextSink text;
  copy(from, text);
  return text.text();
}

std::size_t TextSource::read(std::span<std::byte> buffer) {
  const std::size_t size = std::min(buffer.size(), rest_.size());
  if (size == 0) return 0;  // memcpy takes no null pointer, and an empty text may have one
  std::memcpy(buffer.data(), rest_.data(), size);
  rest_.remove_prefix(size);
  return size;
}

}  // namespace vya
