// How the tested code reaches a server of a test.
#pragma once

#include <string>

#include "engine/mysql/address.h"
#include "tests/world/mysql.h"

namespace vya::mysql {

/// As somebody through the socket, root without a password if not said otherwise.
inline Address address_of(const world::MysqlServer& server, const std::string& user = "root",
                          const std::string& password = "") {
  Address address;
  address.socket = server.socket();
  address.user = user;
  address.password = Secret(password);
  return address;
}

/// As the account `app` with the password `right`, over TCP.
inline Address tcp_address_of(const world::MysqlServer& server, Tls tls = Tls::kChosen) {
  Address address;
  address.host = "127.0.0.1";
  address.port = server.port();
  address.user = "app";
  address.password = Secret("right");
  address.tls = tls;
  return address;
}

}  // namespace vya::mysql
