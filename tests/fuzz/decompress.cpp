// The compressing stages: any bytes are an Error or a text, the same one however they come and are
// asked for; what was compressed comes back.
#include <zstd.h>

#include "stream/compress.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

/// A small frame may hold a huge text of nothing but zeros; its beginning is enough.
constexpr std::size_t kEnough = std::size_t{1} << 20;

std::string text_of(Source& from, std::size_t piece) {
  DecompressSource source(from);
  std::vector<std::byte> buffer(piece);
  std::string text;
  while (text.size() < kEnough) {
    const std::size_t got = source.read(buffer);
    require(got <= piece, "no more comes than was asked for");
    if (got == 0) {
      require(source.read(buffer) == 0, "the end stays the end");
      break;
    }
    text += as_text(Bytes(buffer).first(got));
  }
  text.resize(std::min(text.size(), kEnough));
  return text;
}

std::string compressed(std::string_view text, int level) {
  TextSink frame;
  CompressSink sink(frame, level);
  sink.write(as_bytes(text.substr(0, text.size() / 2)));
  sink.write(as_bytes(text.substr(text.size() / 2)));
  sink.finish();
  return frame.text();
}

void check_followed(std::string_view frame) {
  const std::string longer = std::string(frame) + "x";
  TextSource source(longer);
  require(!unless_error([&] { return text_of(source, 64 * 1024); }), "nothing follows a frame");
}

}  // namespace

void try_input(std::string_view input) {
  const unsigned choice = take_choice(input);
  const auto whole = unless_error([&] {
    TextSource source(input);
    return text_of(source, 64 * 1024);
  });
  const auto pieces = unless_error([&] {
    PieceSource source(input, 1 + choice % 7);
    return text_of(source, 1 + choice * 16);
  });
  // Of damage, libzstd 1.5 sees one kind only in a frame that comes whole: a size in the header
  // that is not the content's, before an empty last block.
  require(!whole || !pieces || whole == pieces, "pieces of another size give the same text");
  require(!whole || input.starts_with("\x28\xB5\x2F\xFD"), "what is read is a zstd frame");
  if (whole && whole->size() < kEnough) check_followed(input);
  const std::string frame = compressed(input, 1 + static_cast<int>(choice) % 4);
  TextSource source(frame);
  require(text_of(source, 4096) == input, "what was compressed comes back");
}

}  // namespace vya::fuzz
