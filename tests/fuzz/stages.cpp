// The stages that hand bytes on: they change none, and what they say of them does not depend on how
// they come.
#include <algorithm>

#include "stream/digest.h"
#include "stream/fingerprint.h"
#include "stream/gather.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

void check_lines(std::string_view text, std::size_t piece) {
  PieceSource source(text, piece);
  LineReader lines(source);
  std::string joined;
  while (const auto line = lines.next()) {
    require(line->find('\n') == std::string::npos, "a line is one");
    joined += *line + '\n';
  }
  if (!text.empty() && !text.ends_with('\n')) joined.pop_back();
  require(joined == text, "the lines are the text");
}

/// Fingerprints row by row, without a stage.
Fingerprint by_rows(std::string_view text) {
  Fingerprint sum;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    sum += Fingerprint{1, end + 1, row_hash(as_bytes(text.substr(0, end)))};
    text.remove_prefix(end + 1);
  }
  return sum;
}

/// What a backup's pipeline makes of the text, written in such pieces.
void check_pipeline(std::string_view text, std::size_t piece) {
  TextSink end;
  DigestSink digest(end);
  FingerprintSink fingerprint(digest);
  GatherSink gather(fingerprint, 100);
  PieceSource source(text, piece);
  const std::uint64_t copied = copy(source, gather);
  const auto finished = unless_error([&] {
    gather.finish();
    return 0;
  });
  require(finished.has_value() == (text.empty() || text.ends_with('\n')),
          "a last row without an end is refused");
  require(copied == text.size() && end.text() == text, "every byte is handed on");
  require(fingerprint.fingerprint() == by_rows(text), "the fingerprint is of the rows");
  if (!finished) return;
  require(digest.size() == text.size() && digest.sha256() == sha256_hex(as_bytes(text)),
          "the digest is of the text");
}

}  // namespace

void try_input(std::string_view input) {
  const std::size_t piece = 1 + take_choice(input);
  check_lines(input, piece);
  check_pipeline(input, piece);
  unless_error([&] { return parse_sum(input); });
}

}  // namespace vya::fuzz
