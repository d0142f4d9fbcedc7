// Certificates for servers of tests, made by the openssl program.
#pragma once

#include <string>
#include <vector>

#include "tests/world/mysql.h"

namespace vya::mysql {

/// An authority, and a certificate of it for 127.0.0.1, in a folder that servers can read.
class Certificates {
 public:
  Certificates();

  std::string authority() const { return folder_ / "ca.pem"; }
  /// SHA-1 of the server's certificate, hexadecimal.
  std::string fingerprint() const;
  /// The server's options.
  std::vector<std::string> options() const;

 private:
  world::Folder folder_;
};

}  // namespace vya::mysql
