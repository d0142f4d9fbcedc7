#include "stream/digest.h"

#include <openssl/evp.h>

#include <array>

#include "base/error.h"

namespace vya {

namespace {

void require(int answer) {
  if (answer != 1)
    throw Error(Fault::kInternal,
                "cannot compute SHA-256: the library failed, or the digest is done");
}

}  // namespace

void EvpFree::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  require(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void Sha256::update(Bytes bytes) {
  require(context_ ? EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) : 0);
}

std::string Sha256::hex() {
  std::array<std::byte, 32> digest;
  auto* out = reinterpret_cast<unsigned char*>(digest.data());
  require(context_ ? EVP_DigestFinal_ex(context_.get(), out, nullptr) : 0);
  context_.reset();  // the library itself would go on digesting, to no sensible end
  return to_hex(digest);
}

std::string sha256_hex(Bytes bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.hex();
}

void DigestSink::write(Bytes bytes) {
  digest_.update(bytes);
  size_ += bytes.size();
  next_.write(bytes);
}

void DigestSink::finish() {
  sha256_ = digest_.hex();
  next_.finish();
}

std::size_t DigestSource::read(std::span<std::byte> buffer) {
  const std::size_t got = from_.read(buffer);
  digest_.update(Bytes(buffer).first(got));
  size_ += got;
  return got;
}

}  // namespace vya
