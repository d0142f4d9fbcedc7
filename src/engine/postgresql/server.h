// A PostgreSQL server as both directions need it: how to connect to it, and what it is.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/connection.h"

namespace vya::pg {

class Server {
 public:
  /// Connects once to the maintenance database and learns what the server is and which session
  /// settings it knows.
  Server(Address address, std::string maintenance_database);

  const Address& address() const { return address_; }
  const std::string& maintenance_database() const { return maintenance_database_; }
  const ServerFacts& facts() const { return facts_; }
  /// As libpq writes it: 150018.
  int version() const { return version_; }
  /// The session settings the server knows.
  const std::vector<SessionSetting>& settings() const { return settings_; }

  /// Gives all later sessions this application_name.
  void name_sessions(const std::string& name) { settings_.push_back({"application_name", name}); }

  /// A new session in a database. `encoding` is the database's own; statements are UTF-8 but where
  /// the database has no encoding (SQL_ASCII), and then bytes.
  Connection connect(const std::string& database, const std::string& encoding = "UTF8") const;

 private:
  Address address_;
  std::string maintenance_database_;
  ServerFacts facts_;
  int version_ = 0;
  std::vector<SessionSetting> settings_;
};

}  // namespace vya::pg
