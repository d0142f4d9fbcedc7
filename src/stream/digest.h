// SHA-256 and size of what passes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "stream/sink.h"

struct evp_md_ctx_st;

namespace vya {

struct EvpFree {
  void operator()(evp_md_ctx_st* context) const noexcept;
};

/// SHA-256, fed in pieces. Throws Error(kInternal) when the library fails or it is used after
/// hex().
class Sha256 {
 public:
  Sha256();

  void update(Bytes bytes);

  /// The digest of all bytes so far as 64 lower-case hexadecimal digits; nothing can be added
  /// after.
  std::string hex();

 private:
  std::unique_ptr<evp_md_ctx_st, EvpFree> context_;
};

/// The digest of one text.
std::string sha256_hex(Bytes bytes);

/// Digests and counts what passes.
class DigestSink final : public Sink {
 public:
  explicit DigestSink(Sink& next) : next_(next) {}

  void write(Bytes bytes) override;
  void finish() override;

  std::uint64_t size() const { return size_; }
  /// After finish().
  const std::string& sha256() const { return sha256_; }

 private:
  Sink& next_;
  Sha256 digest_;
  std::uint64_t size_ = 0;
  std::string sha256_;
};

/// Digests and counts what is read through it.
class DigestSource final : public Source {
 public:
  explicit DigestSource(Source& from) : from_(from) {}

  std::size_t read(std::span<std::byte> buffer) override;

  std::uint64_t size() const { return size_; }
  /// Of what was read so far; nothing can be read after.
  std::string sha256() { return digest_.hex(); }

 private:
  Source& from_;
  Sha256 digest_;
  std::uint64_t size_ = 0;
};

}  // namespace vya
