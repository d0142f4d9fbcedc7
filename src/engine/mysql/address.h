// Where a server is and how to log in to it.
#pragma once

#include <string>

#include "base/secret.h"

namespace vya::mysql {

/// How a connection is encrypted. libmariadb's own defaults differ by version, so a mode is always
/// set.
enum class Tls {
  kChosen,          ///< nothing is said: as chosen_tls() says
  kDisabled,        ///< never, wherever the server is
  kRequired,        ///< always; whoever answers is believed to be the server
  kVerifyCa,        ///< the certificate is of a trusted authority
  kVerifyIdentity,  ///< and for the host's name
  kFingerprint,     ///< the certificate is the one with this fingerprint
};

struct Address {
  std::string host;    ///< TCP; empty: the socket
  unsigned port = 0;   ///< 0: 3306
  std::string socket;  ///< path of a unix socket
  std::string user;    ///< empty: the system's user
  Secret password;
  Tls tls = Tls::kChosen;
  std::string tls_ca;           ///< file with certificates
  std::string tls_fingerprint;  ///< SHA-1 of the server's certificate, hexadecimal

  /// Where it is, for messages: `'db1' port 3306`, `socket '/run/mysqld/mysqld.sock'`.
  std::string text() const;

  /// Whether what is sent stays on this machine.
  bool is_local() const;
};

/// The mode of an address that names none: none on this machine; elsewhere the strictest that what
/// is given allows, and at least kRequired, so that no password travels readable unless somebody
/// writes `disabled`.
Tls chosen_tls(const Address& address);

}  // namespace vya::mysql
