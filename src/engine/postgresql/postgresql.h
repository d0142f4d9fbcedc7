// The PostgreSQL engine.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "engine/engine.h"
#include "engine/postgresql/connection.h"

namespace vya::pg {

struct Options {
  Address address;
  std::string maintenance_database = "postgres";
  /// How long DDL of others may wait for our locks before we give them back and start over.
  std::chrono::seconds ddl_wait{60};
  /// Allow connections to databases that allow none, for the moment of the backup.
  bool open_closed_databases = false;
  /// On a standby: stop its replay while the databases' moments are caught, so that they are one.
  bool pause_replay = false;
  /// Path of pg_dump; empty: the installed one that fits the server.
  std::string pg_dump;
};

std::unique_ptr<Engine> make_engine(Options options);

}  // namespace vya::pg
