#include "stream/fingerprint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <charconv>
#include <new>

#include "base/error.h"

namespace vya {

namespace {

Uint128 number_of(const XXH128_hash_t& hash) {
  return (static_cast<Uint128>(hash.high64) << 64) | hash.low64;
}

}  // namespace

void XxhFree::operator()(XXH3_state_s* state) const noexcept { XXH3_freeState(state); }

Fingerprint& Fingerprint::operator+=(const Fingerprint& other) {
  rows += other.rows;
  bytes += other.bytes;
  sum += other.sum;
  return *this;
}

std::string Fingerprint::sum_text() const {
  return fmt::format("{:016x}{:016x}", static_cast<std::uint64_t>(sum >> 64),
                     static_cast<std::uint64_t>(sum));
}

Uint128 parse_sum(std::string_view text) {
  const bool digits_only = text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (text.size() != 32 || !digits_only) {
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot read the fingerprint '{}': not 32 hexadecimal digits", text));
  }
  const char* const digits = text.data();
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::from_chars(digits, digits + 16, high, 16);
  std::from_chars(digits + 16, digits + 32, low, 16);
  return (static_cast<Uint128>(high) << 64) | low;
}

Uint128 row_hash(Bytes row) { return number_of(XXH3_128bits(row.data(), row.size())); }

FingerprintSink::FingerprintSink(Sink& next) : next_(next), begun_(XXH3_createState()) {
  if (!begun_) throw std::bad_alloc();
}

void FingerprintSink::write(Bytes bytes) {
  std::string_view rest = as_text(bytes);
  while (!rest.empty()) {
    const std::size_t length = rest.find('\n');
    if (length == std::string_view::npos) {
      begin_or_continue_row(as_bytes(rest));
      break;
    }
    const Bytes row = as_bytes(rest.substr(0, length));
    fingerprint_.rows += 1;
    fingerprint_.bytes += begun_bytes_ + length + 1;
    fingerprint_.sum += begun_bytes_ == 0 ? row_hash(row) : end_row(row);
    rest.remove_prefix(length + 1);
  }
  next_.write(bytes);
}

void FingerprintSink::finish() {
  if (begun_bytes_ != 0) {
    throw Error(Fault::kInternal, "cannot fingerprint the rows: the last row has no line end");
  }
  next_.finish();
}

void FingerprintSink::begin_or_continue_row(Bytes piece) {
  if (begun_bytes_ == 0) XXH3_128bits_reset(begun_.get());
  XXH3_128bits_update(begun_.get(), piece.data(), piece.size());
  begun_bytes_ += piece.size();
}

Uint128 FingerprintSink::end_row(Bytes piece) {
  XXH3_128bits_update(begun_.get(), piece.data(), piece.size());
  begun_bytes_ = 0;
  return number_of(XXH3_128bits_digest(begun_.get()));
}

}  // namespace vya
