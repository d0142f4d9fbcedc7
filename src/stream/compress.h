// zstd: one frame per object, with a checksum of the content.
#pragma once

#include <memory>
#include <vector>

#include "stream/sink.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace vya {

struct ZstdFree {
  void operator()(ZSTD_CCtx_s* context) const noexcept;
  void operator()(ZSTD_DCtx_s* context) const noexcept;
};

/// Compresses what passes into one zstd frame; nothing at all gives a frame too. Takes the same
/// memory however much passes: a few MiB at the low levels, about 90 MiB at 19.
class CompressSink final : public Sink {
 public:
  /// `level` as zstd's: 1 to 19. Throws Error(kInternal) for another.
  CompressSink(Sink& next, int level);

  void write(Bytes bytes) override;
  void finish() override;

 private:
  Sink& next_;
  std::unique_ptr<ZSTD_CCtx_s, ZstdFree> context_;
  std::vector<std::byte> buffer_;
};

/// Gives the content of one zstd frame. read() throws Error(kCheckFailed) when the frame is
/// damaged, is cut, is followed by anything, or would take more memory than CompressSink's frames
/// do (8 MiB as window).
class DecompressSource final : public Source {
 public:
  explicit DecompressSource(Source& from);

  std::size_t read(std::span<std::byte> buffer) override;

 private:
  void require_frame();
  bool refill();
  void require_end();

  Source& from_;
  std::unique_ptr<ZSTD_DCtx_s, ZstdFree> context_;
  std::vector<std::byte> buffer_;
  std::size_t begin_ = 0;  ///< of what is in buffer_ and not yet decompressed
  std::size_t end_ = 0;
  bool frame_begun_ = false;
  bool frame_done_ = false;
};

}  // namespace vya
