#include "stream/compress.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <array>

#include "base/error.h"

namespace vya {

namespace {

constexpr int kHighestLevel =
    19;  // above it a frame takes more memory to read than a reader need offer
constexpr int kLargestWindow = 23;  // of level 19, as a power of two

/// What a frame begins with (RFC 8878, section 3.1.1), on every machine the same.
constexpr std::array kMagic = {std::byte{0x28}, std::byte{0xB5}, std::byte{0x2F}, std::byte{0xFD}};

std::size_t require_done(std::size_t answer) {
  if (ZSTD_isError(answer)) {
    throw Error(Fault::kInternal, fmt::format("cannot compress: {}", ZSTD_getErrorName(answer)));
  }
  return answer;
}

Error damaged(std::string_view why) {
  return Error(Fault::kCheckFailed, fmt::format("cannot decompress: {}", why),
               "The object is damaged; use another copy of it or another backup.");
}

}  // namespace

void ZstdFree::operator()(ZSTD_CCtx_s* context) const noexcept { ZSTD_freeCCtx(context); }
void ZstdFree::operator()(ZSTD_DCtx_s* context) const noexcept { ZSTD_freeDCtx(context); }

CompressSink::CompressSink(Sink& next, int level)
    : next_(next), context_(ZSTD_createCCtx()), buffer_(ZSTD_CStreamOutSize()) {
  if (!context_) throw Error(Fault::kInternal, "cannot compress: no memory");
  if (level < 1 || level > kHighestLevel) {
    throw Error(Fault::kInternal, fmt::format("cannot compress at level {}: not 1 to 19", level));
  }
  require_done(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level));
  require_done(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1));
}

void CompressSink::write(Bytes bytes) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  while (in.pos < in.size) {
    ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
    require_done(ZSTD_compressStream2(context_.get(), &out, &in, ZSTD_e_continue));
    if (out.pos > 0) next_.write(Bytes(buffer_).first(out.pos));
  }
}

void CompressSink::finish() {
  ZSTD_inBuffer nothing{nullptr, 0, 0};
  std::size_t left = 1;
  while (left > 0) {
    ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
    left = require_done(ZSTD_compressStream2(context_.get(), &out, &nothing, ZSTD_e_end));
    if (out.pos > 0) next_.write(Bytes(buffer_).first(out.pos));
  }
  next_.finish();
}

DecompressSource::DecompressSource(Source& from)
    : from_(from), context_(ZSTD_createDCtx()), buffer_(ZSTD_DStreamInSize()) {
  if (!context_) throw Error(Fault::kInternal, "cannot decompress: no memory");
  require_done(ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kLargestWindow));
}

std::size_t DecompressSource::read(std::span<std::byte> buffer) {
  if (!frame_begun_) require_frame();
  ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
  while (!frame_done_ && out.pos == 0) {
    // At the end of the input zstd is asked once more: it may still hold what did not fit into the
    // last buffer.
    const bool more = begin_ < end_ || refill();
    ZSTD_inBuffer in{buffer_.data(), end_, begin_};
    const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(left)) throw damaged(ZSTD_getErrorName(left));
    begin_ = in.pos;
    frame_done_ = left == 0;
    if (frame_done_) require_end();
    if (!more && !frame_done_ && out.pos == 0) throw damaged("the data ends too early");
  }
  return out.pos;
}

// The library would also take frames that are to be skipped, and formats from before RFC 8878.
void DecompressSource::require_frame() {
  while (end_ < kMagic.size()) {
    const std::size_t got = from_.read(std::span(buffer_).subspan(end_));
    if (got == 0) throw damaged("the data ends too early");
    end_ += got;
  }
  if (!std::ranges::equal(kMagic, std::span(buffer_).first(kMagic.size()))) {
    throw damaged("it is no zstd frame");
  }
  frame_begun_ = true;
}

bool DecompressSource::refill() {
  begin_ = 0;
  end_ = from_.read(buffer_);
  return end_ > 0;
}

void DecompressSource::require_end() {
  if (begin_ < end_ || refill()) throw damaged("something follows the end of the data");
}

}  // namespace vya
