#include "operation/extent_reader.h"

#include <algorithm>

#include "base/error.h"

namespace vya {

namespace {

/// Reads up to `most` bytes; ends the work when the object ends first.
Bytes read_some(Source& from, std::vector<std::byte>& buffer, std::uint64_t most,
                const std::string& object) {
  const std::span<std::byte> room(
      buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), most)));
  const std::size_t got = from.read(room);
  if (got == 0) {
    throw Error(Fault::kCheckFailed,
                "cannot read rows: object '" + object + "' ends before they do");
  }
  return room.first(got);
}

}  // namespace

void ExtentReader::skip_to(std::uint64_t offset) {
  while (at_ < offset) at_ += read_some(*source_, buffer_, offset - at_, object_).size();
}

void ExtentReader::copy(const Extent& extent, Sink& to) {
  if (!source_ || object_ != extent.object || at_ > extent.offset) {
    source_ = backup_.read_rows(extent.object);
    object_ = extent.object;
    at_ = 0;
  }
  skip_to(extent.offset);
  for (std::uint64_t left = extent.bytes; left > 0;) {
    const Bytes bytes = read_some(*source_, buffer_, left, object_);
    at_ += bytes.size();
    left -= bytes.size();
    to.write(bytes);
  }
}

}  // namespace vya
