// fp1: how many rows there are and what they say, whatever their order and however they are split.
//
// Each row (its text without the line end) is hashed with XXH3-128, seed 0, and the hashes are summed modulo 2^128. A
// sum and not XOR: with XOR a row that is there twice would cancel itself. The definition with test vectors is in
// docs/format/fingerprint.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stream/sink.h"

namespace vya {

__extension__ using Uint128 = unsigned __int128;

struct Fingerprint {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;  ///< of text, line ends included
  Uint128 sum = 0;

  Fingerprint& operator+=(const Fingerprint& other);
  bool operator==(const Fingerprint&) const = default;

  /// The sum as 32 lower-case hexadecimal digits, most significant first.
  std::string sum_text() const;
};

/// What sum_text() wrote. Throws Error(kCheckFailed) on anything else.
Uint128 parse_sum(std::string_view text);

/// The hash of one row's text without its line end.
Uint128 row_hash(Bytes row);

/// Fingerprints the rows that pass. A row ends with a line feed: neither COPY text nor our TSV has one inside a
/// row. Writes may cut rows anywhere. finish() throws Error(kInternal) when the last row has no end.
class FingerprintSink final : public Sink {
 public:
  explicit FingerprintSink(Sink& next) : next_(next) {}

  void write(Bytes bytes) override;
  void finish() override;

  /// Of all complete rows so far.
  const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  Sink& next_;
  Fingerprint fingerprint_;
  std::string begun_;  ///< the start of a row whose end has not come yet
};

}  // namespace vya
