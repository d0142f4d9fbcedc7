#include "stream/compress.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "tests/stream/stages.h"

namespace vya {
namespace {

using namespace testing;

std::string compressed(std::string_view text, int level = 3) {
  TextSink end;
  CompressSink sink(end, level);
  write_oddly(sink, text);
  sink.finish();
  EXPECT_TRUE(end.finished());
  return end.text();
}

std::string decompressed(std::string_view frame) {
  TextSource from(frame);
  DecompressSource source(from);
  return read_text(source);
}

TEST(Compress, GivesBackTextsOfAllSizes) {
  for (const std::size_t size : {0, 1, 2, 1000, 131071, 131072, 131073, 3'000'000}) {
    const std::string text = sample_text(size);
    EXPECT_EQ(decompressed(compressed(text)), text) << size;
  }
}

TEST(Compress, MakesTheTextSmaller) {
  const std::string text = sample_text(100'000);

  EXPECT_LT(compressed(text).size(), text.size() / 2);
  EXPECT_LT(compressed(text, 19).size(), compressed(text, 1).size());
}

TEST(Compress, GivesOneBlockToOneWrite) {
  const std::string text = sample_text(1'000'000);
  TextSink end;
  CompressSink sink(end, 1);

  sink.write(as_bytes(text));
  sink.finish();

  EXPECT_EQ(decompressed(end.text()), text);
}

TEST(Compress, RefusesALevelThatIsNone) {
  TextSink end;
  EXPECT_EQ(fault_of([&] { CompressSink(end, 0); }), Fault::kInternal);
  EXPECT_EQ(fault_of([&] { CompressSink(end, 20); }), Fault::kInternal);
}

TEST(Compress, PassesOnWhatTheNextThrows) {
  BreakingSink broken(0);
  CompressSink sink(broken, 1);

  EXPECT_THROW(sink.finish(), Broken);
}

TEST(Decompress, ReadsThroughBuffersOfOneByte) {
  const std::string frame = compressed(sample_text(5000));
  PieceSource from(frame, 1);
  DecompressSource source(from);

  std::string text;
  std::byte byte;
  while (source.read(std::span(&byte, 1)) == 1) text += static_cast<char>(byte);

  EXPECT_EQ(text, sample_text(5000));
  EXPECT_EQ(source.read(std::span(&byte, 1)), 0u);
}

TEST(Decompress, GivesWhatTheLibraryStillHoldsWhenTheSourceHasEnded) {
  const std::string text = sample_text(5000);
  std::string frame(ZSTD_compressBound(text.size()), '\0');  // without checksum: content comes last
  frame.resize(ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), 1));
  TextSource from(frame);
  DecompressSource source(from);

  std::size_t size = 0;
  std::byte buffer[7];
  while (const std::size_t got = source.read(buffer)) size += got;

  EXPECT_EQ(size, text.size());
}

TEST(Decompress, RefusesAFrameThatIsCutAnywhere) {
  const std::string frame = compressed(sample_text(500));
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_EQ(fault_of([&] { decompressed(frame.substr(0, size)); }), Fault::kCheckFailed) << size;
  }
}

TEST(Decompress, RefusesAFrameWithABitFlippedAnywhere) {
  const std::string text = sample_text(500);
  const std::string frame = compressed(text);
  for (std::size_t place = 0; place < frame.size(); ++place) {
    std::string damaged = frame;
    damaged[place] = static_cast<char>(damaged[place] ^ 1);
    std::string read;
    const auto fault = fault_of([&] { read = decompressed(damaged); });
    if (!fault && read == text)
      continue;  // a bit of the header that changes nothing of the content
    EXPECT_EQ(fault, Fault::kCheckFailed) << place;
  }
}

TEST(Decompress, RefusesWhatFollowsTheFrame) {
  const std::string frame = compressed("text");
  EXPECT_EQ(fault_of([&] { decompressed(frame + "x"); }), Fault::kCheckFailed);
  EXPECT_EQ(fault_of([&] { decompressed(frame + frame); }), Fault::kCheckFailed);

  PieceSource byte_by_byte(frame, 1);
  DecompressSource source(byte_by_byte);
  EXPECT_EQ(read_text(source), "text");
}

TEST(Decompress, RefusesWhatIsNoFrame) {
  EXPECT_EQ(fault_of([&] { decompressed("no frame at all"); }), Fault::kCheckFailed);
}

TEST(Decompress, RefusesAFrameThatIsToBeSkipped) {
  EXPECT_EQ(fault_of([&] { decompressed(std::string("\x50\x2A\x4D\x18\0\0\0\0", 8)); }),
            Fault::kCheckFailed);
}

TEST(Decompress, TakesNoMoreMemoryThanOurFramesNeed) {
  // Frames of nothing, with a window of 8 MiB and of 9 MiB (RFC 8878, section 3.1.1.1.2).
  const auto frame = [](char window) {
    return std::string("\x28\xB5\x2F\xFD\0", 5) + window + std::string("\1\0\0", 3);
  };
  EXPECT_EQ(decompressed(frame(13 << 3)), "");
  EXPECT_EQ(fault_of([&] { decompressed(frame((13 << 3) + 1)); }), Fault::kCheckFailed);
}

TEST(Decompress, PassesOnWhatTheSourceThrows) {
  const std::string frame = compressed("text");
  PieceSource from(std::string_view(frame).substr(0, 5), 5, PieceSource::End::kThrows);
  DecompressSource source(from);

  EXPECT_THROW(read_text(source), Broken);
}

}  // namespace
}  // namespace vya
