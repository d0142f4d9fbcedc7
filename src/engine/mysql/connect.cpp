// How a connection begins: its options, its encryption, and what a refusal means.
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "engine/mysql/connection.h"

namespace vya::mysql {

namespace {

/// Where the other side need not be the server, because its certificate is not compared with
/// anything before the login, only ways to log in that do not tell it the password.
constexpr const char* kWaysThatTellNothing =
    "mysql_native_password,caching_sha2_password,client_ed25519";
/// For caching_sha2_password outside of TLS: a key that cannot be read, so that none is taken from
/// whoever answers.
constexpr const char* kNoKey = "/nonexistent/no-key-is-taken-from-the-network";

void set_flag(MYSQL* connection, mysql_option option, my_bool value) {
  mysql_options(connection, option, &value);
}

void set_tls(MYSQL* connection, const Address& address) {
  const Tls tls = chosen_tls(address);
  if (tls == Tls::kDisabled) return;
  set_flag(connection, MYSQL_OPT_SSL_ENFORCE, 1);
  if (!address.tls_ca.empty())
    mysql_ssl_set(connection, nullptr, nullptr, address.tls_ca.c_str(), nullptr, nullptr);
  switch (tls) {
    case Tls::kVerifyIdentity:
      set_flag(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, 1);
      break;
    case Tls::kFingerprint:
      mysql_options(connection, MARIADB_OPT_TLS_PEER_FP, address.tls_fingerprint.c_str());
      break;
    default:
      // The library goes on without encryption when the server offers none, and says so too late.
      mysql_options(connection, MARIADB_OPT_RESTRICTED_AUTH, kWaysThatTellNothing);
      mysql_options(connection, MYSQL_SERVER_PUBLIC_KEY, kNoKey);
  }
}

/// A dead network is noticed within minutes, not hours.
void keep_alive(my_socket socket) {
  const auto set = [&](int level, int name, int value) {
    ::setsockopt(socket, level, name, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 30);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 10);
  set(IPPROTO_TCP, TCP_KEEPCNT, 6);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, 120'000);
}

}  // namespace

void Connection::set_options(MYSQL* connection) const {
  constexpr unsigned kConnectSeconds = 15;
  constexpr unsigned long kLongestPacket = 1ul << 30;
  mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_options(connection, MYSQL_OPT_CONNECT_TIMEOUT, &kConnectSeconds);
  mysql_options(connection, MYSQL_OPT_MAX_ALLOWED_PACKET, &kLongestPacket);
  mysql_options4(connection, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "vya");
  set_flag(connection, MYSQL_OPT_RECONNECT, 0);
  const unsigned local_rows = local_rows_ == LocalRows::kOurs ? 1 : 0;
  mysql_options(connection, MYSQL_OPT_LOCAL_INFILE, &local_rows);
  Infile::give(connection, nullptr);
  const unsigned protocol = address_.host.empty() ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
  mysql_options(connection, MYSQL_OPT_PROTOCOL, &protocol);
  set_tls(connection, address_);
}

bool Connection::offers_no_encryption() const {
  const unsigned long offered = connection_->server_capabilities;  // 0: it did not answer
  return offered != 0 && (offered & CLIENT_SSL) == 0;
}

void Connection::require_encryption() const {
  if (chosen_tls(address_) == Tls::kDisabled || encrypted()) return;
  throw Error(Fault::kConnection,
              fmt::format("cannot use {}: the server offers no encryption", address_.text()),
              "Turn TLS on on the server, or write 'tls: disabled' for the instance if everybody "
              "on the way may read what passes.");
}

/// Over TLS the library would block in the socket and not ask us to wait.
void Connection::make_waiting_ours() const {
  const my_socket socket = mysql_get_socket(connection_.get());
  const int flags = ::fcntl(socket, F_GETFL);
  if (flags < 0 || ::fcntl(socket, F_SETFL, flags | O_NONBLOCK) != 0)
    throw system_error(Fault::kInternal, "cannot prepare a socket", errno);
  if (!address_.host.empty()) keep_alive(socket);
}

}  // namespace vya::mysql
