#include "engine/mysql/address.h"

#include <fmt/format.h>

namespace vya::mysql {

namespace {

constexpr unsigned kDefaultPort = 3306;

}  // namespace

std::string Address::text() const {
  if (host.empty()) return fmt::format("socket '{}'", socket);
  return fmt::format("'{}' port {}", host, port == 0 ? kDefaultPort : port);
}

bool Address::is_local() const {
  return host.empty() || host == "localhost" || host.starts_with("127.") || host == "::1";
}

Tls chosen_tls(const Address& address) {
  if (address.tls != Tls::kChosen) return address.tls;
  if (!address.tls_fingerprint.empty()) return Tls::kFingerprint;
  if (!address.tls_ca.empty()) return Tls::kVerifyIdentity;
  return address.is_local() ? Tls::kDisabled : Tls::kRequired;
}

}  // namespace vya::mysql
