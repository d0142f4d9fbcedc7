// fp1: how many rows there are and what they say, whatever their order and however they are split.
//
// Each row (its text without the line end) is hashed with XXH3-128, seed 0, and the hashes are
// summed modulo 2^128. A sum and not XOR: with XOR a row that is there twice would cancel itself.
// The definition with test vectors is in docs/format/fingerprint.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "stream/sink.h"

struct XXH3_state_s;

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

struct XxhFree {
  void operator()(XXH3_state_s* state) const noexcept;
};

/// Fingerprints the rows that pass. A row ends with a line feed: neither COPY text nor our TSV has
/// one inside a row. Writes may cut rows anywhere; a row that lies whole in one write is the fast
/// case, and a row of any length takes no memory. finish() throws Error(kInternal) when the last
/// row has no end.
class FingerprintSink final : public Sink {
 public:
  explicit FingerprintSink(Sink& next);

  void write(Bytes bytes) override;
  void finish() override;

  /// Of all complete rows so far.
  const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  void begin_or_continue_row(Bytes piece);
  Uint128 end_row(Bytes piece);

  Sink& next_;
  Fingerprint fingerprint_;
  std::unique_ptr<XXH3_state_s, XxhFree> begun_;  ///< the hash of a row whose end has not come yet
  std::uint64_t begun_bytes_ = 0;                 ///< of that row so far; 0: there is none
};

}  // namespace vya
