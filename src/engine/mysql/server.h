// A MySQL or MariaDB server as both directions need it: how to connect to it, and what it is.
#pragma once

#include <functional>
#include <memory>

#include "engine/engine.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"

namespace vya::mysql {

/// Whether a restore is written to the target's binary log.
enum class BinaryLog { kWritten, kSpared };

class Server {
 public:
  /// Connects once and learns what the server is.
  explicit Server(Address address);

  const Address& address() const { return address_; }
  const Flavor& flavor() const { return flavor_; }
  const ServerFacts& facts() const { return facts_; }

  /// A new session with the settings of a backup. `check` is called while it waits and may throw.
  std::unique_ptr<Connection> connect(const std::function<void()>& check) const;

  /// A new session with the settings of a restore; with BinaryLog::kSpared nothing that it does is
  /// in the server's binary log, where the user may have it so.
  std::unique_ptr<Connection> connect_to_load(BinaryLog log) const;

 private:
  Address address_;
  Flavor flavor_;
  ServerFacts facts_;
};

}  // namespace vya::mysql
